/** The arguments of the provider as its construct takes them: adding one is adding a row. A test compares them with the provider's own. */
import type { IResolvable } from 'cdktf';
import type { Choice } from './props';

interface Argument {
  readonly type: 'string' | 'number' | 'boolean';
  readonly choices?: readonly string[];
  readonly secret?: true;
}

// The comments are what an editor shows of each prop.
export const providerArguments = {
  /** Address of the non-agent API; VICIDIAL_URL when left out. */
  url: { type: 'string' },
  /** API user; VICIDIAL_USER when left out. */
  user: { type: 'string' },
  /** Its password, a sensitive variable at best; VICIDIAL_PASSWORD when left out. */
  password: { type: 'string', secret: true },
  /** Name of the calls in the API log, 2 to 20 letters or digits. */
  source: { type: 'string' },
  /** Seconds that one call may take. */
  requestTimeoutSeconds: { type: 'number' },
  /** Calls that may be under way at once. */
  maxConcurrency: { type: 'number' },
  /** Certificate of the authority that signed the server's, as PEM text. */
  caCertificate: { type: 'string' },
  /** Calls that may start in a second, 1 to 1000; as many as maxConcurrency lets through when left out. */
  maxRequestsPerSecond: { type: 'number' },
  /** Whether each creation and deletion is confirmed by a harmless look at the server. */
  verifyWrites: { type: 'boolean' },
  /** Whether the system has `use_non_latin` on, so that letters of every script survive. */
  nonLatin: { type: 'boolean' },
  /** Whether a planned creation takes over what exists already; otherwise that is an error. */
  adoptExisting: { type: 'boolean' },
  /** What a plan does about deleting: warn, find out by a throw-away alias, or refuse. */
  deletePermissionCheck: { type: 'string', choices: ['none', 'canary', 'deny'] },
} as const satisfies Record<string, Argument>;

/** The same, for code that serves every row. */
export const providerRows: readonly (readonly [keyof typeof providerArguments, Argument])[] =
  // Object.entries gives the keys of this very table, which its type does not say.
  Object.entries(providerArguments) as [keyof typeof providerArguments, Argument][];

type Prop<A extends Argument> = A['type'] extends 'number'
  ? number
  : A['type'] extends 'boolean'
    ? boolean | IResolvable
    : Choice<A>;

export type ProviderArguments = {
  readonly [Name in keyof typeof providerArguments]?: Prop<(typeof providerArguments)[Name]> | undefined;
};
