/**
 * The login and its lock: ten failed logins, of the API or of the admin pages, lock a user for fifteen minutes
 * (vicidial-api.md, section 3; reading-vicidial.md, section 1).
 */
import { fold, isSame } from './collation';
import type { Store, User } from './store';

const maxFailedLogins = 10;
const lockMs = 15 * 60_000;
const apiMinLevel = 7;

export interface LoginCounter {
  /** Calls and pages with this user's name. */
  attempts: number;
  /** Failed logins since the last successful one. */
  failed: number;
  /**
   * From when the lock counts, in milliseconds since 1970: the last successful login, or the failed one that started the
   * count again. Undefined before the first of them.
   */
  since: number | undefined;
}

/** A login that was checked. */
export type Login = {
  /** Counts the login. Without it, no counter changes. */
  readonly record: () => void;
} & (
  | { readonly user: User }
  /** Why the user does not get in. */
  | { readonly rejection: 'locked' | 'incorrect' }
);

export class Authentication {
  /** By the folded name. */
  readonly counters = new Map<string, LoginCounter>();

  /**
   * @param now milliseconds since 1970
   */
  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** The logins of a user; a name that no user has is counted as well, but never locked. */
  counter(name: string): Readonly<LoginCounter> {
    return this.counters.get(fold(name)) ?? { attempts: 0, failed: 0, since: undefined };
  }

  /** Checks a login, and changes nothing before its `record` is called. */
  check(name: string, password: string, minLevel = apiMinLevel): Login {
    const user = this.store.user(name);
    const { failed } = this.counter(name);
    const isFull = user !== undefined && failed >= maxFailedLogins;
    const isLocked = isFull && this.#isRecent(name);
    const isCorrect = user?.active && user.level >= minLevel && isSame(user.password, password);
    if (user && isCorrect && !isLocked)
      return { user, record: () => this.#count(name, { failed: 0, since: this.now() }) };
    if (isLocked) return { rejection: 'locked', record: () => this.#count(name) };
    // The lock has expired, or the user had no successful login for as long: a new count starts.
    const next = isFull ? { failed: 1, since: this.now() } : { failed: failed + 1 };
    return { rejection: 'incorrect', record: () => this.#count(name, next) };
  }

  /** Whether the count started within the time of the lock. */
  #isRecent(name: string): boolean {
    const { since } = this.counter(name);
    return since !== undefined && this.now() - since < lockMs;
  }

  #count(name: string, changes: Partial<LoginCounter> = {}): void {
    const counter = this.counter(name);
    this.counters.set(fold(name), { ...counter, attempts: counter.attempts + 1, ...changes });
  }
}
