/** Whether something is on the server, by calls that write nothing (API facts, section 8). */
import type { FormParameters } from '../../model/diff';
import { fail, type FailureCode, type PhonestateError } from '../../model/failures';
import type { PhoneKey } from '../../model/identity';
import type { ApiFunction, VicidialClient } from './client';
import { meaningOf } from './reply-codes';
import type { Reply } from './reply';

export type Presence =
  | 'present'
  | 'absent'
  /** On the server, but in a user group that the API user may not see. */
  | 'hidden';

/** The first field that update_phone checks, and a value that it never accepts: the call ends there, and writes nothing. */
const impossible = { local_gmt: '99' };

/** What add_phone wants besides the key before it looks at the timezone. */
const filler = {
  dialplan_number: '99',
  voicemail_id: '99',
  phone_pass: 'none',
  protocol: 'SIP',
  registration_password: 'none',
  phone_full_name: 'none',
  outbound_cid: '0',
} as const;

/**
 * Looks for a phone. update_phone tells nothing but "does not exist" of one that is hidden, add_phone tells the truth:
 * so that is asked too before a phone counts as absent.
 *
 * @param login the phone's login, where it is known
 * @throws PhonestateError wherever the answer leaves a doubt: no permission, no such dialer, an unknown answer
 */
export async function findPhone(client: VicidialClient, key: PhoneKey, login = key.extension): Promise<Presence> {
  const fields = { extension: key.extension, server_ip: key.server_ip, ...impossible };
  const seen = await client.call('update_phone', fields);
  if (isTimezoneRefusal(seen)) return 'present';
  if (meaningOf(seen).code !== 'phone-not-found') throw lookRefused(client, 'update_phone', fields, seen);
  const added = await probeAdd(client, key, login);
  const { code } = meaningOf(added.reply);
  if (code === 'phone-exists') return 'hidden';
  if (isTimezoneRefusal(added.reply) || code === 'login-taken') return 'absent';
  if (isPermission(code)) {
    throw fail('phone-visibility-unknown', {
      what: `VICIdial does not show ${key.server_ip}/${key.extension} to user ${client.user}, who may not call add_phone.`,
      field: 'extension',
    });
  }
  throw client.refusal('add_phone', added.fields, added.reply);
}

/** Asks add_phone for a phone with an impossible timezone, which it looks at last: nothing is added. */
export async function probeAdd(
  client: VicidialClient,
  { server_ip, extension }: PhoneKey,
  login: string,
): Promise<{ readonly fields: FormParameters; readonly reply: Reply }> {
  const fields = { extension, server_ip, phone_login: login, ...filler, ...impossible };
  return { fields, reply: await client.call('add_phone', fields) };
}

/** Whether a call got as far as the timezone. */
export function isTimezoneRefusal(reply: Reply): boolean {
  const { code, field } = meaningOf(reply);
  return code === 'value-refused' && field === 'local_gmt';
}

function isPermission(code: FailureCode): boolean {
  return code === 'permission-missing' || code === 'function-not-allowed';
}

/** A user who may only read has no way to: the API reads nothing, so that looking is an update that is always refused. */
function lookRefused(client: VicidialClient, name: ApiFunction, fields: FormParameters, reply: Reply): PhonestateError {
  const refused = client.refusal(name, fields, reply);
  if (!isPermission(refused.failure.code)) return refused;
  return fail('permission-to-plan', { what: `User ${client.user} may not call ${name}: "${reply.message}".` });
}

/**
 * Looks for an alias. A name of one character is refused for an alias that exists, after it was looked up.
 *
 * @throws PhonestateError as for a phone
 */
export async function findAlias(client: VicidialClient, alias_id: string): Promise<Presence> {
  const fields = { alias_id, alias_name: '-' };
  const reply = await client.call('update_phone_alias', fields);
  const { code, field } = meaningOf(reply);
  if (code === 'value-refused' && field === 'alias_name') return 'present';
  if (code === 'alias-not-found') return 'absent';
  throw lookRefused(client, 'update_phone_alias', fields, reply);
}
