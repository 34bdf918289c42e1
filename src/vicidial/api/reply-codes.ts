/** Classifies replies: each message of the API (vicidial-api.md, sections 3 to 7) as a failure code. */
import type { FailureCode } from '../../model/failures';
import { echoes } from './echo';
import type { Reply } from './reply';
import type { ApiRequest } from './request';

export interface Classification {
  /** Undefined where the reply confirms that this very call was carried out. */
  readonly code: FailureCode | undefined;
  /** The field that the reply is about, by its API name. */
  readonly field?: string;
}

interface Refusal extends Classification {
  readonly code: FailureCode;
  /** The parameters whose values the data of the reply repeats: the reply is one to this call only if it has them. */
  readonly echoed?: readonly string[];
}

const phoneKey = ['server_ip', 'extension'];

/** A value that was refused; the required fields as a whole where no field is given. */
const refused = (field?: string): Refusal =>
  field === undefined
    ? { code: 'value-refused', echoed: ['extension'] }
    : { code: 'value-refused', field, echoed: [field] };

// prettier-ignore
const refusals: Readonly<Record<string, Refusal>> = {
  'Login incorrect, please try again': { code: 'login-incorrect' },
  'Too many login attempts, try again in 15 minutes': { code: 'login-locked' },
  'Invalid Source': { code: 'login-source' },
  'NO FUNCTION SPECIFIED': { code: 'unexpected-response' },
  'USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION': { code: 'function-not-allowed' },
  'USER DOES NOT HAVE PERMISSION TO ADD PHONES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO UPDATE PHONES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO REFRESH SERVERS': { code: 'permission-missing' },
  'USER DOES NOT HAVE PERMISSION TO DELETE PHONES': { code: 'permission-delete' },
  'USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES': { code: 'permission-delete' },
  'SERVER DOES NOT EXIST': { code: 'server-not-found', field: 'server_ip', echoed: ['server_ip'] },
  'PHONE ALREADY EXISTS ON THIS SERVER': { code: 'phone-exists', field: 'extension', echoed: phoneKey },
  'PHONE DOES NOT EXIST ON THIS SERVER': { code: 'phone-not-found', field: 'extension', echoed: phoneKey },
  'PHONE LOGIN ALREADY EXISTS': { code: 'login-taken', field: 'phone_login', echoed: ['phone_login'] },
  'LOGIN ALREADY EXISTS': { code: 'login-taken', field: 'phone_login', echoed: ['phone_login'] },
  'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD': { code: 'template-not-found', field: 'template_id', echoed: ['template_id'] },
  'PHONE ALIAS ALREADY EXISTS': { code: 'alias-exists', field: 'alias_id', echoed: ['alias_id'] },
  'PHONE ALIAS DOES NOT EXIST': { code: 'alias-not-found', field: 'alias_id', echoed: ['alias_id'] },
  'PHONE DOES NOT EXIST': { code: 'alias-login-unknown', field: 'phone_logins', echoed: ['phone_logins'] },
  'NO UPDATES DEFINED': { code: 'no-updates-defined' },
  'YOU MUST USE ALL REQUIRED FIELDS': refused(),
  'YOU MUST USE A VALID TIMEZONE': refused('local_gmt'),
  'YOU MUST USE A VALID EMAIL': refused('email'),
  'YOU MUST USE A VALID PHONE CONTEXT': refused('phone_context'),
  'YOU MUST USE A VALID PHONE NAME': refused('phone_full_name'),
  'YOU MUST USE A VALID REGISTRATION PASSWORD': refused('registration_password'),
  'YOU MUST USE A VALID PROTOCOL': refused('protocol'),
  'YOU MUST USE A VALID PHONE PASSWORD': refused('phone_pass'),
  'YOU MUST USE A VALID VOICEMAIL NUMBER': refused('voicemail_id'),
  'YOU MUST USE A VALID DIALPLAN NUMBER': refused('dialplan_number'),
  'ACTIVE MUST BE Y OR N, THIS IS AN OPTIONAL FIELD': refused('active'),
  'OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD': refused('outbound_cid'),
  'USER GROUP MUST BE FROM 2 TO 20 CHARACTERS, THIS IS AN OPTIONAL FIELD': refused('admin_user_group'),
  'OUTBOUND ALT CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD': refused('outbound_alt_cid'),
  // The server repeats the alternate caller id instead.
  'PHONE RING TIMEOUT MUST BE FROM 2 TO 180 SECONDS, THIS IS AN OPTIONAL FIELD': { code: 'value-refused', field: 'phone_ring_timeout' },
  'DELETE VOICEMAIL AFTER EMAIL MUST BE Y OR N, THIS IS AN OPTIONAL FIELD': refused('delete_vm_after_email'),
  'YOU MUST USE A VALID ALIAS NAME': refused('alias_name'),
};

/** The message of a reply that confirms a call that changes something, by its function and action. */
const confirmations: Readonly<Record<string, string>> = {
  'add_phone create': 'PHONE HAS BEEN ADDED',
  'update_phone update': 'PHONE HAS BEEN UPDATED',
  'update_phone delete': 'PHONE HAS BEEN DELETED',
  'add_phone_alias create': 'PHONE ALIAS HAS BEEN ADDED',
  'update_phone_alias update': 'PHONE ALIAS HAS BEEN UPDATED',
  'update_phone_alias delete': 'PHONE ALIAS HAS BEEN DELETED',
  server_refresh: 'SERVER REFRESH HAS BEEN TRIGGERED',
};

type Classified = Pick<ApiRequest, 'function' | 'action' | 'object'> & Partial<Pick<ApiRequest, 'parameters'>>;

/**
 * Classifies the reply to a call. A message that is not in the table is `unrecognized-reply`, and so is a reply to
 * another call, as a proxy or a connection that got out of step may deliver it: SUCCESS to anything but this very call,
 * such as "updated" to a delete, and a refusal that repeats other values than were sent.
 */
export function classifyReply(request: Classified, reply: Reply): Classification {
  const unrecognized = { code: 'unrecognized-reply' } as const;
  if (reply.outcome === 'SUCCESS') return confirms(request, reply) ? { code: undefined } : unrecognized;
  if (reply.message.startsWith('Your IP Address is not allowed')) return { code: 'login-address' };
  if (reply.message.startsWith('Login incorrect') && reply.data.at(-2) === '2FA')
    return { code: 'login-second-factor' };
  const refusal = refusals[reply.message];
  if (!refusal || !isOfFunction(request, reply) || !echoes(reply, request.parameters, refusal.echoed))
    return unrecognized;
  const { code, field } = refusal;
  return { code, ...(field === undefined ? {} : { field }) };
}

function confirms(request: Classified, reply: Reply): boolean {
  const { object, action } = request;
  return (
    reply.function === request.function &&
    reply.message === confirmations[action === undefined ? request.function : `${request.function} ${action}`] &&
    echoes(reply, request.parameters, Object.keys(object?.key ?? {}))
  );
}

/** A refusal before any function names none, or `auth`. */
function isOfFunction(request: Classified, { function: name }: Reply): boolean {
  return name === '' || name === 'auth' || name === request.function;
}
