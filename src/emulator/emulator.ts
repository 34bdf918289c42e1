/** The embedded api as a server on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { BuildName } from './builds';
import { sampleSystem, systemData, type SystemInput } from './system-data';
import { NonAgentApi } from './non-agent-api';
import { deliver, withFault, type HttpResponse } from './faulty-response';
import { Faults, type FaultPlan } from './faults';
import { inspect } from './inspect';
import { isWriting, Journal } from './journal';
import type { Store } from './store';
import { Latency } from './latency';

const apiPath = '/vicidial/non_agent_api.php';
const maxRequestBytes = 1024 * 1024;

export interface EmulatorOptions {
  /** Default: a small sample system. */
  readonly data?: SystemInput;
  /** Default: the newest. */
  readonly build?: BuildName;
  /** Default: any free one. */
  readonly port?: number;
  /** Serves what is stored as JSON below `/_emulator/`. */
  readonly inspect?: boolean;
  /** PEM texts; with them the server speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What is to go wrong. */
  readonly faults?: FaultPlan;
  /** Milliseconds that a call takes; those that write to the table of phones queue behind each other. */
  readonly latencyMs?: number;
  /** Milliseconds since 1970; lets a test turn the clock. */
  readonly now?: () => number;
}

export interface Emulator {
  /** The address of the API. */
  readonly url: string;
  readonly journal: Journal;
  /** What is stored: a test may look at it, and change it behind everybody's back. */
  readonly store: Store;
  readonly api: NonAgentApi;
  /** Rules may be added while it runs. */
  readonly faults: Faults;
  close(): Promise<void>;
}

/** Starts a api on loopback. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { data = sampleSystem, build = '241004', port = 0, tls, now = Date.now, latencyMs = 0 } = options;
  const api = new NonAgentApi(systemData.parse(data), build, now);
  const journal = new Journal();
  const faults = new Faults(options.faults);
  const table = new Latency(latencyMs);
  const server = listener(tls, async (url, body) => {
    if (options.inspect && url.pathname.startsWith('/_emulator')) return inspect(url, api, journal);
    if (url.pathname !== apiPath)
      return { status: 404, type: 'text/html', body: '<html><body>Not Found</body></html>' };
    // Sent both ways, the query string wins.
    const parameters = new Map([...new URLSearchParams(body), ...url.searchParams]);
    const writing = isWriting(parameters);
    const fault = faults.match({
      function: parameters.get('function') ?? '',
      extension: parameters.get('extension') ?? '',
      writing,
    });
    await table.wait(writing);
    return withFault(
      fault,
      parameters,
      () => {
        const before = api.store.revision;
        const { status, body: text } = api.call(parameters);
        journal.add(now(), parameters, text, api.store.revision !== before);
        return { status, type: 'text/html; charset=utf-8', body: text };
      },
      () => void journal.add(now(), parameters, `(${fault?.kind})`, false),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  // A server that listens on a port has an address object, not the path of a socket.
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${taken}${apiPath}`,
    journal,
    store: api.store,
    api,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listener(tls: EmulatorOptions['tls'], answer: (url: URL, body: string) => Promise<HttpResponse>): Server {
  const server = tls ? createTlsServer(tls) : createServer();
  server.keepAliveTimeout = 60_000;
  return server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    readBody(request)
      .then((body) => answer(new URL(request.url ?? '/', 'http://localhost'), body))
      .then(
        (made) => deliver(response, made),
        (error: Error) =>
          response.writeHead(error instanceof RangeError ? 413 : 500, { connection: 'close' }).end(error.message),
      );
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) throw new RangeError('The request is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
