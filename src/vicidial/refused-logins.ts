/** The refused logins of one API user, in a file that the processes of one operating-system user share. */
import { randomBytes, randomUUID, scrypt } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Secret } from '../model/secret';

/** For so long VICIdial locks a user, and so long a refusal counts here (vicidial-api.md, section 3). */
export const refusalWindowMs = 15 * 60_000;

/** Bounds the file. More different passwords in fifteen minutes are no concern of this record. */
const maxRefusals = 50;
const maxBytes = 65_536;

/** Refusals that VICIdial gives for a bad password, or for too many of them. */
const refusalCode = z.enum(['login-incorrect', 'login-locked']);
const refusal = z.object({ password: z.string(), command: z.string(), code: refusalCode, at: z.number() });
const content = z.object({ salt: z.string(), refusals: z.array(refusal) });

export type RefusalCode = z.infer<typeof refusalCode>;
export type RefusedLogin = z.infer<typeof refusal>;
type Content = z.infer<typeof content>;

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
    const { salt, refusals } = this.#read();
    if (refusals.length === 0) return [];
    const password = await this.#hash(salt);
    return refusals.filter((refused) => refused.password === password);
  }

  /** Adds a refusal of this password. The caller holds the lock of the record. */
  async add(command: string, code: RefusalCode): Promise<void> {
    const { salt, refusals } = this.#read();
    const added = { password: await this.#hash(salt), command, code, at: this.#now() };
    this.#write({ salt, refusals: [...refusals, added].slice(-maxRefusals) });
  }

  /** Removes the refusals of this password. The caller holds the lock of the record. */
  async clear(): Promise<void> {
    const { salt, refusals } = this.#read();
    if (refusals.length === 0) return rmSync(this.#file, { force: true });
    const password = await this.#hash(salt);
    this.#write({ salt, refusals: refusals.filter((refused) => refused.password !== password) });
  }

  #hash(salt: string): Promise<string> {
    if (this.#hashed?.salt !== salt) {
      const hash = slowHash(this.#password.open(), salt, 32).then((key) => key.toString('hex'));
      this.#hashed = { salt, hash };
    }
    return this.#hashed.hash;
  }

  /** What is no record, such as a file of another version, counts as none. */
  #read(): Content {
    const { data } = content.safeParse(readJson(this.#file));
    const since = this.#now() - refusalWindowMs;
    // A time in the future comes from a clock that was set back. It would count for too long.
    const refusals = data?.refusals.filter(({ at }) => at > since && at <= this.#now()) ?? [];
    return { salt: data?.salt ?? randomBytes(16).toString('hex'), refusals };
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
