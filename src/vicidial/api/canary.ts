/**
 * Checks whether the API user may delete, which no read-only call shows (vicidial-api.md, section 3): a temporary phone
 * alias is created and deleted, since phone aliases share the permission. It writes, so it is used only where the
 * provider setting asks for it.
 */
import { hasCondition, PhonestateError } from '../../model/failures';
import { diff } from '../../model/diff';
import type { FieldValues } from '../../model/field-definition';
import { phoneAliasType } from '../../model/phone-alias-fields';
import type { VicidialClient } from './client';
import { executeAll } from './execute';

/** Fixed, so that an administrator who finds it can tell where it comes from, and a later check can use it again. */
const canaryId = 'phonestate_canary';

/**
 * Checks the permission. Where deleting is refused the canary stays: the next check uses it again, and the first check
 * that is permitted deletes it. Two checks at once share the canary: where the other one has deleted it already, deleting
 * is permitted.
 *
 * @param logins of phones that may exist, at least one; the first that does is used
 * @throws PhonestateError `permission-delete`, or the failure that prevented the canary from being created
 */
export async function checkDeletePermission(client: VicidialClient, logins: readonly string[]): Promise<void> {
  for (const [index, login] of logins.entries()) {
    try {
      return await createAndDelete(client, login);
    } catch (error) {
      const isUnknownLogin = error instanceof PhonestateError && error.failure.code === 'alias-login-unknown';
      if (!isUnknownLogin || index === logins.length - 1) throw error;
    }
  }
}

async function createAndDelete(client: VicidialClient, login: string): Promise<void> {
  const canary: FieldValues = { alias_id: canaryId, alias_name: 'Phonestate delete check', phone_logins: [login] };
  try {
    await executeAll(client, diff(phoneAliasType, canary, null));
  } catch (error) {
    if (!hasCondition(error, 'already-exists')) throw error;
  }
  try {
    await executeAll(client, diff(phoneAliasType, null, canary));
  } catch (error) {
    if (!hasCondition(error, 'not-found')) throw error;
  }
}
