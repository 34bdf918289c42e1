/** One HTTP exchange with the server: a form goes out, a bounded text comes back within a bounded time. */
import type { Dispatcher } from 'undici';
import { fail } from '../../model/failures';
import type { ClientOptions } from '../client-options';
import { Pool, request as exchange } from './undici-subset';

/** No reply of the API is near this. */
const longestReply = 64 * 1024;

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  /** Where a redirect leads, without its query. */
  readonly location?: string;
  /** What `Retry-After` says, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly body: string;
}

export interface Transport {
  /**
   * @param form the body, url-encoded
   * @throws PhonestateError `server-unreachable`, `tls-failed`, `connection-lost`, `request-timeout` or `unexpected-response`
   */
  post(form: string): Promise<HttpReply>;
  close(): Promise<void>;
}

type TransportOptions = Pick<ClientOptions, 'url' | 'requestTimeoutSeconds' | 'maxConcurrency' | 'caCertificate'>;

/** Opens a pool of connections that are kept alive between calls. */
export function httpTransport({
  url,
  requestTimeoutSeconds,
  maxConcurrency,
  caCertificate,
}: TransportOptions): Transport {
  const { origin, pathname, search } = new URL(url);
  const limitMs = requestTimeoutSeconds * 1000;
  const pool = new Pool(origin, {
    connections: maxConcurrency,
    connect: { timeout: limitMs, ...(caCertificate === undefined ? {} : { ca: caCertificate }) },
    // The limit below covers the whole exchange; these would only add timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // Always POST: a GET would put the password into the access log of the web server (API facts, section 1).
  const request = {
    path: pathname + search,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  } as const;

  return {
    async post(form) {
      const limit = AbortSignal.timeout(limitMs);
      try {
        return await readReply(await exchange.call(pool, { ...request, body: form, signal: limit }), url);
      } catch (error) {
        if (limit.aborted)
          throw fail(
            'request-timeout',
            { what: `${origin} gave no whole answer within ${requestTimeoutSeconds} seconds.` },
            error,
          );
        throw connectionFailure(origin, error);
      }
    },
    // Whoever closes has no call under way whose answer it waits for.
    close: () => pool.destroy(),
  };
}

async function readReply({ statusCode, headers, body }: Dispatcher.ResponseData, url: string): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestReply)
      throw fail('unexpected-response', {
        what: `The answer is longer than ${longestReply} bytes; those of the API have one line.`,
      });
    chunks.push(chunk);
  }
  const location = text(headers.location);
  const retryAfter = Number(text(headers['retry-after']) || Number.NaN);
  return {
    status: statusCode,
    contentType: text(headers['content-type']),
    ...(location === '' ? {} : { location: withoutQuery(location, url) }),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function text(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

/** A query may hold what was sent. */
function withoutQuery(location: string, url: string): string {
  if (!URL.canParse(location, url)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(location, url);
  return origin + pathname;
}

/** What Node.js and undici call the ways in which a connection fails. */
const notReached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  UND_ERR_CONNECT_TIMEOUT: 'it does not accept connections in time',
};

function connectionFailure(origin: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (notReached.includes(code))
    return fail('server-unreachable', { what: `${origin} cannot be reached: ${reasons[code]} (${code}).` }, error);
  if (/CERT|SSL|TLS|SELF_SIGNED|VERIFY|EPROTO/u.test(code))
    return fail(
      'tls-failed',
      { what: `${origin} was reached, but its certificate was not accepted (${code}).` },
      error,
    );
  return fail(
    'connection-lost',
    { what: `The connection to ${origin} ended before the answer was complete (${code}).` },
    error,
  );
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses of one name were tried, and all failed.
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : undefined;
}
