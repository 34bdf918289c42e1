/** The headers of a request: those of the client, and those that the settings add for what stands in front of VICIdial. */
import { version } from '../address';
import type { Settings } from '../settings/read-settings';

export type HeaderSettings = Pick<Settings, 'http_user' | 'http_password' | 'headers'>;

/** Web application firewalls refuse requests without one. */
const userAgent = { 'user-agent': `phonestate/${version}` };

/** The headers of a call of the API. */
export function apiHeaders({
  http_user: user,
  http_password: password,
  headers,
}: HeaderSettings): Record<string, string> {
  return {
    ...userAgent,
    ...openHeaders(headers),
    ...(user === undefined || !password ? {} : { authorization: basicAuthorization(user, password.open()) }),
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html',
  };
}

/**
 * The headers of a request for an admin page. VICIdial's own login is in the header that a login of the web server would
 * need, so that one is not sent.
 */
export function pageHeaders({ headers }: HeaderSettings, authorization: string): Record<string, string> {
  return { ...userAgent, ...openHeaders(headers), authorization, accept: 'text/html', 'accept-encoding': 'gzip' };
}

/** The value of `Authorization` for HTTP Basic. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** Names are lower-case here, so that one replaces another of the same name. */
function openHeaders(headers: HeaderSettings['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.open()]));
}
