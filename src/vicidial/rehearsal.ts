/**
 * The provider's side of `phonestate rehearse`: asks the host of the rehearsal where the calls to a system go. Nothing is
 * sent to the host before it has proved that it knows the token of the rehearsal.
 */
import { randomBytes } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { PhonestateError } from '../model/failures';
import { Secret } from '../model/secret';
import { hostOf, isLoopback } from '../settings/loopback';
import type { Settings } from '../settings/read-settings';
import {
  equalSecrets,
  proofOf,
  rehearsalPaths,
  rehearsalStatus,
  rehearsalVariable,
  type Rehearsal,
} from '../settings/rehearsal';
import { errorCode } from './connection/error-code';
import { httpTransport, type Transport } from './transport';
import { Pool, request } from './undici-subset';

/** Where the calls to one system go in a rehearsal. */
export interface Route {
  /** The addresses of the emulator. */
  readonly api: string;
  readonly admin: string;
}

/** The first provider that asks for a system waits until all of its phones are read. */
const readingMs = 3_600_000;
const proofMs = 10_000;

/** What belongs to the access of the real system. An emulator of this machine gets none of it. */
const settingsOfAccess = [
  'ca_certificate',
  'client_certificate',
  'client_key',
  'headers',
  'http_password',
  'http_user',
  'tls_server_name',
] as const;

/** The settings of a run as they are in a rehearsal: without the database, in whose place the pages of the emulator are read. */
export function rehearsedSettings<S extends Partial<Settings>>(settings: S): S {
  const { read_from: from, database_url: url } = settings;
  const isDatabase = from === 'database' || (from === 'auto' && url !== undefined);
  return {
    ...settings,
    database_url: undefined,
    database_password: undefined,
    database_ca_certificate: undefined,
    ...(isDatabase ? { read_from: 'admin' } : {}),
  };
}

/**
 * Opens the connections to an address of a system, or to the emulator that stands for it.
 *
 * @param part of the system that the address is of
 */
export function systemTransport(
  part: keyof Route,
  address: string,
  settings: Settings,
  route: Route | undefined,
): Transport {
  if (!route) return httpTransport(address, settings);
  const without = Object.fromEntries(settingsOfAccess.map((name) => [name, undefined]));
  return httpTransport(route[part], { ...settings, ...without });
}

/**
 * Asks the host of a rehearsal for the emulator of a system. The host reads the system first, with the same settings.
 *
 * @param folder in which this process works
 * @throws PhonestateError `rehearsal-refused`; `rehearsal-without-rows` where the system cannot be read
 */
export async function joinRehearsal(
  { origin, token }: Rehearsal,
  settings: Partial<Settings>,
  folder: string,
): Promise<Route> {
  const host = new Pool(origin, { headersTimeout: 0, bodyTimeout: 0 });
  const nonce = randomBytes(32).toString('hex');
  try {
    const proof = await ask(host, origin, { path: `${rehearsalPaths.proof}?nonce=${nonce}`, method: 'GET' });
    if (!equalSecrets(proof.body, proofOf(token, nonce)))
      throw refused(`What listens at ${origin} is not the rehearsal that ${rehearsalVariable} names.`);
    const { status, body } = await ask(host, origin, {
      path: rehearsalPaths.systems,
      method: 'POST',
      headers: { authorization: `Bearer ${token.open()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ folder, settings: opened(settings) }),
    });
    if (status === rehearsalStatus.withoutRows) throw PhonestateError.of('rehearsal-without-rows', { what: body });
    if (status !== 200) throw refused(body);
    return parseRoute(body);
  } finally {
    await host.destroy();
  }
}

async function ask(host: Pool, origin: string, options: Dispatcher.RequestOptions) {
  try {
    // The first answer is given at once, the second after all phones of the system were read.
    const signal = AbortSignal.timeout(options.method === 'GET' ? proofMs : readingMs);
    const response = await request.call(host, { ...options, signal });
    return { status: response.statusCode, body: await response.body.text() };
  } catch (error) {
    throw refused(
      `Nothing answers at ${origin} (${errorCode(error)}): the rehearsal that ${rehearsalVariable} names is over.`,
    );
  }
}

/** The emulator runs on this machine too: an answer that leads elsewhere is not followed. */
function parseRoute(text: string): Route {
  const { api, admin } = JSON.parse(text) as Route;
  const isLocal = [api, admin].every((each) => {
    const url = URL.canParse(each) ? new URL(each) : undefined;
    return url?.protocol === 'http:' && isLoopback(url) && hostOf(url) !== '';
  });
  if (!isLocal) throw refused('The rehearsal answered with an address that is not of this machine.');
  return { api, admin };
}

function refused(what: string): PhonestateError {
  return PhonestateError.of('rehearsal-refused', { what });
}

/** Settings with their secrets in clear. They are sent to the program that runs this rehearsal, which reads the system. */
function opened(settings: Partial<Settings>): Record<string, unknown> {
  const open = (value: unknown): unknown => {
    if (value instanceof Secret) return value.open();
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, open(each)]));
  };
  return open(settings) as Record<string, unknown>;
}
