/** Whether a key or a phone login is free on the server, by calls that write nothing (vicidial-api.md, section 8). */
import { hasCondition, PhonestateError } from '../../model/failures';
import type { ObjectRef } from '../../model/operation';
import { alreadyExistsRemedy } from './api-result';
import type { VicidialClient } from './client';
import { lookUp, probeAdd, probeLogin } from './lookup';

/** Stands for an extension or login that is not known. No phone has it. */
const unusedValue = 'phonestate-none';

/**
 * Checks that the key of an object is free. For a phone this checks its server, and its login if `object` has one, by the
 * same call; one call more where the key is in use.
 *
 * @throws PhonestateError `phone-exists`, `phone-hidden`, `alias-exists`, `server-not-found`, `login-taken`
 */
export async function checkKeyAvailable(client: VicidialClient, object: ObjectRef): Promise<void> {
  if (object.type.resourceType === 'vicidial_phone') return checkPhoneAvailable(client, object);
  if ((await lookUp(client, object)) === 'not-found') return;
  const what = `The phone alias ${object.id} exists on ${client.origin}.`;
  throw PhonestateError.of('alias-exists', { what, field: 'alias_id', remedy: alreadyExistsRemedy(object) });
}

async function checkPhoneAvailable(client: VicidialClient, phone: ObjectRef): Promise<void> {
  const result = await probeAdd(client, phone, phone.login ?? unusedValue);
  if (result.refusedField('local_gmt')) return;
  if (result.code === 'phone-exists' && (await lookUp(client, phone)) === 'hidden') {
    const what = `${phone.id} exists already on ${client.origin}, but user ${client.user} may not view it.`;
    throw PhonestateError.of('phone-hidden', { what, field: 'extension' });
  }
  throw result.toError();
}

/** Who has a login: no phone, another phone than the one that was asked about, or one of which the API cannot tell. */
export type LoginUse = 'free' | 'other' | 'unknown';

/**
 * Checks whether a phone has a login, on whichever server. Where the user may not call add_phone this cannot be checked,
 * and the login counts as free: then only the server's own check is left.
 *
 * @param phone any phone of the server in question
 * @param owner a phone that may have the login itself. Its own login is distinguished from that of another phone, but
 *   for phones of the same server or the same extension (vicidial-api.md, section 5)
 * @param formerLogin the other login that the owner has by the state. While that is in use, the owner has it
 */
export async function checkLogin(
  client: VicidialClient,
  phone: ObjectRef,
  login: string,
  owner?: ObjectRef,
  formerLogin?: string,
): Promise<LoginUse> {
  const isUsed = (each: string) => isLoginUsed(client, phone, each);
  if (!(await isUsed(login))) return 'free';
  if (!owner) return 'other';
  const own = await probeLogin(client, owner, login);
  if (own.code === 'login-taken' || hasCondition(own.toError(), 'not-found')) return 'other';
  // After an update that was executed and not recorded, the former login is free.
  return formerLogin !== undefined && (await isUsed(formerLogin)) ? 'other' : 'unknown';
}

async function isLoginUsed(client: VicidialClient, phone: ObjectRef, login: string): Promise<boolean> {
  const unusedKey = { ...phone, key: { ...phone.key, extension: unusedValue } };
  const result = await probeAdd(client, unusedKey, login);
  if (result.code === 'login-taken') return true;
  // Without the permission nothing is known; any other reply than that of the probe would be a guess.
  if (result.refusedField('local_gmt') || hasCondition(result.toError(), 'permission-missing')) return false;
  throw result.toError();
}
