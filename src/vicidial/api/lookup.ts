/** Looks objects up by calls that write nothing (vicidial-api.md, section 8). */
import { hasCondition, PhonestateError } from '../../model/failures';
import { stringValue } from '../../model/field-definition';
import type { ObjectRef } from '../../model/operation';
import type { ApiResult } from './api-result';
import type { VicidialClient } from './client';

export type LookupResult =
  | 'found'
  | 'not-found'
  /** On the server, but in a user group that the API user may not view. */
  | 'hidden';

/** The first field that update_phone checks, with a value that it never accepts: the call ends there and writes nothing. */
const invalidTimezone = { local_gmt: '99' };

/** What add_phone requires besides the key before it checks the timezone. */
const placeholders = {
  dialplan_number: '99',
  voicemail_id: '99',
  phone_pass: 'none',
  protocol: 'SIP',
  registration_password: 'none',
  phone_full_name: 'none',
  outbound_cid: '0',
} as const;

/**
 * Looks an object up.
 *
 * @throws PhonestateError wherever the reply does not show whether the object exists: no permission, no such server, an
 * unrecognized reply
 */
export function lookUp(client: VicidialClient, object: ObjectRef): Promise<LookupResult> {
  return object.type.resourceType === 'vicidial_phone' ? lookUpPhone(client, object) : lookUpPhoneAlias(client, object);
}

/**
 * Looks up an object that the API user could view a moment ago: what is not seen now is gone, and no second call has to
 * distinguish it from a hidden one.
 */
export async function lookUpDeleted(client: VicidialClient, object: ObjectRef): Promise<LookupResult> {
  if (object.type.resourceType !== 'vicidial_phone') return lookUpPhoneAlias(client, object);
  return (await isPhoneSeen(client, object)) ? 'found' : 'not-found';
}

async function isPhoneSeen(client: VicidialClient, object: ObjectRef): Promise<boolean> {
  const parameters = { ...keyParameters(object), ...invalidTimezone };
  const seen = await client.send({ function: 'update_phone', parameters, object });
  if (seen.refusedField('local_gmt')) return true;
  if (seen.code !== 'phone-not-found') throw lookupError(client, seen);
  return false;
}

/** update_phone answers "does not exist" for a hidden phone too. add_phone distinguishes the two, so it is asked as well. */
async function lookUpPhone(client: VicidialClient, object: ObjectRef): Promise<LookupResult> {
  if (await isPhoneSeen(client, object)) return 'found';
  const added = await probeAdd(client, object, object.login ?? stringValue(object.key, 'extension'));
  if (added.code === 'phone-exists') return 'hidden';
  if (added.refusedField('local_gmt') || added.code === 'login-taken') return 'not-found';
  if (!hasCondition(added.toError(), 'permission-missing')) throw added.toError();
  const what = `${client.origin} does not show ${object.id} to user ${client.user}, who may not call add_phone.`;
  throw PhonestateError.of('phone-visibility-unknown', { what, field: 'extension' });
}

/** Calls add_phone with an invalid timezone, which it checks after key and login: nothing is created. */
export function probeAdd(client: VicidialClient, object: ObjectRef, login: string): Promise<ApiResult> {
  const parameters = { ...keyParameters(object), phone_login: login, ...placeholders, ...invalidTimezone };
  return client.send({ function: 'add_phone', parameters, object });
}

/**
 * Calls update_phone with a login and, after it, an invalid dialplan number, which it checks later: nothing is written.
 * It refuses the login where a phone has it whose server and extension both differ (vicidial-api.md, section 5).
 */
export function probeLogin(client: VicidialClient, phone: ObjectRef, login: string): Promise<ApiResult> {
  const parameters = { ...keyParameters(phone), phone_login: login, dialplan_number: '1' };
  return client.send({ function: 'update_phone', parameters, object: phone });
}

/** A name of one character is refused for a phone alias that exists, after the server has found it. */
async function lookUpPhoneAlias(client: VicidialClient, object: ObjectRef): Promise<LookupResult> {
  const parameters = { ...keyParameters(object), alias_name: '-' };
  const result = await client.send({ function: 'update_phone_alias', parameters, object });
  if (result.refusedField('alias_name')) return 'found';
  if (result.code === 'alias-not-found') return 'not-found';
  throw lookupError(client, result);
}

function keyParameters({ key }: ObjectRef): Record<string, string> {
  return Object.fromEntries(Object.keys(key).map((name) => [name, stringValue(key, name)]));
}

/** The way out for an object in state whose server is no longer in VICIdial: no call about it can succeed. */
const forgetRemedy =
  'Check server_ip against Admin > Servers. Where the server was renamed or removed in VICIdial, forget the object: a removed block with lifecycle { destroy = false } (on OpenTofu apply it with -refresh=false; for one instance of a for_each or count, a moved block to a resource name of its own and the removed block of that name, in one plan). Then import the phone under its new server_ip, or plan it with adopt_existing = true.';

/** The API cannot read, so a lookup is an update that is always refused: it needs the permission to update. */
function lookupError(client: VicidialClient, result: ApiResult): PhonestateError {
  const error = result.toError();
  if (result.code === 'server-not-found') {
    return PhonestateError.of('server-not-found', {
      what: error.failure.what,
      field: error.failure.field,
      remedy: forgetRemedy,
    });
  }
  if (!hasCondition(error, 'permission-missing')) return error;
  const what = `User ${client.user} may not call ${result.request.function} of ${client.origin}: "${result.describe()}".`;
  return PhonestateError.of('permission-to-plan', { what });
}
