/** Whether the API user may delete, by the canary: it writes, so it is loaded and used only where a setting asks for it. */
import type { VicidialClient } from '../vicidial/api/client';

export class CanaryCheck {
  #isPermitted: Promise<boolean> | undefined;
  /** Phone logins that do not exist, so that the canary could not use them. */
  readonly #missingLogins = new Set<string>();

  constructor(private readonly client: () => Promise<VicidialClient>) {}

  /**
   * Checks the permission, once for each run.
   *
   * @param logins phone logins that may exist
   * @returns false where none of them was found: objects of the state that come later may have one
   * @throws PhonestateError `permission-delete`
   */
  async isPermitted(logins: readonly string[]): Promise<boolean> {
    const check = (this.#isPermitted ??= this.#check(logins));
    const isPermitted = await check;
    if (!isPermitted && this.#isPermitted === check) this.#isPermitted = undefined;
    return isPermitted;
  }

  async #check(logins: readonly string[]): Promise<boolean> {
    const [client, { checkDeletePermission }] = await Promise.all([this.client(), import('../vicidial/api/canary')]);
    const untried = logins.filter((login) => !this.#missingLogins.has(login));
    const isPermitted = await checkDeletePermission(client, untried);
    if (!isPermitted) for (const login of untried) this.#missingLogins.add(login);
    return isPermitted;
  }
}

/** The remedy where the canary found no login. */
export const noCanaryRemedy =
  'Make sure that the user has the permission. The canary needs the phone_login of a phone that exists, and no object of the state that was read so far has one.';
