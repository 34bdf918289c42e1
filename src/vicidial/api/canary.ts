/**
 * Whether the API user may delete, which no harmless call tells (API facts, section 3): a throw-away alias is added and
 * deleted, since aliases share the permission. It writes, so that it runs only for those who chose it.
 */
import { PhonestateError } from '../../model/failures';
import type { VicidialClient } from './client';
import { write } from './execute';

/** Fixed, so that whoever finds it knows whose it is, and a later check finds the one that an earlier had to leave. */
export const canaryId = 'phonestate_canary';

/**
 * Finds out. Where deleting is refused the canary stays; the next check uses it again, and the first that may removes it.
 *
 * @param login of a phone that exists
 * @throws PhonestateError `permission-delete`, or whatever keeps the canary from being added
 */
export async function checkMayDelete(client: VicidialClient, login: string): Promise<void> {
  try {
    await write(client, {
      function: 'add_phone_alias',
      fields: { alias_id: canaryId, alias_name: 'Phonestate delete check', phone_logins: login },
    });
  } catch (error) {
    if (!(error instanceof PhonestateError) || error.failure.code !== 'alias-exists') throw error;
  }
  await write(client, { function: 'update_phone_alias', fields: { alias_id: canaryId, delete_alias: 'Y' } });
}
