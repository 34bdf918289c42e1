/** Responds to requests for admin pages: waits, injects a fault, compresses, records. */
import type { IncomingHttpHeaders } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import type { Faults } from '../faults';
import { respondWithFault, type HttpResponse } from '../faulty-response';
import type { HttpRequest } from '../http-server';
import type { Latency } from '../latency';
import { readCredentials } from './access';
import type { AdminPages } from './admin-pages';
import type { PageJournal } from './page-journal';

const type = 'text/html; charset=utf-8';

interface ResponderParts {
  readonly pages: AdminPages;
  readonly journal: PageJournal;
  readonly faults: Faults;
  readonly latency: Latency;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function pageResponder({ pages, journal, faults, latency, now }: ResponderParts) {
  return async ({ method, url, headers }: HttpRequest): Promise<HttpResponse> => {
    // A POST would change data, which the emulated pages never do.
    if (method !== 'GET') return { status: 405, type, body: 'Method Not Allowed\n', headers: { allow: 'GET' } };
    const parameters = new Map(url.searchParams);
    const credentials = readCredentials(headers.authorization);
    const [add, key] = [parameters.get('ADD') ?? '', keyOf(parameters)];
    const { extension = '', alias_id = '' } = Object.fromEntries(parameters);
    const fault = faults.faultFor({ page: true, function: add, extension: extension || alias_id, writing: false });
    await latency.wait(false);
    const response = await respondWithFault(fault, parameters, {
      execute: () => ({ type, ...pages.serve(parameters, credentials) }),
      // The journal has these requests as well.
      skip: () => {},
    });
    const sent = acceptsGzip(headers) ? compressed(response) : response;
    journal.add({
      at: now(),
      user: credentials.user,
      add,
      key,
      status: sent.status,
      bytes: sentBytes(sent),
      ...(fault ? { fault: fault.kind } : {}),
    });
    return sent;
  };
}

/** The object that a request asks for. */
function keyOf(parameters: ReadonlyMap<string, string>): string {
  const [server, extension] = [parameters.get('server_ip'), parameters.get('extension')];
  return extension === undefined ? (parameters.get('alias_id') ?? '') : `${server ?? ''}/${extension}`;
}

function acceptsGzip(headers: IncomingHttpHeaders): boolean {
  return /\bgzip\b/u.test(String(headers['accept-encoding'] ?? ''));
}

/** Compresses a response as Apache does; a connection that breaks does so at the same part of the body. */
function compressed(response: HttpResponse): HttpResponse {
  const { body, resetAfter, headers } = response;
  if (body.length === 0) return response;
  // The fastest level: benchmarks fetch thousands of pages.
  const bytes = gzipSync(body, { level: constants.Z_BEST_SPEED });
  return {
    ...response,
    body: bytes,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    ...(resetAfter === undefined ? {} : { resetAfter: Math.floor((resetAfter / body.length) * bytes.length) }),
  };
}

function sentBytes({ body, resetAfter, hang }: HttpResponse): number {
  return hang ? 0 : (resetAfter ?? Buffer.byteLength(body));
}
