/** One HTTP exchange with the server: a form is sent, a bounded body is returned within a time limit. */
import type { Dispatcher } from 'undici';
import { PhonestateError } from '../../model/failures';
import type { Settings } from '../../settings/read-settings';
import { Pool, request as exchange } from './undici-subset';

/** No reply of the API comes near this. */
const maxResponseBytes = 64 * 1024;

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  /** Where a redirect leads, without its query. */
  readonly location?: string;
  /** What `Retry-After` asks for, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly body: string;
}

export interface Transport {
  /**
   * @param form the body, url-encoded
   * @throws PhonestateError `server-unreachable`, `tls-failed`, `connection-lost`, `request-timeout` or `unexpected-response`
   */
  post(form: string): Promise<HttpResponse>;
  close(): Promise<void>;
}

type TransportSettings = Pick<Settings, 'url' | 'request_timeout_seconds' | 'max_concurrency' | 'ca_certificate'>;

/** Opens a pool of connections that are kept alive between calls. */
export function httpTransport(settings: TransportSettings): Transport {
  const { url, request_timeout_seconds: timeoutSeconds, ca_certificate: ca } = settings;
  const { origin, pathname, search } = new URL(url);
  const timeoutMs = timeoutSeconds * 1000;
  const pool = new Pool(origin, {
    connections: settings.max_concurrency,
    connect: { timeout: timeoutMs, ...(ca === undefined ? {} : { ca }) },
    // The signal below limits the whole exchange; these would only add timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // Always POST: a GET would put the password into the access log of the web server (vicidial-api.md, section 1).
  const request = {
    path: pathname + search,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  } as const;

  return {
    async post(form) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await readResponse(await exchange.call(pool, { ...request, body: form, signal }), url);
      } catch (error) {
        if (!signal.aborted) throw connectionError(origin, error);
        const what = `${origin} sent no complete response within ${timeoutSeconds} seconds.`;
        throw PhonestateError.of('request-timeout', { what }, error);
      }
    },
    // At this point no call is in progress whose reply is needed.
    close: () => pool.destroy(),
  };
}

async function readResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: string,
): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxResponseBytes) {
      const what = `The response is longer than ${maxResponseBytes} bytes; a reply of the API is one line.`;
      throw PhonestateError.of('unexpected-response', { what });
    }
    chunks.push(chunk);
  }
  const location = firstValue(headers.location);
  const retryAfterSeconds = parseRetryAfter(firstValue(headers['retry-after']));
  return {
    status: statusCode,
    contentType: firstValue(headers['content-type']),
    ...(location === '' ? {} : { location: withoutQuery(location, url) }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    body: Buffer.concat(chunks).toString('utf8'),
  };
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

function connectionError(origin: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
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
