/** One HTTP exchange with the server: a form is sent or a page is asked for, a bounded body is returned within a time limit. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { version } from '../address';
import { PhonestateError } from '../model/failures';
import type { Settings } from '../settings/read-settings';
import { Pool, request as exchange } from './undici-subset';

/** No reply of the API comes near this. */
const maxReplyBytes = 64 * 1024;
/** The list of 10,000 phones has 8 MB (reading-vicidial.md, section 1). */
const maxPageBytes = 64 * 1024 * 1024;

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  /** Where a redirect leads, without its query. */
  readonly location?: string;
  /** What `Retry-After` asks for, in seconds. */
  readonly retryAfterSeconds?: number;
  /** Which login a 401 asks for: `WWW-Authenticate`. */
  readonly authenticate?: string;
  readonly body: string;
}

export interface Transport {
  /**
   * @param form the body, url-encoded
   * @throws PhonestateError `server-unreachable`, `tls-failed`, `connection-lost`, `request-timeout` or `unexpected-response`
   */
  post(form: string): Promise<HttpResponse>;
  /**
   * Asks for a page, compressed where the server can do that.
   *
   * @param query without the question mark
   * @param authorization the value of the header
   * @throws PhonestateError as `post`
   */
  get(query: string, authorization: string): Promise<HttpResponse>;
  close(): Promise<void>;
}

type TransportSettings = Pick<Settings, 'request_timeout_seconds' | 'max_concurrency' | 'ca_certificate'>;

/** Opens a pool of connections to an address, which are kept alive between calls. */
export function httpTransport(url: string, settings: TransportSettings): Transport {
  const { request_timeout_seconds: timeoutSeconds, ca_certificate: ca } = settings;
  const { origin, pathname } = new URL(url);
  const timeoutMs = timeoutSeconds * 1000;
  const pool = new Pool(origin, {
    connections: settings.max_concurrency,
    connect: { timeout: timeoutMs, ...(ca === undefined ? {} : { ca }) },
    // The signal below limits the whole exchange; these would only add timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  async function send(options: Omit<Dispatcher.RequestOptions, 'path'>, query = '', maxBytes = maxReplyBytes) {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await exchange.call(pool, { ...options, path: pathname + query, signal });
      return await readResponse(response, url, maxBytes);
    } catch (error) {
      if (!signal.aborted) throw connectionError(origin, error);
      const what = `${origin} sent no complete response within ${timeoutSeconds} seconds.`;
      throw PhonestateError.of('request-timeout', { what }, error);
    }
  }

  return {
    // Always POST: a GET would put the password into the access log of the web server (vicidial-api.md, section 1).
    post: (form) => send({ method: 'POST', headers: formHeaders, body: form }),
    get: (query, authorization) =>
      send({ method: 'GET', headers: { ...pageHeaders, authorization } }, `?${query}`, maxPageBytes),
    // At this point no call is in progress whose reply is needed.
    close: () => pool.destroy(),
  };
}

/** Web application firewalls refuse requests without one. */
const userAgent = { 'user-agent': `phonestate/${version}` };
const formHeaders = { ...userAgent, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const pageHeaders = { ...userAgent, accept: 'text/html', 'accept-encoding': 'gzip' };

async function readResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: string,
  maxBytes: number,
): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk);
  }
  const sent = Buffer.concat(chunks);
  const isCompressed = firstValue(headers['content-encoding']) === 'gzip';
  const location = firstValue(headers.location);
  const authenticate = firstValue(headers['www-authenticate']);
  const retryAfterSeconds = parseRetryAfter(firstValue(headers['retry-after']));
  return {
    status: statusCode,
    contentType: firstValue(headers['content-type']),
    ...(location === '' ? {} : { location: withoutQuery(location, url) }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(authenticate === '' ? {} : { authenticate }),
    body: (isCompressed ? await decompress(sent, maxBytes) : sent).toString('utf8'),
  };
}

function tooLong(maxBytes: number): PhonestateError {
  const what = `The response is longer than ${maxBytes} bytes, which none of VICIdial is.`;
  return PhonestateError.of('unexpected-response', { what });
}

async function decompress(sent: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(sent, { maxOutputLength: maxBytes });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLong(maxBytes);
    const what = 'The compressed response could not be read: it is cut off or damaged.';
    throw PhonestateError.of('connection-lost', { what }, error);
  }
}

function firstValue(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

/**
 * The seconds that a `Retry-After` header asks for, given as a number or as a date.
 *
 * @param now milliseconds since 1970
 * @returns undefined where the header is missing or neither
 */
export function parseRetryAfter(header: string, now = Date.now()): number | undefined {
  if (/^\d+$/u.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** A query may contain what was sent. */
function withoutQuery(location: string, url: string): string {
  if (!URL.canParse(location, url)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(location, url);
  return origin + pathname;
}

/** The codes of Node.js and undici for a connection that was never opened, each with its meaning. */
const connectFailures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'its name does not exist',
  EAI_AGAIN: 'its name could not be resolved',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept a connection in time',
};

/**
 * What the HTTP client throws, as a failure. Whatever it is, the response did not arrive: with a call that writes it must
 * be found out then whether it was carried out.
 */
function connectionError(origin: string, error: unknown): PhonestateError {
  if (error instanceof PhonestateError) return error;
  const code = codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
  const reason = connectFailures[code];
  if (reason !== undefined) {
    return PhonestateError.of(
      'server-unreachable',
      { what: `${origin} cannot be reached: ${reason} (${code}).` },
      error,
    );
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|VERIFY|EPROTO/u.test(code)) {
    return PhonestateError.of(
      'tls-failed',
      { what: `${origin} was reached, but its certificate was not accepted (${code}).` },
      error,
    );
  }
  const what = `The connection to ${origin} ended before the response was complete (${code}).`;
  return PhonestateError.of('connection-lost', { what }, error);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses of one name were tried, and all of them failed.
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : undefined;
}
