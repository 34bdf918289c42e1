/** One HTTP exchange with the server: a form is sent or a page is asked for, a bounded body is returned within a time limit. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { PhonestateError } from '../model/failures';
import type { Settings } from '../settings/read-settings';
import { serverFailure } from './connection/connect-failures';
import { createConnector, type ConnectionSettings } from './connection/connector';
import { errorCode } from './connection/error-code';
import { findProxy } from './connection/proxy';
import { brokenExchangeFailure } from './exchange-failures';
import { gateFailure, gateLoginFailure, type GateSettings } from './gate-failures';
import { apiHeaders, pageHeaders, type HeaderSettings } from './request-headers';
import { Pool, request as exchange } from './undici-subset';

/** No reply of the API comes near this. */
const maxReplyBytes = 64 * 1024;
/** The list of 10,000 phones has 8 MB (reading-vicidial.md, section 1). */
const maxPageBytes = 64 * 1024 * 1024;

export interface HttpResponse {
  /** The server that answered: scheme, host and port. */
  readonly origin: string;
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
   * @throws PhonestateError what the connector fails with, `connection-lost`, `request-timeout` or `unexpected-response`
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

type TransportSettings = ConnectionSettings & HeaderSettings & GateSettings & Pick<Settings, 'max_concurrency'>;

/** Opens a pool of connections to an address, which are kept alive between calls. */
export function httpTransport(address: string, settings: TransportSettings): Transport {
  const { request_timeout_seconds: timeoutSeconds } = settings;
  const url = new URL(address);
  const pool = new Pool(url.origin, {
    connections: settings.max_concurrency,
    connect: createConnector(url, settings),
    // The signal below limits the whole exchange; these would only add timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  let hasAnswered = false;
  async function send(options: RequestOptions, query = '', maxBytes = maxReplyBytes) {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    let isSent = false;
    try {
      const route = routeOf(url);
      const headers = { ...options.headers, ...route.headers };
      const dispatcher = noteSending(pool, () => (isSent = true));
      const path = route.prefix + url.pathname + query;
      const response = await exchange.call(dispatcher, { ...options, headers, path, signal });
      hasAnswered = true;
      const read = await readResponse(response, address, maxBytes);
      const refused = gateFailure(read, url, settings);
      // Something answered, but nothing proves that it did so in time to keep the call from VICIdial.
      if (refused) throw new PhonestateError(refused.failure, { cause: refused, outcome: 'unknown' });
      return read;
    } catch (error) {
      if (error instanceof PhonestateError) throw error;
      // Whatever the reason is: no connection was opened for this request.
      if (!isSent) throw serverFailure(url.origin, error, timeoutSeconds);
      if (!signal.aborted) throw await brokenExchangeFailure(url, error, { settings, hasAnswered });
      const what = `${url.origin} sent no complete response within ${timeoutSeconds} seconds.`;
      throw PhonestateError.of('request-timeout', { what }, error);
    }
  }

  return {
    // Always POST: a GET would put the password into the access log of the web server (vicidial-api.md, section 1).
    async post(form) {
      const response = await send({ method: 'POST', headers: apiHeaders(settings), body: form });
      const refused = gateLoginFailure(response, url, settings);
      if (refused) throw refused;
      return response;
    },
    get: (query, authorization) =>
      send({ method: 'GET', headers: pageHeaders(settings, authorization) }, `?${query}`, maxPageBytes),
    // At this point no call is in progress whose reply is needed.
    close: () => pool.destroy(),
  };
}

type RequestOptions = Pick<Dispatcher.RequestOptions, 'method' | 'body'> & { readonly headers: Record<string, string> };

/** A request without TLS is sent to a proxy with the whole address in place of the path. */
function routeOf(url: URL): { readonly prefix: string; readonly headers: Record<string, string> } {
  const proxy = url.protocol === 'http:' ? findProxy(url, process.env) : undefined;
  if (!proxy) return { prefix: '', headers: {} };
  const { authorization } = proxy;
  return {
    prefix: url.origin,
    headers: authorization ? { 'proxy-authorization': authorization.open() } : {},
  };
}

/** Notes when a request is given to an open connection. Before that nothing of it was sent. */
function noteSending(pool: Pool, note: () => void): Dispatcher {
  const dispatch: Dispatcher['dispatch'] = (options, handler) => {
    const start = handler.onConnect?.bind(handler);
    handler.onConnect = (...given) => {
      note();
      start?.(...given);
    };
    return pool.dispatch(options, handler);
  };
  // `request` uses no other method of a dispatcher.
  return { dispatch } as Dispatcher;
}

async function readResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: string,
  maxBytes: number,
): Promise<HttpResponse> {
  const { origin } = new URL(url);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong(origin, maxBytes);
    chunks.push(chunk);
  }
  const sent = Buffer.concat(chunks);
  const isCompressed = /^(?:x-)?gzip$/iu.test(firstValue(headers['content-encoding']));
  const location = firstValue(headers.location);
  const authenticate = firstValue(headers['www-authenticate']);
  const retryAfterSeconds = parseRetryAfter(firstValue(headers['retry-after']));
  return {
    origin,
    status: statusCode,
    contentType: firstValue(headers['content-type']),
    ...(location === '' ? {} : { location: withoutQuery(location, url) }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(authenticate === '' ? {} : { authenticate }),
    body: (isCompressed ? await decompress(sent, maxBytes, origin) : sent).toString('utf8'),
  };
}

function tooLong(origin: string, maxBytes: number): PhonestateError {
  const what = `The response of ${origin} is longer than ${maxBytes} bytes, which none of VICIdial is.`;
  return PhonestateError.of('unexpected-response', { what });
}

async function decompress(sent: Buffer, maxBytes: number, origin: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(sent, { maxOutputLength: maxBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLong(origin, maxBytes);
    const what = `The compressed response of ${origin} could not be read: it is cut off or damaged.`;
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
