/**
 * The settings of the provider: one row each. The schema of the provider block, the props of the construct, the client,
 * the command line and the docs are made from this table. To add a setting, add a row.
 */
import { allowedCharacters, stripCharacters } from '../model/characters';

/** A row of the table: the name of an argument of the provider block, with what is known about it. */
export interface SettingDefinition {
  readonly type: 'string' | 'number' | 'bool';
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
  /** Masked everywhere; a `Secret` in code. */
  readonly sensitive?: true;
  /** Says what the value must be, where it is not; undefined where it is right. */
  readonly validate?: (value: string) => string | undefined;
}

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
      "Certificate of the authority that signed the server's certificate, as PEM text. When not set, the authorities that Node.js trusts.",
    validate: (value) =>
      value.includes('-----BEGIN CERTIFICATE-----')
        ? undefined
        : 'It must be a certificate as PEM text, for example file("ca.pem").',
  },
  verify_writes: {
    type: 'bool',
    environment: 'VICIDIAL_VERIFY_WRITES',
    description: 'Whether each create and delete is verified by a lookup.',
    default: true,
  },
  non_latin: {
    type: 'bool',
    environment: 'VICIDIAL_NON_LATIN',
    description: 'Whether the system has `use_non_latin` on, so that it stores letters of every script.',
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
      'How a plan handles the delete permission, which no read-only call can verify. `warn` warns; `canary` verifies it by creating and deleting a temporary phone alias named `phonestate_canary`; `deny` refuses every delete.',
    default: 'warn',
    choices: ['warn', 'canary', 'deny'],
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

function validateUrl(value: string): string | undefined {
  const example = 'such as https://vicidial.example.com/vicidial/non_agent_api.php';
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

function validateSystemName(value: string): string | undefined {
  const isPlain = /^[\x21-\x7e]{1,200}$/u.test(value);
  return isPlain ? undefined : 'It must be 1 to 200 printable ASCII characters without spaces.';
}

/** The server strips other characters from user and password before it compares them (vicidial-api.md, section 6). */
function validateLoginWord(value: string): string | undefined {
  if (value === '') return 'It must not be empty.';
  if (stripCharacters(value, allowedCharacters.word) === value) return undefined;
  return 'VICIdial allows only letters, digits, - and _ in it and strips everything else, so this value can never log in.';
}
