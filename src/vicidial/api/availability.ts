/** Checks what a planned change would collide with on the server, by calls that write nothing (vicidial-api.md, section 8). */
import { PhonestateError } from '../../model/failures';
import type { ObjectRef } from '../../model/operation';
import { alreadyExistsRemedy } from './api-result';
import type { VicidialClient } from './client';
import { lookUp, probeAdd } from './lookup';

/** Stands for an extension or login that is not known. No phone has it. */
const unusedValue = 'phonestate-none';

/**
 * Checks that a phone can be created: its server exists, its key and its login are free. One call, two where the phone
 * exists.
 *
 * @param phone without login where that is not known yet
 * @throws PhonestateError `server-not-found`, `phone-exists`, `phone-hidden`, `login-taken`
 */
export async function checkPhoneAvailable(client: VicidialClient, phone: ObjectRef): Promise<void> {
  const result = await probeAdd(client, phone, phone.login ?? unusedValue);
  if (result.refusedField('local_gmt')) return;
  if (result.code === 'phone-exists' && (await lookUp(client, phone)) === 'hidden') {
    const what = `${phone.id} exists already, but user ${client.user} may not view it.`;
    throw PhonestateError.of('phone-hidden', { what, field: 'extension' });
  }
  throw result.toError();
}

/**
 * Checks that no phone has a login that an existing phone is to get. update_phone itself accepts a second one on the same
 * server. Where the user may not call add_phone this cannot be checked; then only the server's own check is left.
 *
 * @throws PhonestateError `login-taken`
 */
export async function checkLoginAvailable(client: VicidialClient, phone: ObjectRef, login: string): Promise<void> {
  const unusedKey = { ...phone, key: { ...phone.key, extension: unusedValue } };
  const result = await probeAdd(client, unusedKey, login);
  if (result.code !== 'login-taken') return;
  const what = `phone_login "${login}" is in use by a phone of this system.`;
  throw PhonestateError.of('login-taken', { what, field: 'phone_login' });
}

/**
 * Checks that a phone alias can be created.
 *
 * @throws PhonestateError `alias-exists`
 */
export async function checkPhoneAliasAvailable(client: VicidialClient, alias: ObjectRef): Promise<void> {
  if ((await lookUp(client, alias)) === 'not-found') return;
  const what = `The phone alias ${alias.id} exists on the server.`;
  throw PhonestateError.of('alias-exists', { what, field: 'alias_id', remedy: alreadyExistsRemedy(alias) });
}
