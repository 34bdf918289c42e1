/**
 * Ten failed logins lock the API user for fifteen minutes, for everyone who uses it (vicidial-api.md, section 3). So the
 * first call of a run is made alone, and after a refused login no other call is made.
 */
import { hasCondition, type PhonestateError } from '../../model/failures';
import type { Middleware } from '../middleware';

/**
 * Makes the guard of one client.
 *
 * @returns a middleware that throws the refusal of the login again, without a call, once there was one
 */
export function loginGuard(): Middleware {
  /** The first call; its result says whether the login is known to be accepted. */
  let first: Promise<boolean> | undefined;
  let refusal: PhonestateError | undefined;

  const attempt: Middleware = async (work) => {
    if (refusal) throw refusal;
    try {
      return await work();
    } catch (error) {
      if (hasCondition(error, 'login-refused')) refusal = error;
      throw error;
    }
  };

  return async (work) => {
    while (first) {
      if (await first) return attempt(work);
    }
    const result = attempt(work);
    first = result.then(
      () => true,
      () => {
        // This call did not show whether the login is accepted: the next one finds out.
        first = undefined;
        return false;
      },
    );
    return result;
  };
}
