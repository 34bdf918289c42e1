/** A system with several databases shows late what was written: what is asked after a write is asked again. */
import { PhonestateError } from '../../model/failures';
import type { VicidialClient } from './client';

/** Before the second question; doubled for each further one. */
const firstPauseMs = 100;

/**
 * Asks until the answer is what is expected, with growing pauses, or until the run is interrupted.
 *
 * @param timeoutSeconds by default the setting
 * @returns the last answer
 */
export async function untilVisible<T>(
  client: VicidialClient,
  ask: () => Promise<T>,
  isExpected: (answer: T) => boolean,
  timeoutSeconds = client.settings.write_timeout_seconds,
): Promise<T> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const answer = await ask();
    if (isExpected(answer) || Date.now() + pauseMs > deadline) return answer;
    if (!(await client.session.pause(pauseMs))) return answer;
  }
}

/** For a question whose failure says nothing. */
export function undefinedForFailure(error: unknown): undefined {
  if (error instanceof PhonestateError) return undefined;
  throw error;
}
