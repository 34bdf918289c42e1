/**
 * What all HTTP requests of a run to one system share, calls of the API and admin pages alike: the guard of the login
 * (both count in one lock-out counter), the limits, the retries, and the stop.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { PhonestateError } from '../model/failures';
import type { Settings } from '../settings/read-settings';
import { silentLog, type LogSink } from './log';
import { loginGuard } from './login-guard/login-guard';
import type { SharedLoginGuard } from './login-guard/shared-login-guard';
import { compose, type Middleware } from './middleware';
import type { Route } from './rehearsal';
import { defaultRetryPolicy, retry, type RetryPolicy } from './retry';
import { throttle } from './throttle';

export interface SessionOptions {
  readonly retryPolicy?: RetryPolicy;
  readonly log?: LogSink;
  /** Shares refused logins with other processes of this machine. */
  readonly sharedLogin?: SharedLoginGuard;
  /** Where the requests go in a rehearsal, in place of the addresses in the settings. */
  readonly route?: Route;
}

export interface AttemptOptions {
  /** The name of the request, for the log. */
  readonly name: string;
  /** False for a request that must not be repeated blindly: one that creates or deletes. Default: true. */
  readonly retry?: boolean;
  /** False for a request without a login. Default: true. */
  readonly login?: boolean;
}

export class Session {
  readonly log: LogSink;
  readonly route: Route | undefined;
  readonly #retryPolicy: RetryPolicy;
  readonly #limitConcurrency: Middleware;
  readonly #attempt: Middleware;
  readonly #stopping = new AbortController();

  constructor(
    settings: Settings,
    { retryPolicy = defaultRetryPolicy, log = silentLog, sharedLogin, route }: SessionOptions,
  ) {
    // Each request that waits listens to it. By default Node.js prints a warning from the eleventh on.
    setMaxListeners(0, this.#stopping.signal);
    this.log = log;
    this.route = route;
    this.#retryPolicy = retryPolicy;
    this.#limitConcurrency = pLimit(settings.max_concurrency);
    this.#attempt = compose(
      this.#limitConcurrency,
      loginGuard(`${settings.user} of ${new URL(settings.url).origin}`, sharedLogin),
      throttle(settings.max_requests_per_second),
    );
  }

  /**
   * Makes a request, in its turn.
   *
   * @param exchange sends it once. It throws a refusal of the login as a PhonestateError of the condition `login-refused`
   * @throws PhonestateError what `exchange` throws at last, or `run-interrupted`
   */
  request<T>(exchange: () => Promise<T>, { name, retry: repeat = true, login = true }: AttemptOptions): Promise<T> {
    const middleware = login ? this.#attempt : this.#limitConcurrency;
    const attempt = () =>
      middleware(() => {
        this.#stopping.signal.throwIfAborted();
        return exchange();
      });
    if (!repeat) return attempt();
    return retry(attempt, { name, policy: this.#retryPolicy, log: this.log, signal: this.#stopping.signal });
  }

  /**
   * Waits between two requests.
   *
   * @returns false where the run was interrupted meanwhile
   */
  pause(milliseconds: number): Promise<boolean> {
    const { signal } = this.#stopping;
    return delay(milliseconds, true, { signal }).catch((error: unknown) => {
      if (signal.aborted) return false;
      throw error;
    });
  }

  /** Whether the run was interrupted. */
  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Requests that have not been sent yet fail from now on; those in progress are finished. */
  stop(): void {
    const what = 'No further call was sent, because the run was interrupted.';
    this.#stopping.abort(PhonestateError.of('run-interrupted', { what }));
  }
}
