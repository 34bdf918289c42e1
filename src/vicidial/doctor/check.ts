/** A check of doctor, and its outcomes. */
import { PhonestateError, type Failure } from '../../model/failures';

export interface Check {
  /** What was checked, for the first column of a table. */
  readonly name: string;
  /** `skipped`: the check was not run. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in a line. */
  readonly found: string;
  /** Where the check failed: why, and what to do. */
  readonly failure?: Failure;
}

/** Runs a check; what it throws as a PhonestateError is its failure. */
export async function check(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, status: 'ok', found: await work() };
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    return failed(name, error.failure);
  }
}

export function failed(name: string, failure: Failure): Check {
  return { name, status: 'failed', found: `${failure.summary} (${failure.code})`, failure };
}

/** @param reason why the check was not run, after a colon */
export function skipped(name: string, reason: string): Check {
  return { name, status: 'skipped', found: `not checked: ${reason}` };
}
