/** Serves the emulated API and admin pages over HTTP or HTTPS on the loopback interface. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { AdminPages } from './admin-pages/admin-pages';
import { PageJournal } from './admin-pages/page-journal';
import { pageResponder, type HttpRequest } from './admin-pages/responder';
import type { BuildName } from './builds';
import { sampleSystem, systemData, type SystemInput } from './system-data';
import { NonAgentApi } from './non-agent-api';
import { respondWithFault, sendResponse, type HttpResponse } from './faulty-response';
import { Faults, type FaultPlan } from './faults';
import { inspect } from './inspect';
import { Journal } from './journal';
import type { Store } from './store';
import { Latency, type RandomDelay } from './latency';

const apiPath = '/vicidial/non_agent_api.php';
const adminPath = '/vicidial/admin.php';
const inspectPath = '/_emulator';
const maxRequestBytes = 1024 * 1024;

export interface EmulatorOptions {
  /** The system to start with. Default: a small sample system. */
  readonly data?: SystemInput;
  /** The VICIdial build to emulate. Default: the newest. */
  readonly build?: BuildName;
  /** Default: any free port. */
  readonly port?: number;
  /** Whether to serve data, recorded calls and recorded pages as JSON under `/_emulator/`. */
  readonly inspect?: boolean;
  /** A key and its certificate in PEM; with them, the server speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly faults?: FaultPlan;
  /** The time that a call or a page takes, in milliseconds. Writes queue for the table of phones in addition. Default: 0. */
  readonly latencyMs?: number;
  /** A random time for each call besides. Default: none. */
  readonly randomDelay?: RandomDelay;
  /** The current time in milliseconds since 1970, for a test that sets the clock. */
  readonly now?: () => number;
}

export interface Emulator {
  /** The URL of the API. */
  readonly url: string;
  /** The URL of the admin pages. */
  readonly adminUrl: string;
  /** The calls that it received. */
  readonly journal: Journal;
  /** The admin pages that it served. */
  readonly pages: PageJournal;
  /** What is stored: a test may read it, and change it as someone does on the admin pages. */
  readonly store: Store;
  readonly api: NonAgentApi;
  /** Rules may be added while it runs. */
  readonly faults: Faults;
  close(): Promise<void>;
}

/**
 * Starts an emulator on loopback.
 *
 * @throws ZodError where the data or the faults are invalid; Error where the port is in use
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { data = sampleSystem, now = Date.now, port = 0, tls } = options;
  const api = new NonAgentApi(systemData.parse(data), options.build, now);
  const journal = new Journal();
  const faults = new Faults(options.faults);
  const pages = new PageJournal();
  const latency = new Latency(options);
  const respond = apiResponder({ api, journal, faults, latency, now });
  const respondWithPage = pageResponder({ pages: new AdminPages(api), journal: pages, faults, latency, now });
  const server = createHttpServer(tls, async (request, body) => {
    const { url } = request;
    if (options.inspect && url.pathname.startsWith(inspectPath)) return inspect(url, api, { journal, pages });
    if (url.pathname === adminPath) return respondWithPage(request);
    if (url.pathname !== apiPath)
      return { status: 404, type: 'text/html', body: '<html><body>Not Found</body></html>' };
    // Where a parameter is sent both ways, the query string wins.
    return respond(new Map([...new URLSearchParams(body), ...url.searchParams]));
  });
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${await listen(server, port)}`;
  return {
    url: `${origin}${apiPath}`,
    adminUrl: `${origin}${adminPath}`,
    journal,
    pages,
    store: api.store,
    api,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ResponderParts extends Pick<Emulator, 'api' | 'journal' | 'faults'> {
  readonly latency: Latency;
  readonly now: () => number;
}

/** Responds to calls of the API: evaluates, waits, injects a fault, executes, records. */
function apiResponder({ api, journal, faults, latency, now }: ResponderParts) {
  return async (parameters: ReadonlyMap<string, string>): Promise<HttpResponse> => {
    // A fault for calls that write is chosen before the call is executed, so the call is evaluated first.
    const { writing } = api.evaluate(parameters);
    const fault = faults.faultFor({
      function: parameters.get('function') ?? '',
      extension: parameters.get('extension') ?? '',
      writing,
    });
    await latency.wait(writing);
    return respondWithFault(fault, parameters, {
      execute: () => {
        const before = api.store.revision;
        const { status, body } = api.call(parameters);
        const changed = api.store.revision !== before;
        // Another call may have been executed since the evaluation.
        journal.add({ at: now(), parameters, reply: body, writing: writing || changed, changed });
        return { status, type: 'text/html; charset=utf-8', body };
      },
      skip: () => void journal.add({ at: now(), parameters, reply: `(${fault?.kind})`, writing, changed: false }),
    });
  };
}

function createHttpServer(
  tls: EmulatorOptions['tls'],
  respond: (request: HttpRequest, body: string) => Promise<HttpResponse>,
): Server {
  const server = tls ? createTlsServer(tls) : createServer();
  server.keepAliveTimeout = 60_000;
  return server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', headers } = request;
    readBody(request)
      .then((body) => respond({ method, headers, url: new URL(request.url ?? '/', 'http://localhost') }, body))
      .then(
        (made) => sendResponse(response, made),
        (error: Error) =>
          response.writeHead(error instanceof RangeError ? 413 : 500, { connection: 'close' }).end(error.message),
      );
  });
}

/** Starts to listen on loopback, and returns the port. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  // The address of a server that listens on a port is an object; it would be a string for a Unix socket.
  return (server.address() as AddressInfo).port;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) throw new RangeError(`The request is longer than ${maxRequestBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
