/**
 * The settings of the provider: one row each. The schema of the provider block, the props of the construct, the client,
 * the command line and the docs are made from this table. To add a setting, add a row.
 */
import { isIP } from 'node:net';
import { allowedCharacters, stripCharacters, type CharacterOptions } from '../model/characters';
import { equalIdentities } from '../model/identity';
import { headersProblem } from './header-map';
import { certificateProblem, privateKeyProblem } from './pem';

/** A row of the table: the name of an argument of the provider block, with what is known about it. */
export interface SettingDefinition {
  /** A map has strings as its values; its environment variable is a JSON object. */
  readonly type: 'string' | 'number' | 'bool' | 'map';
  /** The environment variable that is read where the argument is not set. */
  readonly environment: string;
  /** Markdown, one sentence or two, without default, bounds and variable: these are added from the other columns. */
  readonly description: string;
  /** The provider cannot work without it. */
  readonly required?: true;
  /** Used where neither the argument nor the variable is set. */
  readonly default?: string | number | boolean;
  /** For numbers, which are whole: the minimum and the maximum. */
  readonly range?: readonly [number, number];
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  /** Masked everywhere; in code a `Secret`, or a map of them. */
  readonly sensitive?: true;
  /** Says what the value must be, where it is not; undefined where it is right. */
  readonly validate?: (value: string, options: CharacterOptions) => string | undefined;
  /** The same for a map. */
  readonly validateMap?: (value: StringMap) => string | undefined;
}

export type StringMap = Readonly<Record<string, string>>;

/** A value as a provider block or a program sets it. */
export type GivenSetting = string | number | boolean | StringMap;

export const providerSettings = {
  url: {
    type: 'string',
    environment: 'VICIDIAL_URL',
    description: 'Address of the non-agent API, for example `https://vicidial.example.com/vicidial/non_agent_api.php`.',
    required: true,
    validate: validateUrl,
  },
  user: {
    type: 'string',
    environment: 'VICIDIAL_USER',
    description: 'API user.',
    required: true,
    validate: validateLoginWord,
  },
  password: {
    type: 'string',
    environment: 'VICIDIAL_PASSWORD',
    description: 'Password of the API user.',
    required: true,
    sensitive: true,
    validate: validateLoginWord,
  },
  call_source: {
    type: 'string',
    environment: 'VICIDIAL_CALL_SOURCE',
    description: 'Source that VICIdial writes to its API log for each call: 2 to 20 letters or digits.',
    default: 'terraform',
    validate: (value) => (/^[0-9a-zA-Z]{2,20}$/u.test(value) ? undefined : 'It must be 2 to 20 letters or digits.'),
  },
  request_timeout_seconds: {
    type: 'number',
    environment: 'VICIDIAL_REQUEST_TIMEOUT_SECONDS',
    description: 'Seconds that one call may take.',
    default: 30,
    range: [1, 600],
  },
  max_concurrency: {
    type: 'number',
    environment: 'VICIDIAL_MAX_CONCURRENCY',
    description: 'Number of calls that may be in progress at once.',
    default: 8,
    range: [1, 64],
  },
  max_requests_per_second: {
    type: 'number',
    environment: 'VICIDIAL_MAX_REQUESTS_PER_SECOND',
    description: 'Number of calls that may start within a second. Not limited when not set.',
    range: [1, 1000],
  },
  ca_certificate: {
    type: 'string',
    environment: 'VICIDIAL_CA_CERTIFICATE',
    description:
      "Certificate of the authority that signed the server's certificate, as PEM text; several may follow each other. It is trusted besides the authorities of the system (`SSL_CERT_FILE`, `SSL_CERT_DIR`, or the distribution's) and of Node.js (`NODE_EXTRA_CA_CERTS`).",
    validate: certificateProblem,
  },
  http_user: {
    type: 'string',
    environment: 'VICIDIAL_HTTP_USER',
    description: 'User of a login (HTTP Basic) that a web server in front of the API wants, besides that of VICIdial.',
    validate: validateHttpUser,
  },
  http_password: {
    type: 'string',
    environment: 'VICIDIAL_HTTP_PASSWORD',
    description: 'Password of `http_user`.',
    sensitive: true,
    validate: validateHttpPassword,
  },
  headers: {
    type: 'map',
    environment: 'VICIDIAL_HEADERS',
    description:
      'Headers that are sent with each HTTP request, such as the token of an access proxy. The variable holds a JSON object.',
    sensitive: true,
    validateMap: headersProblem,
  },
  client_certificate: {
    type: 'string',
    environment: 'VICIDIAL_CLIENT_CERTIFICATE',
    description: 'Certificate that the server wants of its clients, as PEM text, with its intermediate ones after it.',
    validate: certificateProblem,
  },
  client_key: {
    type: 'string',
    environment: 'VICIDIAL_CLIENT_KEY',
    description: 'Private key of `client_certificate`, as PEM text, not encrypted.',
    sensitive: true,
    validate: privateKeyProblem,
  },
  tls_server_name: {
    type: 'string',
    environment: 'VICIDIAL_TLS_SERVER_NAME',
    description:
      'Name that the certificate of the server must have, where it has not the name in `url`, as through a tunnel or by address.',
    validate: validateServerName,
  },
  tls_minimum_version: {
    type: 'string',
    environment: 'VICIDIAL_TLS_MINIMUM_VERSION',
    description:
      'Oldest version of TLS that is accepted. With `1.0` or `1.1` the ciphers and keys of that time are accepted too, which old images of VICIdial need. When not set, 1.2.',
    choices: ['1.0', '1.1', '1.2', '1.3'],
  },
  insecure_skip_verify: {
    type: 'bool',
    environment: 'VICIDIAL_INSECURE_SKIP_VERIFY',
    description:
      'Whether any certificate of the server is accepted, so that another machine can read the password. For tests; each run warns.',
    default: false,
  },
  verify_writes: {
    type: 'bool',
    environment: 'VICIDIAL_VERIFY_WRITES',
    description:
      'Whether what a create or update stored is read and compared with the plan, and each create and delete is verified by a lookup.',
    default: true,
  },
  write_timeout_seconds: {
    type: 'number',
    environment: 'VICIDIAL_WRITE_TIMEOUT_SECONDS',
    description:
      'Seconds within which a create or delete must be visible after VICIdial answered SUCCESS: where it has several databases, one may lag.',
    default: 10,
    range: [0, 300],
  },
  read_from: {
    type: 'string',
    environment: 'VICIDIAL_READ_FROM',
    description:
      'Where phones are read, which the API cannot do. `database` and `admin` (the admin pages) read every field; `api` only sees whether an object exists. `auto` is `database` where `database_url` is set, else `admin` where the API user can open the admin pages, else `api` with a warning.',
    default: 'auto',
    choices: ['auto', 'api', 'admin', 'database'],
  },
  admin_url: {
    type: 'string',
    environment: 'VICIDIAL_ADMIN_URL',
    description: 'Address of the admin pages. When not set, `admin.php` in the folder of `url`.',
    validate: validateUrl,
  },
  database_url: {
    type: 'string',
    environment: 'VICIDIAL_DATABASE_URL',
    description:
      'Address of the database of VICIdial, for example `mysql://reader@db.example.com:3306/asterisk`; with `?socket=/run/mysqld/mysqld.sock` a Unix socket. The user needs SELECT only.',
    sensitive: true,
    validate: validateDatabaseUrl,
  },
  database_password: {
    type: 'string',
    environment: 'VICIDIAL_DATABASE_PASSWORD',
    description: 'Password of the user in `database_url`.',
    sensitive: true,
  },
  database_ca_certificate: {
    type: 'string',
    environment: 'VICIDIAL_DATABASE_CA_CERTIFICATE',
    description:
      "Certificate of the authority that signed the certificate of the database server, as PEM text. When set, the connection uses TLS and verifies the server's name.",
    validate: certificateProblem,
  },
  database_is_replica: {
    type: 'bool',
    environment: 'VICIDIAL_DATABASE_IS_REPLICA',
    description:
      'Whether `database_url` is a replica, which may lag. When not set, the database is asked. An object that a replica lacks stays in state until the API confirms that it does not exist.',
  },
  non_latin: {
    type: 'bool',
    environment: 'VICIDIAL_NON_LATIN',
    description:
      'Whether the system has `use_non_latin` on, so that it stores letters of every script, also in the name and password of the API user.',
    default: false,
  },
  adopt_existing: {
    type: 'bool',
    environment: 'VICIDIAL_ADOPT_EXISTING',
    description:
      'Whether a planned create adopts a phone or phone alias that exists already and is visible: one update then sets every declared field. When false, it is an error that shows the import command.',
    default: false,
  },
  delete_permission_check: {
    type: 'string',
    environment: 'VICIDIAL_DELETE_PERMISSION_CHECK',
    description:
      'How a plan checks the delete permission. `auto` reads it from the admin pages or the database, and warns where neither can be read; `canary` also creates and deletes a temporary phone alias named `phonestate_canary`; `warn` only warns; `deny` refuses every delete.',
    default: 'auto',
    choices: ['auto', 'canary', 'warn', 'deny'],
  },
  in_use_check: {
    type: 'string',
    environment: 'VICIDIAL_IN_USE_CHECK',
    description:
      'What a plan that deletes or replaces a phone does where an agent is logged in on it: `warn`, `deny` or `off`. Only the database shows that.',
    default: 'warn',
    choices: ['warn', 'deny', 'off'],
  },
  system_name: {
    type: 'string',
    environment: 'VICIDIAL_SYSTEM_NAME',
    description:
      'Name of the VICIdial system, kept in state with each object (attribute `system`). Set it where the `url` of one system changes, as through a tunnel. When not set, host, port and path of `url`.',
    validate: validateSystemName,
  },
  previous_system: {
    type: 'string',
    environment: 'VICIDIAL_PREVIOUS_SYSTEM',
    description:
      'The `system` of objects in state that belong to this system now: its former `url` (host, port and path) or `system_name`. Objects of it are treated as objects of this system, and renamed by the next refresh.',
    validate: validateSystemName,
  },
  moved_servers: {
    type: 'map',
    environment: 'VICIDIAL_MOVED_SERVERS',
    description:
      'New addresses of servers by their old ones, for example `{ "10.0.0.11" = "10.0.0.21" }`, where VICIdial has changed `server_ip` in its tables. Phones in state with an old address are updated in place to the new one: nothing is deleted or created.',
    validateMap: validateMovedServers,
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof providerSettings;

/** The rows with their names, for code that handles every setting. */
export const settingRows: readonly (readonly [SettingName, SettingDefinition])[] =
  // Object.entries returns the keys of this very table, which its type does not express.
  Object.entries(providerSettings) as [SettingName, SettingDefinition][];

/** The description of a setting with what the other columns say: default, bounds, environment variable. Markdown. */
export function describeSetting({ description, range, default: value, environment }: SettingDefinition): string {
  return [
    description,
    ...(range ? [`From ${range[0]} to ${range[1]}.`] : []),
    ...(value === undefined ? [] : [`Default \`${value}\`.`]),
    `Environment variable \`${environment}\`.`,
  ].join(' ');
}

/** Some of them are removed where an address is read, so that it would be another one than it seems. */
const spaces = /[\p{C}\p{Z}]/u;

function validateUrl(value: string): string | undefined {
  const example = 'such as https://vicidial.example.com/vicidial/non_agent_api.php';
  if (spaces.test(value)) return `It must be an address without spaces and invisible characters, ${example}.`;
  if (!URL.canParse(value)) return `It must be an http or https address, ${example}.`;
  const { protocol, username, password, search, hash, searchParams } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:') return `It must be an http or https address, ${example}.`;
  const hasLogin = username !== '' || password !== '' || searchParams.has('user') || searchParams.has('pass');
  const login = hasLogin ? ' User and password are the arguments user and password.' : '';
  if (login !== '' && search === '') return `It must not contain a user or password.${login}`;
  // VICIdial reads the query before the body: `function` and `delete_phone` in it would be carried out by every call.
  if (search !== '' || hash !== '' || /[?#]/u.test(value))
    return `It must not have a query (?…) or fragment (#…).${login}`;
  return undefined;
}

function validateDatabaseUrl(value: string): string | undefined {
  const form = 'It must have the form mysql://USER@HOST:PORT/DATABASE, or mysql://USER@localhost/DATABASE?socket=PATH.';
  if (spaces.test(value)) return `${form} It has no spaces and no invisible characters.`;
  if (!URL.canParse(value)) return form;
  const { protocol, username, pathname, hash, searchParams } = new URL(value);
  if (!['mysql:', 'mariadb:'].includes(protocol) || username === '' || hash !== '') return form;
  if (!/^\/[^/]+$/u.test(pathname)) return form;
  const unknown = [...searchParams.keys()].find((name) => name !== 'socket');
  if (unknown !== undefined) return `It has the parameter ${unknown}, and only socket is known.`;
  return undefined;
}

function validateHttpUser(value: string): string | undefined {
  return /^[^:\p{Cc}]+$/u.test(value)
    ? undefined
    : 'It must not have a colon, a line end or another control character.';
}

function validateHttpPassword(value: string): string | undefined {
  return /\p{Cc}/u.test(value) ? 'It must not have a line end or another control character.' : undefined;
}

function validateServerName(value: string): string | undefined {
  const isName = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/iu.test(value) || isIP(value) !== 0;
  return isName ? undefined : 'It must be the name of a host or an IP address, without scheme, port or path.';
}

function validateSystemName(value: string): string | undefined {
  const isPlain = /^[\x21-\x7e]{1,200}$/u.test(value);
  return isPlain ? undefined : 'It must be 1 to 200 printable ASCII characters without spaces.';
}

/** The old address of one server as the new one of another would make two phones of one key. */
function validateMovedServers(value: StringMap): string | undefined {
  const empty = Object.entries(value).some(([before, after]) => before === '' || after === '');
  if (empty) return 'It must have the old address of a server and its new one in each entry.';
  const again = Object.values(value).find((after) =>
    Object.keys(value).some((before) => equalIdentities(before, after)),
  );
  return again === undefined
    ? undefined
    : `${again} is the new address of one server and the old one of another. Apply one move after the other.`;
}

/** The server strips other characters from user and password before it compares them (vicidial-api.md, section 6). */
function validateLoginWord(value: string, options: CharacterOptions): string | undefined {
  if (value === '') return 'It must not be empty.';
  const isRead = (nonLatin: boolean) => stripCharacters(value, allowedCharacters.word, { nonLatin }) === value;
  if (isRead(options.nonLatin ?? false)) return undefined;
  const allowed =
    'VICIdial allows only letters, digits, - and _ in it and strips everything else, so this value can never log in.';
  if (!isRead(true)) return allowed;
  return `${allowed} Letters beyond a to z are read only on systems with use_non_latin on; if yours has it on, set non_latin = true in the provider block, or the environment variable VICIDIAL_NON_LATIN.`;
}
