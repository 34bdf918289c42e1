/** The function add_phone. */
import { sqlFailure, type Reply, type Request } from './request';
import type { Phone } from './store';
import { truncateToColumn } from './sanitize';
import { isTimezone, isYesNo, protocols, webphoneValues } from './allowed-values';

/** Required, in the order in which a refusal lists them, with the fewest characters of each. */
const required: readonly (readonly [string, number])[] = [
  ['extension', 2],
  ['dialplan_number', 2],
  ['voicemail_id', 1],
  ['phone_login', 1],
  ['phone_pass', 1],
  ['server_ip', 1],
  ['protocol', 1],
  ['registration_password', 1],
  ['phone_full_name', 1],
  ['local_gmt', 1],
  ['outbound_cid', 1],
];

/** What a row has that the call did not set. */
const initial: Phone = {
  email: '',
  phone_context: 'default',
  active: 'Y',
  status: 'ACTIVE',
  admin_user_group: '---ALL---',
  outbound_alt_cid: '',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
  is_webphone: 'N',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  template_id: '',
};

export function addPhone(request: Request): Reply {
  const { store, build } = request;
  const get = (name: string) => request.get(name);
  const complete = required.every(([name, least]) => get(name).length >= least) && protocols.includes(get('protocol'));
  if (!complete)
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', required.map(([name]) => get(name)).join('|'));
  const [server, extension] = [get('server_ip'), get('extension')];
  if (!store.hasServer(server)) return request.error('SERVER DOES NOT EXIST', server);
  // Hidden phones exist here, although update_phone does not see them.
  if (store.phone(server, extension))
    return request.error('PHONE ALREADY EXISTS ON THIS SERVER', `${server}|${extension}`);
  if (store.hasLogin(get('phone_login'))) return request.error('PHONE LOGIN ALREADY EXISTS', get('phone_login'));
  if (!isTimezone(get('local_gmt'))) return request.error('YOU MUST USE A VALID TIMEZONE', get('local_gmt'));
  const template = build.webphone ? get('template_id') : '';
  if (template !== '' && !store.hasTemplate(template)) {
    return request.error('TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD', `${get('phone_login')}|${template}`);
  }
  if (get('email').includes("'")) return sqlFailure;
  store.putPhone({
    ...initial,
    ...optionalColumns(request),
    ...Object.fromEntries(required.map(([name]) => [name, truncateToColumn(name, get(name))])),
  });
  return request.success(
    'PHONE HAS BEEN ADDED',
    [extension, server, get('protocol'), get('dialplan_number')].join('|'),
  );
}

function optionalColumns(request: Request): Phone {
  const columns: Phone = {};
  for (const name of ['email', 'phone_context', 'admin_user_group']) {
    if (request.get(name) !== '') columns[name] = truncateToColumn(name, request.get(name));
  }
  if (!request.build.webphone) return columns;
  if (request.get('template_id') !== '')
    columns.template_id = truncateToColumn('template_id', request.get('template_id'));
  for (const name of ['is_webphone', 'webphone_auto_answer', 'use_external_server_ip', 'on_hook_agent']) {
    const value = request.get(name).toUpperCase();
    if (name === 'is_webphone' ? webphoneValues.includes(value) : isYesNo(value)) columns[name] = value;
  }
  return columns;
}
