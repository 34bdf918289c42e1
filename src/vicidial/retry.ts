/** Repeats a call after a transient failure: with growing delays, within a limit of attempts and of time, until stopped. */
import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { failure, isTransient, PhonestateError } from '../model/failures';
import type { LogSink } from './log';

export interface RetryPolicy {
  /** Including the first attempt. */
  readonly maxAttempts: number;
  /** Before the second attempt; doubled for each further one, with jitter. */
  readonly initialDelayMs: number;
  /** No attempt starts later than this. */
  readonly maxElapsedMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 4, initialDelayMs: 500, maxElapsedMs: 60_000 };

/** For a user who waits for the answer: every call is made once. */
export const noRetry: RetryPolicy = { ...defaultRetryPolicy, maxAttempts: 1 };

export interface RetryOptions {
  /** The name of the call, for the log. */
  readonly name: string;
  readonly policy: RetryPolicy;
  readonly log: LogSink;
  /** Ends the delay between attempts. */
  readonly signal: AbortSignal;
}

/**
 * Repeats work until it succeeds, fails with a failure that is not transient, or the policy's limit is reached.
 *
 * @throws PhonestateError the last failure, with the number of attempts and the time
 */
export async function retry<T>(work: () => Promise<T>, { name, policy, log, signal }: RetryOptions): Promise<T> {
  const started = Date.now();
  let attempts = 0;
  try {
    return await pRetry(
      () => {
        attempts += 1;
        return work();
      },
      {
        retries: policy.maxAttempts - 1,
        minTimeout: policy.initialDelayMs,
        maxRetryTime: policy.maxElapsedMs,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => isTransient(error),
        async onFailedAttempt({ error, retriesLeft }) {
          if (!isTransient(error) || retriesLeft === 0) return;
          log.warn(`${name} is tried again: ${error.failure.code}`, { attempt: attempts });
          // At most half the limit: a server must not be able to delay a run without end.
          const requestedMs = (error.retryAfterSeconds ?? 0) * 1000;
          await delay(Math.min(requestedMs, policy.maxElapsedMs / 2), undefined, { signal });
        },
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw attempts > 1 && isTransient(error) ? withAttempts(error, attempts, Date.now() - started) : error;
  }
}

function withAttempts(error: PhonestateError, attempts: number, elapsedMs: number): PhonestateError {
  const { code, field, what } = error.failure;
  const seconds = Math.max(1, Math.round(elapsedMs / 1000));
  const unit = seconds === 1 ? 'second' : 'seconds';
  const given = `${what} Gave up after ${attempts} attempts in ${seconds} ${unit}.`;
  return new PhonestateError(failure(code, { what: given, field }), { cause: error });
}
