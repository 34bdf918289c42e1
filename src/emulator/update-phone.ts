/** The function update_phone, which also deletes. */
import { sqlFailure, type Reply, type Request } from './request';
import { fold, type Phone } from './store';
import { truncateToColumn } from './sanitize';
import { isTimezone, isYesNo, protocols, webphoneValues } from './allowed-values';

/** What an edit makes of a parameter: the value to store, nothing to store, or the reply that ends the call. */
type Edit = { readonly store: string } | undefined | Reply;

interface Field {
  readonly name: string;
  /** Builds that do not know the field do not look at it. */
  readonly since?: 'alternateCallerId' | 'webphone';
  edit(value: string, request: Request, phone: Phone): Edit;
}

export function updatePhone(request: Request): Reply {
  const { store, build } = request;
  const [extension, server] = [request.get('extension'), request.get('server_ip')];
  const key = `${extension}|${server}`;
  if (extension === '' || server === '') return request.error('YOU MUST USE ALL REQUIRED FIELDS', key);
  if (!store.hasServer(server)) return request.error('SERVER DOES NOT EXIST', server);
  const phone = store.phone(server, extension);
  if (!phone || !store.sees(request.user, phone))
    return request.error('PHONE DOES NOT EXIST ON THIS SERVER', `${server}|${extension}`);
  // Read before it is stripped: only the capital letter counts.
  if (request.parameters.get('delete_phone') === 'Y') {
    if (!request.user.delete_phones) return request.notice('USER DOES NOT HAVE PERMISSION TO DELETE PHONES', '0');
    store.removePhone(server, extension);
    return request.success('PHONE HAS BEEN DELETED', `${key}|`);
  }
  const changes: Phone = {};
  for (const field of fields) {
    const value = request.get(field.name);
    if (value === '' || (field.since && !build[field.since])) continue;
    const edit = field.edit(value, request, phone);
    if (edit && 'status' in edit) return edit;
    if (edit) changes[field.name] = truncateToColumn(field.name, edit.store);
  }
  if (Object.keys(changes).length === 0 && build.noticesEmptyUpdate) return request.notice('NO UPDATES DEFINED', '');
  // The statement has the whole text; the column cuts it only afterwards.
  if (request.get('email').includes("'")) return sqlFailure;
  store.putPhone({ ...phone, ...changes });
  return request.success('PHONE HAS BEEN UPDATED', `${key}|`);
}

/** The editable fields, in the order in which they are checked. */
const fields: readonly Field[] = [
  {
    name: 'local_gmt',
    edit: (value, request) =>
      isTimezone(value) ? { store: value } : request.error('YOU MUST USE A VALID TIMEZONE', value),
  },
  {
    name: 'email',
    edit: (value, request) => clearable(value, request, request.build.shortestEmail, 300, 'YOU MUST USE A VALID EMAIL'),
  },
  {
    name: 'phone_context',
    edit: (value, request) => clearable(value, request, 2, 30, 'YOU MUST USE A VALID PHONE CONTEXT'),
  },
  {
    name: 'phone_full_name',
    edit: (value, request) => clearable(value, request, 2, 30, 'YOU MUST USE A VALID PHONE NAME'),
  },
  {
    name: 'registration_password',
    edit: (value, request) => clearable(value, request, 2, 30, 'YOU MUST USE A VALID REGISTRATION PASSWORD'),
  },
  {
    name: 'protocol',
    edit: (value, request) =>
      protocols.includes(value) ? { store: value } : request.error('YOU MUST USE A VALID PROTOCOL', value),
  },
  {
    name: 'phone_pass',
    edit: (value, request) => bounded(value, request, 2, 30, 'YOU MUST USE A VALID PHONE PASSWORD'),
  },
  { name: 'phone_login', edit: editLogin },
  {
    name: 'voicemail_id',
    edit: (value, request) => bounded(value, request, 2, 30, 'YOU MUST USE A VALID VOICEMAIL NUMBER'),
  },
  {
    name: 'dialplan_number',
    edit: (value, request) => bounded(value, request, 3, 30, 'YOU MUST USE A VALID DIALPLAN NUMBER'),
  },
  {
    name: 'active',
    edit: (value, request) =>
      isYesNo(value) ? { store: value } : request.error('ACTIVE MUST BE Y OR N, THIS IS AN OPTIONAL FIELD', value),
  },
  {
    name: 'outbound_cid',
    edit: (value, request) =>
      bounded(value, request, 6, 18, 'OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD'),
  },
  {
    name: 'admin_user_group',
    edit: (value, request) =>
      bounded(value, request, 2, 20, 'USER GROUP MUST BE FROM 2 TO 20 CHARACTERS, THIS IS AN OPTIONAL FIELD'),
  },
  {
    name: 'outbound_alt_cid',
    since: 'alternateCallerId',
    edit: (value, request) =>
      bounded(value, request, 6, 18, 'OUTBOUND ALT CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD'),
  },
  {
    name: 'phone_ring_timeout',
    since: 'alternateCallerId',
    edit: (value, request) =>
      Number(value) >= 2 && Number(value) <= 180
        ? { store: String(Number(value)) }
        : // The server prints the other field here.
          request.error(
            'PHONE RING TIMEOUT MUST BE FROM 2 TO 180 SECONDS, THIS IS AN OPTIONAL FIELD',
            request.get('outbound_alt_cid'),
          ),
  },
  {
    name: 'delete_vm_after_email',
    since: 'alternateCallerId',
    edit: (value, request) =>
      isYesNo(value)
        ? { store: value }
        : request.error('DELETE VOICEMAIL AFTER EMAIL MUST BE Y OR N, THIS IS AN OPTIONAL FIELD', value),
  },
  {
    name: 'is_webphone',
    since: 'webphone',
    edit: (value) => (webphoneValues.includes(value.toUpperCase()) ? { store: value.toUpperCase() } : undefined),
  },
  { name: 'webphone_auto_answer', since: 'webphone', edit: yesNoOrIgnored },
  { name: 'use_external_server_ip', since: 'webphone', edit: yesNoOrIgnored },
  { name: 'on_hook_agent', since: 'webphone', edit: yesNoOrIgnored },
  { name: 'template_id', since: 'webphone', edit: editTemplate },
];

function bounded(value: string, request: Request, least: number, most: number, message: string): Edit {
  const { length } = [...value];
  return length >= least && length <= most ? { store: value } : request.error(message, value);
}

function clearable(value: string, request: Request, least: number, most: number, message: string): Edit {
  return value === '--BLANK--' ? { store: '' } : bounded(value, request, least, most, message);
}

function yesNoOrIgnored(value: string): Edit {
  return isYesNo(value.toUpperCase()) ? { store: value.toUpperCase() } : undefined;
}

/** Only a phone whose extension and server both differ counts as another one. */
function editLogin(value: string, request: Request, phone: Phone): Edit {
  const other = (name: string, each: Phone) => fold(each[name] ?? '') !== fold(phone[name] ?? '');
  const taken =
    request.store.hasLogin(value) &&
    request.store.phones.some(
      (each) => fold(each.phone_login ?? '') === fold(value) && other('extension', each) && other('server_ip', each),
    );
  return taken ? request.error('LOGIN ALREADY EXISTS', value) : { store: value };
}

function editTemplate(value: string, request: Request): Edit {
  if (value === '--BLANK--') return { store: '' };
  if (value.length < 2) return undefined;
  if (request.store.hasTemplate(value)) return { store: value };
  return request.error(
    'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD',
    `${request.get('phone_login')}|${value}`,
  );
}
