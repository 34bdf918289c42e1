/** What is true of a whole run is explained once in full; every other object that meets it says so in one line. */
import type { Failure, FailureCode } from '../model/failures';

const ofTheRun: ReadonlySet<FailureCode> = new Set([
  'provider-argument',
  'login-incorrect',
  'login-locked',
  'login-address',
  'login-second-factor',
  'login-source',
  'function-not-allowed',
  'permission-missing',
  'permission-delete',
  'permission-to-plan',
  'delete-unchecked',
  'delete-denied',
  'server-unreachable',
  'tls-failed',
  'redirected',
  'unexpected-response',
  'run-interrupted',
]);

export class Told {
  readonly #codes = new Set<FailureCode>();

  /** The failure in full the first time, and in one line from then on. */
  brief(failure: Failure): Failure {
    if (!ofTheRun.has(failure.code)) return failure;
    if (this.#codes.has(failure.code))
      return { ...failure, detail: `${failure.what} It is explained in full once in this run. Code: ${failure.code}` };
    this.#codes.add(failure.code);
    return failure;
  }
}
