/** Records the calls and their replies in order, for tests, the demo and `/_emulator/journal`. */

const secretParameters = ['pass', 'phone_pass', 'registration_password'];
const mask = '***';
const maxEntries = 200_000;

export interface JournaledCall {
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
  /** As they were sent. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly reply: string;
  /** Whether the call reached the point of writing, executed or not: see `Outcome.writing`. */
  readonly writing: boolean;
  /** Whether a row was written, even with the same values. */
  readonly changed: boolean;
}

export class JournalEntry {
  readonly at: number;
  /** The reply, with the secrets that it echoes masked. */
  readonly reply: string;
  readonly writing: boolean;
  readonly changed: boolean;
  // Private to the language: whatever prints an entry must not print the secrets among them.
  readonly #parameters: ReadonlyMap<string, string>;

  constructor(
    readonly sequence: number,
    { at, parameters, reply, writing, changed }: JournaledCall,
  ) {
    this.at = at;
    this.#parameters = parameters;
    this.reply = redact(reply, parameters);
    this.writing = writing;
    this.changed = changed;
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

  /** The names of the parameters, in the order in which they were sent. */
  get names(): readonly string[] {
    return [...this.#parameters.keys()];
  }

  /** The value of a parameter as it was sent, secrets in clear: for a test to compare, never to print. */
  sent(name: string): string | undefined {
    return this.#parameters.get(name);
  }

  toJSON(): object {
    const { sequence, at, user, fields, reply, writing, changed } = this;
    return { sequence, at: new Date(at).toISOString(), function: this.function, user, fields, reply, writing, changed };
  }

  /** One line: the function and the fields. */
  toString(): string {
    const fields = Object.entries(this.fields).map(([name, value]) => `${name}=${value}`);
    return [this.function, ...fields].join(' ');
  }
}

export class Journal {
  #entries: JournalEntry[] = [];
  #sequence = 0;

  /** The recorded calls; beyond 200,000 the oldest are dropped. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** The calls that reached the point of writing. */
  get writes(): readonly JournalEntry[] {
    return this.#entries.filter(({ writing }) => writing);
  }

  clear(): void {
    this.#entries = [];
  }

  add(call: JournaledCall): JournalEntry {
    this.#sequence += 1;
    const entry = new JournalEntry(this.#sequence, call);
    this.#entries.push(entry);
    if (this.#entries.length > maxEntries) this.#entries.splice(0, maxEntries / 2);
    return entry;
  }
}

/** Masks the secrets that a reply echoes, as they were sent or stripped to ASCII or to letters of every script. */
function redact(reply: string, parameters: ReadonlyMap<string, string>): string {
  return (
    secretParameters
      .map((name) => parameters.get(name) ?? '')
      .flatMap((secret) => [secret, secret.replace(/[^-_0-9a-z]/giu, ''), secret.replace(/[^-_0-9\p{L}]/giu, '')])
      .filter((secret) => secret !== '')
      // The longest first: masking a secret that is the start of another would leave the rest of the other readable.
      .sort((one, other) => other.length - one.length)
      .reduce((text, secret) => text.replaceAll(`|${secret}|`, `|${mask}|`).replaceAll(secret, mask), reply.trimEnd())
  );
}
