/** Login and lock-out: ten bad logins lock a user for fifteen minutes, whoever made them. */
import type { Store, User } from './store';
import { reply, type Reply } from './request';

const badLoginsToLock = 10;
const lockMs = 15 * 60_000;

export interface LoginCounter {
  /** Calls that came with this user's name. */
  attempts: number;
  failed: number;
  /** Milliseconds since 1970 of the last bad login. */
  lastFailed: number;
}

export class Authentication {
  readonly counters = new Map<string, LoginCounter>();

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** The user, or the reply that ends the call. The password is echoed. */
  check(name: string, password: string): User | Reply {
    const user = this.store.users.get(name);
    const counter = this.#counter(name);
    counter.attempts += 1;
    if (this.#isLocked(counter))
      return reply(`ERROR: Too many login attempts, try again in 15 minutes: |${name}|LOCK|`);
    if (!user || !user.active || user.level < 7 || user.password !== password) {
      counter.failed += 1;
      counter.lastFailed = this.now();
      return reply(`ERROR: Login incorrect, please try again: |${name}|${password}|BAD|`);
    }
    counter.failed = 0;
    if (user.blocked_address) return reply(`ERROR: Your IP Address is not allowed: 127.0.0.1: |${name}|IPBLOCK|`);
    if (user.second_factor) return reply(`ERROR: Login incorrect, please try again: |${name}|${password}|2FA|`);
    return user;
  }

  #counter(name: string): LoginCounter {
    let counter = this.counters.get(name);
    if (!counter) {
      counter = { attempts: 0, failed: 0, lastFailed: 0 };
      this.counters.set(name, counter);
    }
    return counter;
  }

  #isLocked(counter: LoginCounter): boolean {
    if (counter.failed < badLoginsToLock) return false;
    if (this.now() - counter.lastFailed < lockMs) return true;
    counter.failed = 0;
    return false;
  }
}
