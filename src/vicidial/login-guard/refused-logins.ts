/** The refused logins of one API user, in a file that the processes of one operating-system user share. */
import { randomBytes, randomUUID, scrypt } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Secret } from '../../model/secret';

/** For so long VICIdial locks a user, and so long a refusal counts here (vicidial-api.md, section 3). */
export const refusalWindowMs = 15 * 60_000;

/** Bounds the file. More different passwords in fifteen minutes are no concern of this record. */
const maxRefusals = 50;
const maxBytes = 65_536;

/** Made when a file is read, which a good login does not come to. */
const contentSchema = () => {
  const code = z.enum(['login-incorrect', 'login-locked', 'login-or-permission']);
  const refusal = z.object({ passwordHash: z.string(), command: z.string(), code, at: z.number() });
  return z.object({ salt: z.string(), refusals: z.array(refusal) });
};

type Content = z.infer<ReturnType<typeof contentSchema>>;
/** A refusal; `at` is in milliseconds since 1970. */
export type RefusedLogin = Content['refusals'][number];
/** What VICIdial answers to a bad password, or after too many of them. */
export type RefusalCode = RefusedLogin['code'];

/** Its default parameters take some 50 ms and 16 MB. */
const slowHash = promisify<string, string, number, Buffer>(scrypt);

export class RefusedLogins {
  readonly #file: string;
  readonly #password: Secret;
  readonly #now: () => number;
  #hashed: { readonly salt: string; readonly hash: Promise<string> } | undefined;

  /** @param now milliseconds since 1970 */
  constructor(file: string, password: Secret, now: () => number) {
    this.#file = file;
    this.#password = password;
    this.#now = now;
  }

  /** The refusals of this password within the window, oldest first. The password is hashed only if there are any. */
  async ofThisPassword(): Promise<RefusedLogin[]> {
    const content = this.#read();
    if (!content || content.refusals.length === 0) return [];
    const hash = await this.#hash(content.salt);
    return content.refusals.filter(({ passwordHash }) => passwordHash === hash);
  }

  /** Adds a refusal of this password. The caller holds the lock of the record. */
  async add(command: string, code: RefusalCode): Promise<void> {
    const { salt, refusals } = this.#read() ?? { salt: randomBytes(16).toString('hex'), refusals: [] };
    const added = { passwordHash: await this.#hash(salt), command, code, at: this.#now() };
    this.#write({ salt, refusals: [...refusals, added].slice(-maxRefusals) });
  }

  /** Removes the refusals of this password. The caller holds the lock of the record. */
  async clear(): Promise<void> {
    const content = this.#read();
    if (!content) return;
    const { salt, refusals } = content;
    const hash = refusals.length > 0 ? await this.#hash(salt) : '';
    this.#write({ salt, refusals: refusals.filter(({ passwordHash }) => passwordHash !== hash) });
  }

  #hash(salt: string): Promise<string> {
    if (this.#hashed?.salt !== salt) {
      const hash = slowHash(this.#password.open(), salt, 32).then((key) => key.toString('hex'));
      this.#hashed = { salt, hash };
    }
    return this.#hashed.hash;
  }

  /** What is no record, such as a file of another version, counts as none. */
  #read(): Content | undefined {
    const json = readJson(this.#file);
    const content = json === undefined ? undefined : contentSchema().safeParse(json).data;
    if (!content) return undefined;
    const since = this.#now() - refusalWindowMs;
    // A time in the future comes from a clock that was set back. It would count for too long.
    const refusals = content.refusals.filter(({ at }) => at > since && at <= this.#now());
    return { ...content, refusals };
  }

  #write(record: Content): void {
    if (record.refusals.length === 0) return rmSync(this.#file, { force: true });
    const written = `${this.#file}.${randomUUID()}`;
    writeFileSync(written, JSON.stringify(record), { flag: 'wx', mode: 0o600 });
    renameSync(written, this.#file);
  }
}

function readJson(file: string): unknown {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat && stat.size <= maxBytes ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
