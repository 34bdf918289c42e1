/** Where the database is: the parts of `database_url`. */
import { PhonestateError } from '../../model/failures';
import { Secret } from '../../model/secret';

const defaultPort = 3306;

export interface DatabaseAddress {
  readonly user: string;
  /** The password in the URL; `database_password` comes first. */
  readonly password: Secret | undefined;
  /** The name that the certificate of the server must have, also where a socket or a tunnel leads to it. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** The path of a Unix socket, which is used instead of host and port. */
  readonly socket: string | undefined;
  /** For messages, without the password. */
  readonly description: string;
}

/**
 * Takes `mysql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?socket=PATH]` apart. Each part may be percent-encoded.
 *
 * @throws PhonestateError `provider-argument` where a part cannot be decoded; the message does not show the URL
 */
export function parseDatabaseUrl({ href }: URL): DatabaseAddress {
  const url = new URL(href);
  const [user, host, database] = [url.username, url.hostname, url.pathname.slice(1)].map(decode);
  const password = decode(url.password);
  const parts = {
    user: user ?? '',
    password: password === '' ? undefined : new Secret(password),
    // An IPv6 address is in brackets in a URL, and nowhere else.
    host: (host ?? '').replace(/^\[(.*)\]$/u, '$1'),
    port: url.port === '' ? defaultPort : Number(url.port),
    database: database ?? '',
    socket: url.searchParams.get('socket') ?? undefined,
  };
  const place = parts.socket ?? `${url.hostname}:${parts.port}`;
  return { ...parts, description: `database ${parts.database} at ${place}` };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    const what = 'database_url has a % that is not followed by the two hexadecimal digits of a character.';
    throw PhonestateError.of('provider-argument', { field: 'database_url', what });
  }
}
