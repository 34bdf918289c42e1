/**
 * Opens a TCP connection to a host by whichever of its addresses accepts one first. The attempt at an address is not
 * ended when the next one starts: an address may be slow, and the next one unreachable (RFC 8305).
 */
import dns from 'node:dns/promises';
import net, { type Socket } from 'node:net';
import { abortable } from './abortable';

/** After it, the next address is tried as well. */
const attemptDelayMs = 250;

/**
 * Opens the connection.
 *
 * @param host a name, or an address without brackets
 * @throws the error of the resolver or of the first address, or the reason of the signal
 */
export async function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const addresses = net.isIP(host) === 0 ? await abortable(resolve(host), signal) : [host];
  signal.throwIfAborted();
  return new Promise((done, fail) => new Attempts(addresses, port, signal, done, fail).start());
}

/** The addresses of a name, families in turn: where one family is unreachable, the second address is of the other. */
async function resolve(host: string): Promise<readonly string[]> {
  const found = await dns.lookup(host, { all: true, verbatim: true });
  const first = found[0]?.family;
  const [preferred, others] = [
    found.filter(({ family }) => family === first),
    found.filter(({ family }) => family !== first),
  ];
  return preferred
    .flatMap((each, index) => [each, ...others.slice(index, index + 1)])
    .concat(others.slice(preferred.length))
    .map(({ address }) => address);
}

/** The attempts at the addresses of one host. */
class Attempts {
  readonly #open = new Set<Socket>();
  #started = 0;
  #firstError: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #abort = () => this.#end(() => this.fail(this.signal.reason as Error));

  constructor(
    private readonly addresses: readonly string[],
    private readonly port: number,
    private readonly signal: AbortSignal,
    private readonly done: (socket: Socket) => void,
    private readonly fail: (error: Error) => void,
  ) {}

  start(): void {
    this.signal.addEventListener('abort', this.#abort, { once: true });
    this.#startNext();
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    const host = this.addresses[this.#started];
    if (host === undefined) return;
    this.#started += 1;
    const socket = net.connect({ host, port: this.port });
    this.#open.add(socket);
    socket.once('connect', () => {
      this.#open.delete(socket);
      this.#end(() => this.done(socket));
    });
    // It stays where the connection is opened: until its user listens, an error would end the process.
    socket.once('error', (error) => this.#failed(socket, error));
    if (this.#started < this.addresses.length) this.#timer = setTimeout(() => this.#startNext(), attemptDelayMs);
  }

  #failed(socket: Socket, error: Error): void {
    if (!this.#open.delete(socket)) return;
    this.#firstError ??= error;
    if (this.#started < this.addresses.length) return this.#startNext();
    const first = this.#firstError;
    if (this.#open.size === 0) this.#end(() => this.fail(first));
  }

  /** Ends the other attempts. */
  #end(settle: () => void): void {
    clearTimeout(this.#timer);
    this.signal.removeEventListener('abort', this.#abort);
    for (const socket of this.#open) socket.destroy();
    this.#open.clear();
    settle();
  }
}
