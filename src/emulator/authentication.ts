/**
 * The login and its lock: ten failed logins, of the API or of the admin pages, lock a user for fifteen minutes
 * (vicidial-api.md, section 3; reading-vicidial.md, section 1).
 */
import type { Store, User } from './store';

const maxFailedLogins = 10;
const lockMs = 15 * 60_000;
const apiMinLevel = 7;

export interface LoginCounter {
  /** Calls and pages with this user's name. */
  attempts: number;
  /** Failed logins since the last successful one. */
  failed: number;
  /** When the last login failed, in milliseconds since 1970. */
  lastFailed: number;
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
  readonly counters = new Map<string, LoginCounter>();

  /**
   * @param now milliseconds since 1970
   */
  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** Checks a login, and changes nothing before its `record` is called. */
  check(name: string, password: string, minLevel = apiMinLevel): Login {
    const user = this.store.users.get(name);
    if (this.#isLocked(name)) return { rejection: 'locked', record: () => void this.#count(name) };
    if (!user || !user.active || user.level < minLevel || user.password !== password)
      return { rejection: 'incorrect', record: () => this.#recordFailure(name) };
    return { user, record: () => void (this.#count(name).failed = 0) };
  }

  #isLocked(name: string): boolean {
    const counter = this.counters.get(name);
    return counter !== undefined && counter.failed >= maxFailedLogins && this.now() - counter.lastFailed < lockMs;
  }

  #recordFailure(name: string): void {
    const counter = this.#count(name);
    // A login that is checked after the lock has expired starts a new count.
    counter.failed = counter.failed >= maxFailedLogins ? 1 : counter.failed + 1;
    counter.lastFailed = this.now();
  }

  #count(name: string): LoginCounter {
    const counter = this.counters.get(name) ?? { attempts: 0, failed: 0, lastFailed: 0 };
    counter.attempts += 1;
    this.counters.set(name, counter);
    return counter;
  }
}
