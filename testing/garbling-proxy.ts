/**
 * Stands between a client and an emulated VICIdial, and garbles replies at random. What happens to a call depends on the
 * seed, on the object that it is about, and on how many calls about it came before, not on the calls about other objects.
 */
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../src/emulator/faults';
import { garbles, pick, plain, type Answer } from './garbles';
import { LaggingNode } from './lagging-node';

export interface GarblingOptions {
  /** Has the server carry out a call. */
  readonly forward: (parameters: ReadonlyMap<string, string>) => Answer;
  readonly seed: number;
  /** The share of replies that are garbled, from 0 to 1. */
  readonly share: number;
  /** The time limit of the client. */
  readonly timeoutMs: number;
  /** How long the lookups of an object do not show what was written, in milliseconds. */
  readonly lagMs?: (key: string, random: () => number) => number;
}

export interface GarblingProxy {
  readonly url: string;
  /** What happened to the calls about an object so far, for the message of a test. */
  history(key: string): readonly string[];
  /** Resolves when lookups of an object show what was written last. */
  whenVisible(key: string): Promise<void>;
  close(): Promise<void>;
}

/** The object that a call is about, as it is sent; empty where it is about none. A login is that of the sample phone. */
function keyOf(parameters: ReadonlyMap<string, string>): string {
  const { extension, alias_id: alias, phone_login: login } = Object.fromEntries(parameters);
  return (extension === 'phonestate-none' ? login : extension) ?? alias ?? '';
}

/** Starts a proxy on loopback. */
export async function startGarblingProxy(options: GarblingOptions): Promise<GarblingProxy> {
  const garbler = new Garbler(options);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, garbler);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/vicidial/non_agent_api.php`,
    history: (key) => garbler.history(key),
    whenVisible: (key) => garbler.whenVisible(key),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads the requests of a connection, which come one after another. */
function serve(socket: Socket, garbler: Garbler): void {
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    const [head = '', ...rest] = received.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    const length = Number(/content-length: (\d+)/iu.exec(head)?.[1] ?? 0);
    if (rest.length === 0 || body.length < length) return;
    received = '';
    void garbler.answer(socket, new Map(new URLSearchParams(body)));
  });
}

class Garbler {
  readonly #calls = new Map<string, string[]>();
  readonly #node: LaggingNode;
  #lastWrite: { readonly key: string; readonly answer: Answer } | undefined;

  constructor(private readonly options: GarblingOptions) {
    this.#node = new LaggingNode((key) => options.lagMs?.(key, this.#random(key, -1)) ?? 0);
  }

  history(key: string): readonly string[] {
    return this.#calls.get(key) ?? [];
  }

  async whenVisible(key: string): Promise<void> {
    const leftMs = this.#node.lagLeftMs(key);
    if (leftMs > 0) await pause(leftMs);
  }

  async answer(socket: Socket, parameters: ReadonlyMap<string, string>): Promise<void> {
    const key = keyOf(parameters);
    const history = this.#calls.get(key) ?? [];
    this.#calls.set(key, history);
    const random = this.#random(key, history.length);
    const name = random() < this.options.share ? chooseGarble(random) : undefined;
    const garble = name === undefined ? undefined : garbles[name];
    const stale = this.#lastWrite?.key === key ? undefined : this.#lastWrite?.answer;
    const forwards = garble?.forwards ?? true;
    const answer = forwards ? this.#forward(key, parameters) : { status: 200, body: '' };
    history.push(`${describe(parameters)}: ${name ?? 'as it is'}${forwards ? `: ${answer.body.trim()}` : ''}`);
    const { timeoutMs } = this.options;
    const {
      bytes,
      delayMs = 0,
      end,
    } = garble?.deliver(answer, { random, stale, timeoutMs }) ?? { bytes: plain(answer) };
    if (delayMs > 0) await pause(delayMs);
    if (end === 'reset' && bytes.length === 0) socket.resetAndDestroy();
    else if (end === 'reset') socket.write(bytes, () => socket.resetAndDestroy());
    else if (end === 'close') socket.end(bytes);
    else socket.write(bytes);
  }

  #forward(key: string, parameters: ReadonlyMap<string, string>): Answer {
    const shown = this.#node.answer(key, parameters);
    if (shown !== undefined) return { status: 200, body: shown };
    const answer = this.options.forward(parameters);
    if (answer.body.startsWith('SUCCESS')) {
      this.#node.note(key, answer.body);
      this.#lastWrite = { key, answer };
    }
    return answer;
  }

  /** The numbers for one call. */
  #random(key: string, call: number): () => number {
    const hash = [...`${this.options.seed} ${key} ${call}`].reduce(
      (sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619),
      2_166_136_261,
    );
    return seededRandom(hash >>> 0);
  }
}

function chooseGarble(random: () => number): string {
  const entries = Object.entries(garbles);
  let left = random() * entries.reduce((sum, [, { weight }]) => sum + weight, 0);
  return (
    entries.find(([, { weight }]) => (left -= weight) < 0)?.[0] ?? entries[pick(entries.length, random)]?.[0] ?? ''
  );
}

/** A call, with the parameters that distinguish it from other calls about its object. */
function describe(parameters: ReadonlyMap<string, string>): string {
  const fields = ['local_gmt', 'delete_phone', 'delete_alias', 'outbound_cid'].filter((name) => parameters.has(name));
  return [parameters.get('function'), ...fields.map((name) => `${name}=${parameters.get(name)}`)].join(' ');
}
