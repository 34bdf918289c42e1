/** What the dialer was asked and what it answered, in order: what tests and demos look at. */

const secretParameters = ['pass', 'phone_pass', 'registration_password'];
const mask = '***';
const maxEntries = 200_000;

/**
 * Whether a call is made to write. The harmless ones are not: without fields, with an impossible timezone, with a name
 * of one character.
 */
export function isWriting(parameters: ReadonlyMap<string, string>): boolean {
  const name = parameters.get('function') ?? '';
  if (!/^(?:add|update)_phone(?:_alias)?$/u.test(name)) return false;
  if (name.endsWith('_alias')) return parameters.has('alias_id') && parameters.get('alias_name')?.length !== 1;
  // A deletion looks at no timezone.
  return (
    parameters.has('extension') && (parameters.get('local_gmt') !== '99' || parameters.get('delete_phone') === 'Y')
  );
}

export class JournalEntry {
  readonly #parameters: ReadonlyMap<string, string>;

  constructor(
    readonly sequence: number,
    /** Milliseconds since 1970. */
    readonly at: number,
    parameters: ReadonlyMap<string, string>,
    /** The reply, without the secrets that it echoes. */
    readonly reply: string,
    /** Whether the call changed what is stored, or at least wrote the row again. */
    readonly changed: boolean,
  ) {
    this.#parameters = parameters;
  }

  get function(): string {
    return this.#parameters.get('function') ?? '';
  }

  get user(): string {
    return this.#parameters.get('user') ?? '';
  }

  /** The parameters besides function and login, with secrets masked. */
  get fields(): Readonly<Record<string, string>> {
    const entries = [...this.#parameters].filter(([name]) => !['function', 'user', 'pass', 'source'].includes(name));
    return Object.fromEntries(entries.map(([name, value]) => [name, secretParameters.includes(name) ? mask : value]));
  }

  /** What was sent in a parameter, secrets in clear: for a test to compare, never to print. */
  sent(name: string): string | undefined {
    return this.#parameters.get(name);
  }

  /** Whether the call was made to write, carried out or refused. */
  get writing(): boolean {
    return this.changed || isWriting(this.#parameters);
  }

  toJSON(): object {
    const { sequence, at, user, fields, reply, writing, changed } = this;
    return { sequence, at: new Date(at).toISOString(), function: this.function, user, fields, reply, writing, changed };
  }

  /** One line, for a person. */
  toString(): string {
    const fields = Object.entries(this.fields).map(([name, value]) => `${name}=${value}`);
    return [this.function, ...fields].join(' ');
  }
}

export class Journal {
  #entries: JournalEntry[] = [];
  #sequence = 0;

  /** Every call that is still remembered. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** The calls that were made to write. */
  get writes(): readonly JournalEntry[] {
    return this.#entries.filter(({ writing }) => writing);
  }

  clear(): void {
    this.#entries = [];
  }

  add(at: number, parameters: ReadonlyMap<string, string>, reply: string, changed: boolean): JournalEntry {
    this.#sequence += 1;
    const entry = new JournalEntry(this.#sequence, at, parameters, redact(reply, parameters), changed);
    this.#entries.push(entry);
    if (this.#entries.length > maxEntries) this.#entries.splice(0, maxEntries / 2);
    return entry;
  }
}

/** Replies echo passwords, stripped of some characters: of all but a to z, or with use_non_latin of all but letters. */
function redact(reply: string, parameters: ReadonlyMap<string, string>): string {
  return (
    secretParameters
      .map((name) => parameters.get(name) ?? '')
      .flatMap((secret) => [secret, secret.replace(/[^-_0-9a-z]/giu, ''), secret.replace(/[^-_0-9\p{L}]/giu, '')])
      .filter((secret) => secret !== '')
      // The longest first: masking one that another begins with would leave the rest of the other readable.
      .sort((one, other) => other.length - one.length)
      .reduce((text, secret) => text.replaceAll(`|${secret}|`, `|${mask}|`).replaceAll(secret, mask), reply.trimEnd())
  );
}
