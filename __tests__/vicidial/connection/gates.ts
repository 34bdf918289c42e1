/** What stands in front of a VICIdial in the tests: gates that let a request through to an emulator or not, and proxies. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';

/** Answers a request itself, or lets it through. */
export type Gate = (request: IncomingMessage) => GateAnswer | undefined;

export interface GateAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Everything that a test has opened. */
export class Network {
  readonly #closing: (() => Promise<unknown>)[] = [];
  #emulator: Emulator | undefined;

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('The emulator is started before each test.');
    return this.#emulator;
  }

  async open(): Promise<void> {
    const emulator = await startEmulator();
    this.#emulator = emulator;
    this.#closing.push(() => emulator.close());
  }

  async close(): Promise<void> {
    await Promise.all(this.#closing.splice(0).map((close) => close()));
  }

  /**
   * A web server in front of the emulator.
   *
   * @returns its address of the API
   */
  async gate(gate: Gate = () => undefined, tls?: ServerOptions): Promise<string> {
    const handle = (asked: IncomingMessage, response: ServerResponse) => {
      const answer = gate(asked);
      if (!answer) return forward(asked, new URL(this.emulator.url).host, response);
      asked.resume();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    const server = tls ? createTlsServer(tls, handle) : createServer(handle);
    const port = await this.listen(server);
    return `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}/vicidial/non_agent_api.php`;
  }

  /**
   * A forward proxy, which connects to loopback whatever host it is asked for.
   *
   * @param login `USER:PASSWORD` that it wants
   * @param tls with it, the proxy itself speaks TLS
   */
  async proxy({ login, refuse, tls }: ProxyOptions = {}): Promise<TestProxy> {
    const requests: string[] = [];
    const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    const statusFor = (asked: IncomingMessage) => {
      if (wanted !== undefined && asked.headers['proxy-authorization'] !== wanted) return 407;
      return refuse;
    };
    const handle = (asked: IncomingMessage, response: ServerResponse) => {
      requests.push(`${asked.method ?? ''} ${asked.url ?? ''}`);
      const status = statusFor(asked);
      if (status !== undefined) return void response.writeHead(status).end('refused');
      const { port } = new URL(asked.url ?? '');
      forward(asked, `127.0.0.1:${port}`, response);
    };
    const server = tls ? createTlsServer(tls, handle) : createServer(handle);
    server.on('connect', (asked: IncomingMessage, socket: Socket) => {
      requests.push(`CONNECT ${asked.url ?? ''}`);
      const status = statusFor(asked);
      if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
      const upstream = connect(Number(asked.url?.split(':').at(-1)), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].forEach((each) => each.destroy()));
    });
    return { port: await this.listen(server), requests };
  }

  /** A port of loopback that is served by whatever a test needs. */
  async tcp(serve: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      serve(socket);
    });
    this.#closing.push(() => Promise.resolve(sockets.forEach((socket) => socket.destroy())));
    return this.listen(server);
  }

  /** A port on which nothing listens. */
  async closedPort(): Promise<number> {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  async listen(server: Server | TcpServer): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    this.#closing.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }
}

interface ProxyOptions {
  readonly login?: string;
  /** The status that it refuses every request with. */
  readonly refuse?: number;
  readonly tls?: ServerOptions;
}

export interface TestProxy {
  readonly port: number;
  /** What it was asked for, one line each. */
  readonly requests: readonly string[];
}

/** A network for each test of a file. To be called where `beforeEach` may be. */
export function useNetwork(): Network {
  const network = new Network();
  beforeEach(() => network.open());
  afterEach(() => network.close());
  return network;
}

function forward(asked: IncomingMessage, host: string, response: ServerResponse): void {
  const { pathname, search } = new URL(asked.url ?? '', 'http://localhost');
  const { method, headers } = asked;
  const onward = request(`http://${host}${pathname}${search}`, { method: method ?? 'GET', headers });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  asked.pipe(onward);
}
