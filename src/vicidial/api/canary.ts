/**
 * Checks whether the API user may delete, which the API shows by a write only (vicidial-api.md, section 3): a temporary phone
 * alias is created and deleted, since phone aliases share the permission. It writes, so it is used only where the
 * provider setting asks for it.
 */
import { hasCondition, PhonestateError, type FailureCode } from '../../model/failures';
import { diff } from '../../model/diff';
import type { FieldValues } from '../../model/field-definition';
import { phoneAliasType } from '../../model/phone-alias-fields';
import type { VicidialClient } from './client';
import { executeAll } from './execute';

/** Fixed, so that an administrator who finds it can tell where it comes from, and a later check can use it again. */
const canaryId = 'phonestate_canary';

/**
 * Checks the permission. Where deleting is refused the canary stays: the next check uses it again, and the first check
 * that is permitted deletes it. Several checks at once share the canary: each may find that another one has created or
 * deleted it, also between a call and the lookup that verifies it.
 *
 * @param logins of phones that may exist; the first that does is used
 * @returns false where none of them exists, so that nothing could be checked
 * @throws PhonestateError `permission-delete`, or the failure that prevented the canary from being created
 */
export async function checkDeletePermission(client: VicidialClient, logins: readonly string[]): Promise<boolean> {
  for (const login of logins) {
    try {
      await createAndDelete(client, login);
      return true;
    } catch (error) {
      if (!isFailure(error, 'alias-login-unknown')) throw error;
    }
  }
  return false;
}

/** Another plan may create and delete the same canary meanwhile: there is nothing to wait for. */
const verification = { timeoutSeconds: 0 };

async function createAndDelete(client: VicidialClient, login: string): Promise<void> {
  const canary: FieldValues = { alias_id: canaryId, alias_name: 'Phonestate delete check', phone_logins: [login] };
  try {
    await executeAll(client, diff(phoneAliasType, canary, null), verification);
  } catch (error) {
    if (!hasCondition(error, 'already-exists') && !isFailure(error, 'write-not-applied')) throw error;
  }
  try {
    await executeAll(client, diff(phoneAliasType, null, canary), verification);
  } catch (error) {
    if (!hasCondition(error, 'not-found') && !isFailure(error, 'write-not-applied')) throw error;
  }
}

function isFailure(error: unknown, code: FailureCode): boolean {
  return error instanceof PhonestateError && error.failure.code === code;
}
