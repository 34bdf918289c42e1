/**
 * Ten bad logins lock the API user for fifteen minutes, for everyone who uses it (API facts, section 3). So the first
 * call of a run goes out alone, and after a reply that the login is bad no other goes out at all.
 */
import { PhonestateError, type FailureCode } from '../../model/failures';

const loginFailures: readonly FailureCode[] = [
  'login-incorrect',
  'login-locked',
  'login-address',
  'login-second-factor',
];

export class LoginGuard {
  /** Whether a failure will meet every other call as well, and each of them might count as a bad login. */
  static isAboutLogin(code: FailureCode): boolean {
    return loginFailures.includes(code);
  }

  #first: Promise<boolean> | undefined;
  #refused: PhonestateError | undefined;

  /**
   * Makes a call, once it is known that the login is good; the first caller finds that out.
   *
   * @throws PhonestateError the refusal of the login, without a call, once there was one
   */
  async pass<T>(call: () => Promise<T>): Promise<T> {
    while (this.#first) {
      if (await this.#first) return this.#attempt(call);
    }
    const attempt = this.#attempt(call);
    // A call that got no answer about its login leaves the question to the next one.
    this.#first = attempt.then(
      () => true,
      () => {
        this.#first = undefined;
        return false;
      },
    );
    return attempt;
  }

  async #attempt<T>(call: () => Promise<T>): Promise<T> {
    if (this.#refused) throw this.#refused;
    try {
      return await call();
    } catch (error) {
      if (error instanceof PhonestateError && LoginGuard.isAboutLogin(error.failure.code)) this.#refused = error;
      throw error;
    }
  }
}
