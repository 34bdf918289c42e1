/** What a planned change would collide with on the server, by calls that write nothing (API facts, section 8). */
import { fail } from '../../model/failures';
import type { PhoneKey } from '../../model/identity';
import type { VicidialClient } from './client';
import { meaningOf } from './reply-codes';
import { remedyFor } from './api-errors';
import { findAlias, findPhone, isTimezoneRefusal, probeAdd } from './lookup';

/** Stand-ins where a part is not known: no phone has them. */
const nobody = 'phonestate-none';

/**
 * Checks that a phone can be added: its dialer is there, its key and login are free. One call, two where it exists.
 *
 * @param login undefined where it is not known yet
 * @throws PhonestateError `server-not-found`, `phone-exists`, `phone-hidden`, `login-taken`
 */
export async function checkNewPhone(client: VicidialClient, key: PhoneKey, login = nobody): Promise<void> {
  const { fields, reply } = await probeAdd(client, key, login);
  if (isTimezoneRefusal(reply)) return;
  if (meaningOf(reply).code === 'phone-exists' && (await findPhone(client, key, login)) === 'hidden') {
    throw fail('phone-hidden', {
      what: `${key.server_ip}/${key.extension} exists already, but user ${client.user} cannot see it.`,
      field: 'extension',
    });
  }
  throw client.refusal('add_phone', fields, reply);
}

/**
 * Checks that no other phone has a login that a phone is to get. update_phone itself lets a second one of the same server
 * through. A user who may not add phones cannot ask; then the server's own check is all there is.
 *
 * @throws PhonestateError `login-taken`
 */
export async function checkLoginFree(client: VicidialClient, { server_ip }: PhoneKey, login: string): Promise<void> {
  const { reply } = await probeAdd(client, { server_ip, extension: nobody }, login);
  if (meaningOf(reply).code !== 'login-taken') return;
  throw fail('login-taken', {
    what: `phone_login "${login}" is in use by a phone of this system.`,
    field: 'phone_login',
  });
}

/**
 * Checks that an alias can be added.
 *
 * @throws PhonestateError `alias-exists`
 */
export async function checkNewAlias(client: VicidialClient, alias_id: string): Promise<void> {
  if ((await findAlias(client, alias_id)) === 'absent') return;
  const remedy = remedyFor('alias-exists', { alias_id });
  throw fail('alias-exists', {
    what: `The alias ${alias_id} is on the server.`,
    field: 'alias_id',
    ...(remedy ? { remedy } : {}),
  });
}
