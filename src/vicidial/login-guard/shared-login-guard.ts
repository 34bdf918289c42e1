/**
 * Keeps the processes of one operating-system user on one machine from locking an API user together: ten bad logins do
 * that, for everybody and for 15 minutes (vicidial-api.md, section 3), and an engine starts one process for each provider
 * block. The first logins of processes with the same url and user go out one after another. A password that was refused
 * is not sent again by the same command, nor by any command after five refusals within 15 minutes.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Secret } from '../../model/secret';
import type { Settings } from '../../settings/read-settings';
import type { LogSink } from '../log';
import { defaultPrivateFolder, openPrivateFolder, removeOldFiles } from './private-folder';
import { ProcessLock, processIdentity } from './process-lock';
import { RefusedLogins, refusalWindowMs, type RefusalCode } from './refused-logins';

/** Half of what locks a user, as the same user may log in with a wrong password elsewhere. */
const maxRefusals = 5;

/** How much longer than the time limit of a request the first call of another process may take. */
const waitMarginMs = 5_000;

const firstPollMs = 5;
const maxPollMs = 50;
/** For recording the reply to a call that went out without the lock. */
const recordWaitMs = 1000;

export interface SharedLoginOptions {
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
  /**
   * How long another process's first call may take: the time limit of a request and some seconds more. A process that has
   * waited for so long makes its call all the same.
   */
  readonly waitMs: number;
  /**
   * What makes one bad login: processes of one command have the same. By default this is the process that started this
   * one, the engine. A process that no engine started passes a value of its own.
   */
  readonly command?: string;
  /** By default a folder of this user in the system's temporary folder. */
  readonly folder?: string;
  /** Ends the waiting when the run is interrupted. */
  readonly signal?: AbortSignal;
  readonly log?: Pick<LogSink, 'debug'>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Why a login must not go out: VICIdial refused it to this command, or too often to several ones. */
export type EarlierRefusal =
  | { readonly rule: 'command'; readonly code: RefusalCode }
  | { readonly rule: 'limit'; readonly code: RefusalCode; readonly until: Date };

/** How VICIdial answered a login; undefined where no reply about it came. */
export type LoginOutcome = 'accepted' | RefusalCode | undefined;

/**
 * Guards the first login of a process. Nothing here fails: where files cannot be shared, this is logged and every login
 * may go out.
 */
export interface SharedLoginGuard {
  /** Waits until no other process tries this login. `end` must follow, unless there was an earlier refusal. */
  begin(): Promise<EarlierRefusal | undefined>;
  /** Records the outcome of a login, and lets the next process try. May be called for later logins of a process too. */
  end(outcome: LoginOutcome): Promise<void>;
}

/** Makes the guard, in this process, of the login of a provider or a command. */
export function sharedLoginOf(
  { url, user, password, request_timeout_seconds: timeoutSeconds }: Settings,
  options: Pick<SharedLoginOptions, 'command' | 'folder' | 'log' | 'signal'>,
): SharedLoginGuard {
  return createSharedLoginGuard({ ...options, url, user, password, waitMs: timeoutSeconds * 1000 + waitMarginMs });
}

/** Makes the guard of one login in this process. */
export function createSharedLoginGuard(options: SharedLoginOptions): SharedLoginGuard {
  const { log, folder = defaultPrivateFolder(), now = Date.now } = options;
  let shared: SharedLogin | undefined;
  try {
    openPrivateFolder(folder);
    removeOldFiles(folder, now() - refusalWindowMs);
    shared = new SharedLogin({ ...options, folder, now });
  } catch (error) {
    report(error);
  }

  /** Without a folder, or after an error in it, this process goes on by itself. */
  async function share<T>(work: (login: SharedLogin) => Promise<T>): Promise<T | undefined> {
    try {
      return shared && (await work(shared));
    } catch (error) {
      shared = undefined;
      report(error);
      return undefined;
    }
  }

  function report(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    log?.debug('Refused logins are not shared with other processes.', { reason });
  }

  return {
    begin: () => share((login) => login.begin()),
    end: async (outcome) => share((login) => login.end(outcome)),
  };
}

class SharedLogin implements SharedLoginGuard {
  readonly #lock: ProcessLock;
  readonly #refused: RefusedLogins;
  readonly #command: string;
  readonly #waitMs: number;
  readonly #signal: AbortSignal | undefined;

  constructor(options: SharedLoginOptions & Required<Pick<SharedLoginOptions, 'folder' | 'now'>>) {
    const { url, user, password, waitMs, folder, now } = options;
    const login = JSON.stringify([new URL(url).href, user.toLowerCase()]);
    const path = join(folder, createHash('sha256').update(login).digest('hex').slice(0, 32));
    this.#lock = new ProcessLock(`${path}.lock`, waitMs);
    this.#refused = new RefusedLogins(`${path}.json`, password, now);
    this.#command = options.command ?? processIdentity(process.ppid) ?? String(process.ppid);
    this.#waitMs = waitMs;
    this.#signal = options.signal;
  }

  async begin(): Promise<EarlierRefusal | undefined> {
    let refusal: EarlierRefusal | undefined;
    let mayGo = false;
    try {
      await this.#acquire(this.#waitMs, async () => {
        refusal = await this.#earlierRefusal();
        return refusal !== undefined;
      });
      mayGo = refusal === undefined;
    } finally {
      if (!mayGo) this.#lock.release();
    }
    return refusal;
  }

  async end(outcome: LoginOutcome): Promise<void> {
    try {
      if (outcome === undefined) return;
      await this.#acquire(recordWaitMs);
      await (outcome === 'accepted' ? this.#refused.clear() : this.#refused.add(this.#command, outcome));
    } finally {
      this.#lock.release();
    }
  }

  /** Waits for the lock, for a limited time, or until `isDone`, which is asked under the lock too. */
  async #acquire(limitMs: number, isDone: () => Promise<boolean> = () => Promise.resolve(false)): Promise<void> {
    const deadline = Date.now() + limitMs;
    for (let poll = firstPollMs; ; poll = Math.min(poll * 2, maxPollMs)) {
      const isLast = this.#lock.tryAcquire() || Date.now() >= deadline || this.#signal?.aborted;
      if ((await isDone()) || isLast) return;
      await pause(poll);
    }
  }

  async #earlierRefusal(): Promise<EarlierRefusal | undefined> {
    const refused = await this.#refused.ofThisPassword();
    const own = refused.find(({ command }) => command === this.#command);
    if (own) return { rule: 'command', code: own.code };
    const fifth = refused.at(-maxRefusals);
    return fifth && { rule: 'limit', code: fifth.code, until: new Date(fifth.at + refusalWindowMs) };
  }
}
