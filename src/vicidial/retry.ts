/** Repeats what may be repeated: with growing pauses, within a limit of attempts and of time, until the run is stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import pRetry from 'p-retry';
import { failure, PhonestateError, type FailureCode } from '../model/failures';
import type { LogSink } from './client-options';

export interface RetryPolicy {
  /** The first one included. */
  readonly attempts: number;
  /** Before the second attempt; doubled each time, with jitter. */
  readonly firstPauseMs: number;
  /** No attempt starts later than this. */
  readonly limitMs: number;
}

export const patient: RetryPolicy = { attempts: 4, firstPauseMs: 500, limitMs: 60_000 };

/** For whoever waits for an answer: every call is made once. */
export const impatient: RetryPolicy = { ...patient, attempts: 1 };

/**
 * Failures after which the same call may bring another answer. A reply that came in full is not among them, but for the
 * pages with which a proxy asks to try again.
 */
const passing: ReadonlySet<FailureCode> = new Set([
  'server-unreachable',
  'connection-lost',
  'request-timeout',
  'server-busy',
]);

export function isPassing(error: unknown): error is PhonestateError {
  return error instanceof PhonestateError && passing.has(error.failure.code);
}

/**
 * Works until it succeeds, fails for good, or the policy is at its end.
 *
 * @param what the call, for the log
 * @param stop ends the waiting between attempts
 * @throws PhonestateError the last failure, with the number of attempts and the time
 */
export async function retry<T>(
  what: string,
  work: () => Promise<T>,
  policy: RetryPolicy,
  log: LogSink,
  stop: AbortSignal,
): Promise<T> {
  const started = Date.now();
  let attempts = 0;
  try {
    return await pRetry(
      () => {
        attempts += 1;
        return work();
      },
      {
        retries: policy.attempts - 1,
        minTimeout: policy.firstPauseMs,
        maxRetryTime: policy.limitMs,
        randomize: true,
        signal: stop,
        shouldRetry: ({ error }) => isPassing(error),
        async onFailedAttempt({ error, retriesLeft }) {
          if (!isPassing(error) || retriesLeft === 0) return;
          log.warn(`${what} is tried again: ${error.failure.code}`, { attempt: attempts });
          // At most half the limit, so that a server cannot make a run wait for ever.
          await pause(Math.min((error.retryAfterSeconds ?? 0) * 1000, policy.limitMs / 2), undefined, { signal: stop });
        },
      },
    );
  } catch (error) {
    stop.throwIfAborted();
    throw attempts > 1 && isPassing(error) ? told(error, attempts, Date.now() - started) : error;
  }
}

function told(error: PhonestateError, attempts: number, tookMs: number): PhonestateError {
  const { code, field, what } = error.failure;
  const seconds = Math.max(1, Math.round(tookMs / 1000));
  return new PhonestateError(
    failure(code, {
      what: `${what} It was tried ${attempts} times in ${seconds} seconds.`,
      ...(field ? { field } : {}),
    }),
    { cause: error },
  );
}
