/** What a web server or proxy in front of VICIdial answers that lets no request through, as a failure. */
import { PhonestateError } from '../model/failures';
import type { Settings } from '../settings/read-settings';
import { proxyLoginFailure } from './connection/connect-failures';
import { findProxy } from './connection/proxy';

/** The parts of a response that show it. */
interface GateResponse {
  readonly status: number;
  readonly body: string;
  /** Which login a 401 asks for: `WWW-Authenticate`. */
  readonly authenticate?: string;
}

export type GateSettings = Pick<Settings, 'http_user' | 'client_certificate'>;

/** @returns undefined where the response is none of these; a 401 never is, see `gateLoginFailure` */
export function gateFailure(
  { status, body }: GateResponse,
  url: URL,
  { client_certificate: certificate }: GateSettings,
): PhonestateError | undefined {
  const proxy = status === 407 ? findProxy(url, process.env) : undefined;
  if (proxy) return proxyLoginFailure(proxy);
  if (status !== 400) return undefined;
  if (/SSL certificate/iu.test(body)) {
    const found =
      certificate === undefined ? 'wants a certificate of its clients' : 'does not accept client_certificate';
    return PhonestateError.of('tls-client-certificate', { what: `${url.origin} ${found} (HTTP 400).` });
  }
  if (!plainToSecure.test(body)) return undefined;
  const what = `${url.origin} answers that its port speaks HTTPS (HTTP 400).`;
  return PhonestateError.of('scheme-mismatch', { what });
}

/** The words of nginx, Apache, Go and Tomcat for a request without TLS. */
const plainToSecure = /plain HTTP|HTTP request to an HTTPS|requires TLS/iu;

/**
 * The failure of a call of the API that is answered with 401, which VICIdial never does there. Its admin pages do.
 *
 * @returns undefined where the response asks for no login
 */
export function gateLoginFailure(
  { status, authenticate = '' }: GateResponse,
  url: URL,
  { http_user: user }: GateSettings,
): PhonestateError | undefined {
  if (status !== 401 || authenticate === '') return undefined;
  const [scheme = ''] = authenticate.split(/[\s,]/u);
  if (!/\bbasic\b/iu.test(authenticate)) {
    const what = `The web server of ${url.origin} wants a login of its own (${scheme}, HTTP 401).`;
    const remedy = `http_user is sent by Basic only. Set headers where it accepts a token, or let it accept the API from this machine without a login.`;
    return PhonestateError.of('http-login-refused', { what, remedy });
  }
  const what =
    user === undefined
      ? `The web server of ${url.origin} wants a login of its own (Basic, HTTP 401).`
      : `The web server of ${url.origin} does not accept http_user and http_password (HTTP 401).`;
  return PhonestateError.of('http-login-refused', { what });
}
