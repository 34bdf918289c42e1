/** Whether something is on the server, by calls that write nothing (API facts, section 8). */
import type { FormFields } from '../phone/diff';
import type { PhoneKey } from '../phone/identity';
import type { VicidialClient } from './client';
import { meaningOf } from './meanings';

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
export async function findPhone(client: VicidialClient, { server_ip, extension }: PhoneKey, login = extension): Promise<Presence> {
  const update = { extension, server_ip, ...impossible };
  const seen = await client.call('update_phone', update);
  if (isTimezoneRefusal(seen)) return 'present';
  if (meaningOf(seen).code !== 'phone-gone') throw client.refusal('update_phone', update, seen);
  const add: FormFields = { extension, server_ip, phone_login: login, ...filler, ...impossible };
  const known = await client.call('add_phone', add);
  const { code } = meaningOf(known);
  if (code === 'phone-exists') return 'hidden';
  if (isTimezoneRefusal(known) || code === 'login-taken') return 'absent';
  throw client.refusal('add_phone', add, known);
}

function isTimezoneRefusal(reply: Parameters<typeof meaningOf>[0]): boolean {
  const { code, field } = meaningOf(reply);
  return code === 'value-refused' && field === 'local_gmt';
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
  if (code === 'alias-gone') return 'absent';
  throw client.refusal('update_phone_alias', fields, reply);
}
