/** Serves the emulated API and admin pages over HTTP or HTTPS. */
import { AdminPages } from './admin-pages/admin-pages';
import { PageJournal } from './admin-pages/page-journal';
import { pageResponder } from './admin-pages/responder';
import { apiResponder } from './api-responder';
import type { BuildNames } from './builds';
import { sampleSystem, systemData, type SystemInput } from './system-data';
import { NonAgentApi } from './non-agent-api';
import { Faults, type FaultPlan } from './faults';
import { createHttpServer, listen, type TlsFiles } from './http-server';
import { inspect } from './inspect';
import { Journal } from './journal';
import { Latency, type RandomDelay } from './latency';
import { Races } from './races';
import type { Store } from './store';

const apiPath = '/vicidial/non_agent_api.php';
const adminPath = '/vicidial/admin.php';
const inspectPath = '/_emulator';
const loopback = '127.0.0.1';

export interface EmulatorOptions {
  /** The system to start with. Default: a small sample system. */
  readonly data?: SystemInput;
  /** The date of the VICIdial build to emulate, as `buildOf` reads it. Default: the newest. */
  readonly build?: string;
  /** What it prints as its build and version instead, as a fork does. */
  readonly names?: BuildNames;
  /** The address to listen on. Default: loopback. */
  readonly host?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Whether to serve data, recorded calls and recorded pages as JSON under `/_emulator/`. */
  readonly inspect?: boolean;
  /** A key and its certificate in PEM; with them, the server speaks HTTPS. */
  readonly tls?: TlsFiles;
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
 * Starts an emulator.
 *
 * @throws ZodError where the data or the faults are invalid; Error where the port is in use, or the build is no date
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { data = sampleSystem, now = Date.now, host = loopback, port = 0, tls } = options;
  const api = new NonAgentApi(systemData.parse(data), options.build, now, options.names);
  const journal = new Journal();
  const faults = new Faults(options.faults);
  const pages = new PageJournal();
  const latency = new Latency(options);
  const races = new Races(api.store.settings);
  const respond = apiResponder({ api, journal, faults, latency, races, now });
  const respondWithPage = pageResponder({ pages: new AdminPages(api), journal: pages, faults, latency, now });
  const server = createHttpServer(tls, async (request) => {
    const { url } = request;
    if (options.inspect && url.pathname.startsWith(inspectPath)) return inspect(url, api, { journal, pages });
    if (url.pathname === adminPath) return respondWithPage(request);
    if (url.pathname === apiPath) return respond(request);
    return { status: 404, type: 'text/html', body: '<html><body>Not Found</body></html>' };
  });
  const origin = `${tls ? 'https' : 'http'}://${inUrl(host)}:${await listen(server, host, port)}`;
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

/** An address as a URL has it: one of IPv6 in brackets; for all addresses, the one of this machine. */
function inUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return loopback;
  return host.includes(':') ? `[${host}]` : host;
}
