/**
 * Ten failed logins lock the API user for fifteen minutes, for everyone who uses it (vicidial-api.md, section 3). So the
 * first call of a run is made alone, and after a refused login no other call is made.
 */
import { hasCondition, PhonestateError, type FailureCode } from '../../model/failures';
import type { Middleware } from '../middleware';
import type { EarlierRefusal, LoginOutcome, SharedLoginGuard } from './shared-login-guard';

/**
 * Makes the guard of one client.
 *
 * @param user the API user and its server, for messages
 * @param shared what the processes of this machine know of the login; without it, only this client's calls count
 * @returns a middleware that throws the refusal of the login again, without a call, once there was one
 */
export function loginGuard(user: string, shared?: SharedLoginGuard): Middleware {
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

  const attemptFirst: Middleware = async (work) => {
    const earlier = await shared?.begin();
    if (earlier) throw (refusal = heldBack(user, earlier));
    let outcome: LoginOutcome;
    try {
      const result = await attempt(work);
      // A reply of whatever content has passed the login.
      outcome = 'accepted';
      return result;
    } catch (error) {
      outcome = refusalOf(error);
      throw error;
    } finally {
      await shared?.end(outcome);
    }
  };

  const attemptLater: Middleware = async (work) => {
    try {
      return await attempt(work);
    } catch (error) {
      const outcome = refusalOf(error);
      if (outcome) await shared?.end(outcome);
      throw error;
    }
  };

  return async (work) => {
    while (first) {
      if (await first) return attemptLater(work);
    }
    if (refusal) throw refusal;
    const result = attemptFirst(work);
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

function refusalOf(error: unknown): LoginOutcome {
  const code: FailureCode | undefined = error instanceof PhonestateError ? error.failure.code : undefined;
  return code === 'login-incorrect' || code === 'login-locked' || code === 'login-or-permission' ? code : undefined;
}

function heldBack(user: string, earlier: EarlierRefusal): PhonestateError {
  const what =
    earlier.rule === 'command'
      ? `VICIdial has refused the login of user ${user} to this command already (${earlier.code}), so it was not sent again.`
      : `VICIdial has refused the login of user ${user} five times within 15 minutes (last ${earlier.code}), so it is not sent again with this password before ${earlier.until.toISOString()}.`;
  return PhonestateError.of('login-held-back', { what });
}
