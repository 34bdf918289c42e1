/** The arguments of the `provider "vicidial"` block: a row each, with the environment variable that stands in for it. */
import { fail } from '../model/failures';
import type { Attribute, Schema } from '../terraform/schema';
import { Unknown, type ObjectValue, type Value } from '../terraform/value';

interface Argument {
  readonly type: 'string' | 'number' | 'bool';
  readonly description: string;
  readonly sensitive?: true;
  /** Name among the options of the client, where it is one. */
  readonly option?: string;
  /** Read where the argument is not set. */
  readonly variable: string;
}

export const providerArguments = {
  url: {
    type: 'string',
    description: 'Address of the non-agent API, for example `https://dialer.example.com/vicidial/non_agent_api.php`.',
    option: 'url',
    variable: 'VICIDIAL_URL',
  },
  user: {
    type: 'string',
    description: 'API user.',
    option: 'user',
    variable: 'VICIDIAL_USER',
  },
  password: {
    type: 'string',
    description: 'Password of the API user.',
    sensitive: true,
    option: 'password',
    variable: 'VICIDIAL_PASSWORD',
  },
  source: {
    type: 'string',
    description:
      'Name under which the calls stand in the API log of VICIdial: 2 to 20 letters or digits. Default `terraform`.',
    option: 'source',
    variable: 'VICIDIAL_SOURCE',
  },
  request_timeout_seconds: {
    type: 'number',
    description: 'Seconds that one call may take. Default 30.',
    option: 'requestTimeoutSeconds',
    variable: 'VICIDIAL_REQUEST_TIMEOUT_SECONDS',
  },
  max_concurrency: {
    type: 'number',
    description: 'Calls that may be under way at once. Default 8.',
    option: 'maxConcurrency',
    variable: 'VICIDIAL_MAX_CONCURRENCY',
  },
  ca_certificate: {
    type: 'string',
    description:
      "Certificate of the authority that signed the server's, as PEM text. Default: the authorities that Node.js knows.",
    option: 'caCertificate',
    variable: 'VICIDIAL_CA_CERTIFICATE',
  },
  max_requests_per_second: {
    type: 'number',
    description: 'Calls that may start in a second, 1 to 1000. Default: as many as max_concurrency lets through.',
    option: 'maxRequestsPerSecond',
    variable: 'VICIDIAL_MAX_REQUESTS_PER_SECOND',
  },
  verify_writes: {
    type: 'bool',
    description: 'Whether each creation and deletion is confirmed by a harmless look at the server. Default true.',
    option: 'verifyWrites',
    variable: 'VICIDIAL_VERIFY_WRITES',
  },
  non_latin: {
    type: 'bool',
    description: 'Whether the system has `use_non_latin` on, so that letters of every script survive. Default false.',
    variable: 'VICIDIAL_NON_LATIN',
  },
  adopt_existing: {
    type: 'bool',
    description:
      'Whether a planned creation takes over a phone or alias that exists already and is visible: it then gets every declared field, by one update. Default false: it is an error that shows the import command.',
    variable: 'VICIDIAL_ADOPT_EXISTING',
  },
  delete_permission_check: {
    type: 'string',
    description:
      'What a plan does about deleting, whose permission no harmless call tells. `none` warns; `canary` finds out by adding and deleting a throw-away alias named `phonestate_canary`; `deny` refuses every deletion. Default `none`.',
    variable: 'VICIDIAL_DELETE_PERMISSION_CHECK',
  },
} as const satisfies Record<string, Argument>;

/** What `delete_permission_check` may be. */
export const deleteChecks = ['none', 'canary', 'deny'] as const;
export type DeleteCheck = (typeof deleteChecks)[number];

const rows: readonly (readonly [string, Argument])[] = Object.entries(providerArguments);

export const providerSchema: Schema = {
  version: 0,
  description: 'Phones and phone aliases of a VICIdial call centre.',
  attributes: Object.fromEntries(rows.map(([name, row]): [string, Attribute] => [name, attribute(row)])),
};

function attribute(row: Argument): Attribute {
  return {
    type: row.type,
    optional: true,
    description: `${row.description} Read from the environment variable \`${row.variable}\` when not set.`,
    ...(row.sensitive ? { sensitive: true } : {}),
  };
}

/** The arguments of one provider block, under the names of the client's options. */
export interface ProviderArguments {
  readonly options: Readonly<Record<string, unknown>>;
  readonly nonLatin: boolean;
  readonly deleteCheck: DeleteCheck;
  readonly adoptExisting: boolean;
  /** Arguments whose value is known only in apply. */
  readonly pending: readonly string[];
}

/**
 * Reads the provider block, and the environment where it says nothing.
 *
 * @param environment variables that stand in; an empty one counts as not set
 * @throws PhonestateError `provider-argument` where `delete_permission_check` is none of its values
 */
export function readArguments(config: ObjectValue, environment: NodeJS.ProcessEnv): ProviderArguments {
  const value = (name: string, row: Argument) => config[name] ?? fromEnvironment(row, environment[row.variable]);
  const options: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    const given = value(name, row);
    if (row.option && given !== null && !(given instanceof Unknown)) options[row.option] = given;
  }
  return {
    options,
    nonLatin: value('non_latin', providerArguments.non_latin) === true,
    deleteCheck: deleteCheck(value('delete_permission_check', providerArguments.delete_permission_check)),
    adoptExisting: value('adopt_existing', providerArguments.adopt_existing) === true,
    pending: rows.map(([name]) => name).filter((name) => config[name] instanceof Unknown),
  };
}

function deleteCheck(given: Value): DeleteCheck {
  if (given === null || given instanceof Unknown) return 'none';
  const known = deleteChecks.find((check) => check === given);
  if (known) return known;
  throw fail('provider-argument', {
    field: 'delete_permission_check',
    what: `delete_permission_check is not one of ${deleteChecks.join(', ')}.`,
  });
}

function fromEnvironment(row: Argument, text: string | undefined): Value {
  if (text === undefined || text === '') return null;
  if (row.type === 'number') return Number(text);
  return row.type === 'bool' ? text === 'true' : text;
}
