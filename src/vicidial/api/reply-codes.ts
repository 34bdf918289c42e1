/** What the replies mean: each message of the API facts, sections 3 to 7, as a failure of the catalogue. */
import type { Call } from '../../model/diff';
import type { FailureCode } from '../../model/failures';
import type { Reply } from './reply';

export interface Meaning {
  readonly code: FailureCode;
  /** The field it is about, by its API name. */
  readonly field?: string;
}

const byMessage: Readonly<Record<string, Meaning>> = {
  'Login incorrect, please try again': { code: 'login-incorrect' },
  'Too many login attempts, try again in 15 minutes': { code: 'login-locked' },
  'Invalid Source': { code: 'login-source' },
  'NO FUNCTION SPECIFIED': { code: 'unexpected-response' },
  'USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION': { code: 'function-not-allowed' },
  'USER DOES NOT HAVE PERMISSION TO ADD PHONES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO UPDATE PHONES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO DELETE PHONES': { code: 'permission-delete' },
  'USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES': { code: 'permission-delete' },
  'SERVER DOES NOT EXIST': { code: 'server-not-found', field: 'server_ip' },
  'PHONE ALREADY EXISTS ON THIS SERVER': { code: 'phone-exists', field: 'extension' },
  'PHONE DOES NOT EXIST ON THIS SERVER': { code: 'phone-not-found', field: 'extension' },
  'PHONE LOGIN ALREADY EXISTS': { code: 'login-taken', field: 'phone_login' },
  'LOGIN ALREADY EXISTS': { code: 'login-taken', field: 'phone_login' },
  'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD': { code: 'template-not-found', field: 'template_id' },
  'PHONE ALIAS ALREADY EXISTS': { code: 'alias-exists', field: 'alias_id' },
  'PHONE ALIAS DOES NOT EXIST': { code: 'alias-not-found', field: 'alias_id' },
  'PHONE DOES NOT EXIST': { code: 'alias-login-unknown', field: 'phone_logins' },
  'NO UPDATES DEFINED': { code: 'no-updates-defined' },
  'YOU MUST USE ALL REQUIRED FIELDS': { code: 'value-refused' },
  'YOU MUST USE A VALID TIMEZONE': { code: 'value-refused', field: 'local_gmt' },
  'YOU MUST USE A VALID EMAIL': { code: 'value-refused', field: 'email' },
  'YOU MUST USE A VALID PHONE CONTEXT': { code: 'value-refused', field: 'phone_context' },
  'YOU MUST USE A VALID PHONE NAME': { code: 'value-refused', field: 'phone_full_name' },
  'YOU MUST USE A VALID REGISTRATION PASSWORD': { code: 'value-refused', field: 'registration_password' },
  'YOU MUST USE A VALID PROTOCOL': { code: 'value-refused', field: 'protocol' },
  'YOU MUST USE A VALID PHONE PASSWORD': { code: 'value-refused', field: 'phone_pass' },
  'YOU MUST USE A VALID VOICEMAIL NUMBER': { code: 'value-refused', field: 'voicemail_id' },
  'YOU MUST USE A VALID DIALPLAN NUMBER': { code: 'value-refused', field: 'dialplan_number' },
  'ACTIVE MUST BE Y OR N, THIS IS AN OPTIONAL FIELD': { code: 'value-refused', field: 'active' },
  'OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD': {
    code: 'value-refused',
    field: 'outbound_cid',
  },
  'USER GROUP MUST BE FROM 2 TO 20 CHARACTERS, THIS IS AN OPTIONAL FIELD': {
    code: 'value-refused',
    field: 'admin_user_group',
  },
  'OUTBOUND ALT CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD': {
    code: 'value-refused',
    field: 'outbound_alt_cid',
  },
  'PHONE RING TIMEOUT MUST BE FROM 2 TO 180 SECONDS, THIS IS AN OPTIONAL FIELD': {
    code: 'value-refused',
    field: 'phone_ring_timeout',
  },
  'DELETE VOICEMAIL AFTER EMAIL MUST BE Y OR N, THIS IS AN OPTIONAL FIELD': {
    code: 'value-refused',
    field: 'delete_vm_after_email',
  },
  'YOU MUST USE A VALID ALIAS NAME': { code: 'value-refused', field: 'alias_name' },
};

/** What a refusal means; a message that nobody has seen yet is `unrecognized-reply`. */
export function meaningOf(reply: Reply): Meaning {
  if (reply.message.startsWith('Your IP Address is not allowed')) return { code: 'login-address' };
  if (reply.message.startsWith('Login incorrect') && reply.data.at(-2) === '2FA')
    return { code: 'login-second-factor' };
  return byMessage[reply.message] ?? { code: 'unrecognized-reply' };
}

const done = {
  add_phone: 'PHONE HAS BEEN ADDED',
  update_phone: 'PHONE HAS BEEN UPDATED',
  add_phone_alias: 'PHONE ALIAS HAS BEEN ADDED',
  update_phone_alias: 'PHONE ALIAS HAS BEEN UPDATED',
} as const;

/** Whether a reply says that this very call was carried out: an update is no deletion, whatever its SUCCESS. */
export function confirms(reply: Reply, call: Call): boolean {
  const expected = isRemoval(call) ? done[call.function].replace('UPDATED', 'DELETED') : done[call.function];
  return reply.outcome === 'SUCCESS' && reply.function === call.function && reply.message === expected;
}

/** Whether a call deletes. */
export function isRemoval({ fields }: Call): boolean {
  return fields.delete_phone === 'Y' || fields.delete_alias === 'Y';
}
