/** The function update_phone, which also deletes (vicidial-api.md, section 5). */
import { isSame } from './collation';
import { byteLength, quotedText } from './columns';
import type { ApiRequest, Outcome } from './request';
import type { Phone } from './store';
import { isTimezone, isYesNo, protocols, webphoneValues } from './allowed-values';

/** What comes of a parameter: the value to store, nothing where it is ignored, or the refusal that ends the call. */
type Edit = { readonly stored: string } | undefined | Outcome;

interface Field {
  readonly name: string;
  /** Older builds ignore the field silently. */
  readonly sinceBuild?: number;
  readonly edit: (value: string, request: ApiRequest, phone: Phone) => Edit;
}

export function updatePhone(request: ApiRequest): Outcome {
  const { store, user } = request;
  const [extension, server] = [request.get('extension'), request.get('server_ip')];
  const key = `${extension}|${server}`;
  if (request.lengthOf('extension') < 2 || request.lengthOf('server_ip') < 1)
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', key);
  if (!store.hasServer(server)) return request.error('SERVER DOES NOT EXIST', server);
  const phone = store.phone(server, request.key('extension'));
  if (!phone || !store.mayView(user, phone.admin_user_group))
    return request.error('PHONE DOES NOT EXIST ON THIS SERVER', `${server}|${extension}`);
  // Compared as it is stripped: `Yes` deletes as well.
  if (request.get('delete_phone') === 'Y') {
    if (!user.delete_phones) return request.deletionDenied('USER DOES NOT HAVE PERMISSION TO DELETE PHONES');
    return request.success('PHONE HAS BEEN DELETED', `${key}|`, () => store.removePhone(server, extension));
  }
  return editPhone(request, phone, key);
}

/** Checks every field that was sent; the first invalid one ends the call, and nothing is stored. */
function editPhone(request: ApiRequest, phone: Phone, key: string): Outcome {
  const { store, build } = request;
  const changes = new Map<string, string>();
  for (const { name, sinceBuild = 0, edit } of fields) {
    if (build.number < sinceBuild || request.lengthOf(name) === 0) continue;
    const edited = edit(request.get(name), request, phone);
    if (edited && 'reply' in edited) return edited;
    if (edited) changes.set(name, edited.stored);
  }
  if (changes.size === 0 && build.rejectsEmptyUpdate) return request.notice('NO UPDATES DEFINED', '');
  const [message, data] = ['PHONE HAS BEEN UPDATED', `${key}|`];
  const [server, extension] = [request.get('server_ip'), request.get('extension')];
  const columns = asColumns(request, changes);
  if (!columns) return request.sqlFailure(message, data, () => store.requestRebuild(server));
  return request.success(message, data, () => {
    // Another call may have changed or deleted the row since the checks.
    const row = store.phone(server, extension);
    if (row) store.putPhone({ ...row, ...columns });
    else store.requestRebuild(server);
  });
}

/** The changes as the columns have them; undefined where one breaks the statement, which has the whole string. */
function asColumns(request: ApiRequest, changes: ReadonlyMap<string, string>): Phone | undefined {
  const columns: Phone = {};
  for (const [name, value] of changes) {
    const text = quotedText(value);
    if (text === undefined) return undefined;
    columns[name] = request.column(name, text);
  }
  return columns;
}

/** The editable fields, in the order in which they are checked. */
const fields: readonly Field[] = [
  {
    name: 'local_gmt',
    edit: (value, request) =>
      isTimezone(value) ? { stored: value } : request.error('YOU MUST USE A VALID TIMEZONE', value),
  },
  {
    name: 'email',
    edit: (value, request) =>
      clearable(value, request, request.build.minEmailLength, 300, 'YOU MUST USE A VALID EMAIL'),
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
      protocols.includes(value) ? { stored: value } : request.error('YOU MUST USE A VALID PROTOCOL', value),
  },
  {
    name: 'phone_pass',
    edit: (value, request) => bounded(value, request, 2, 30, 'YOU MUST USE A VALID PHONE PASSWORD'),
  },
  { name: 'phone_login', edit: editLogin },
  {
    name: 'voicemail_id',
    edit: (value, request) => clearable(value, request, 2, 30, 'YOU MUST USE A VALID VOICEMAIL NUMBER'),
  },
  {
    name: 'dialplan_number',
    edit: (value, request) => bounded(value, request, 3, 30, 'YOU MUST USE A VALID DIALPLAN NUMBER'),
  },
  {
    name: 'active',
    edit: (value, request) =>
      isYesNo(value) ? { stored: value } : request.error('ACTIVE MUST BE Y OR N, THIS IS AN OPTIONAL FIELD', value),
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
    sinceBuild: 180331,
    // The word reaches this point only in older builds that strip nothing.
    edit: (value, request) =>
      clearable(value, request, 6, 18, 'OUTBOUND ALT CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD'),
  },
  {
    name: 'phone_ring_timeout',
    sinceBuild: 180331,
    edit: (value, request) =>
      Number(value) >= 2 && Number(value) <= 180
        ? { stored: String(Number(value)) }
        : // The server prints the wrong field here.
          request.error(
            'PHONE RING TIMEOUT MUST BE FROM 2 TO 180 SECONDS, THIS IS AN OPTIONAL FIELD',
            request.get('outbound_alt_cid'),
          ),
  },
  {
    name: 'delete_vm_after_email',
    sinceBuild: 180331,
    edit: (value, request) =>
      isYesNo(value)
        ? { stored: value }
        : request.error('DELETE VOICEMAIL AFTER EMAIL MUST BE Y OR N, THIS IS AN OPTIONAL FIELD', value),
  },
  {
    name: 'is_webphone',
    sinceBuild: 200622,
    edit: (value) => (webphoneValues.includes(value.toUpperCase()) ? { stored: value.toUpperCase() } : undefined),
  },
  { name: 'webphone_auto_answer', sinceBuild: 200622, edit: yesNoOrIgnored },
  { name: 'use_external_server_ip', sinceBuild: 200622, edit: yesNoOrIgnored },
  { name: 'on_hook_agent', sinceBuild: 200622, edit: yesNoOrIgnored },
  { name: 'template_id', sinceBuild: 200622, edit: editTemplate },
];

function bounded(value: string, request: ApiRequest, min: number, max: number, message: string): Edit {
  const length = byteLength(value);
  return length >= min && length <= max ? { stored: value } : request.error(message, value);
}

function clearable(value: string, request: ApiRequest, min: number, max: number, message: string): Edit {
  return value === '--BLANK--' ? { stored: '' } : bounded(value, request, min, max, message);
}

function yesNoOrIgnored(value: string): Edit {
  return isYesNo(value.toUpperCase()) ? { stored: value.toUpperCase() } : undefined;
}

/** A login is taken only by a phone whose extension and server both differ: a duplicate on the same server passes. */
function editLogin(value: string, request: ApiRequest, phone: Phone): Edit {
  const differs = (name: string, each: Phone) => !isSame(each[name] ?? '', phone[name] ?? '');
  const taken =
    request.store.hasLogin(request.key('phone_login')) &&
    request.store.phones.some(
      (each) => isSame(each.phone_login ?? '', value) && differs('extension', each) && differs('server_ip', each),
    );
  return taken ? request.error('LOGIN ALREADY EXISTS', value) : { stored: value };
}

function editTemplate(value: string, request: ApiRequest): Edit {
  if (value.toUpperCase() === '--BLANK--') return { stored: '' };
  if (byteLength(value) < 2) return undefined;
  if (request.store.hasTemplate(request.key('template_id'))) return { stored: value };
  return request.error(
    'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD',
    `${request.get('phone_login')}|${value}`,
  );
}
