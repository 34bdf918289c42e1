/** The function add_phone (vicidial-api.md, section 4). */
import { sqlFailure, type ApiRequest, type Outcome } from './request';
import type { Phone } from './store';
import { truncateToColumn } from './sanitize';
import { isTimezone, isYesNo, protocols, webphoneValues } from './allowed-values';

/** The required fields with their min length, in the order in which a refusal lists them. */
const required: readonly (readonly [name: string, minLength: number])[] = [
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

/** What the function stores of a new phone in any case; the other columns have their defaults. */
const defaults: Phone = { email: '', active: 'Y', status: 'ACTIVE', template_id: '' };

/** The build that brought is_webphone, webphone_auto_answer, use_external_server_ip, on_hook_agent and template_id. */
const webphoneSinceBuild = 200622;

export function addPhone(request: ApiRequest): Outcome {
  const { store } = request;
  const get = (name: string) => request.get(name);
  const complete =
    required.every(([name, minLength]) => get(name).length >= minLength) && protocols.includes(get('protocol'));
  if (!complete)
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', required.map(([name]) => get(name)).join('|'));
  const [server, extension] = [get('server_ip'), get('extension')];
  if (!store.hasServer(server)) return request.error('SERVER DOES NOT EXIST', server);
  // Phones that the user may not view count here, although update_phone does not find them.
  if (store.phone(server, extension))
    return request.error('PHONE ALREADY EXISTS ON THIS SERVER', `${server}|${extension}`);
  if (store.hasLogin(get('phone_login'))) return request.error('PHONE LOGIN ALREADY EXISTS', get('phone_login'));
  if (!isTimezone(get('local_gmt'))) return request.error('YOU MUST USE A VALID TIMEZONE', get('local_gmt'));
  const template = hasWebphone(request) ? get('template_id') : '';
  if (template !== '' && !store.hasTemplate(template))
    return request.error('TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD', `${get('phone_login')}|${template}`);
  if (get('email').includes("'")) return sqlFailure;
  const data = [extension, server, get('protocol'), get('dialplan_number')].join('|');
  return request.success('PHONE HAS BEEN ADDED', data, () => store.putPhone(newPhone(request)));
}

function newPhone(request: ApiRequest): Phone {
  return {
    ...defaults,
    ...optionalColumns(request),
    ...Object.fromEntries(required.map(([name]) => [name, truncateToColumn(name, request.get(name))])),
  };
}

function optionalColumns(request: ApiRequest): Phone {
  const columns: Phone = {};
  const names = ['email', 'phone_context', 'admin_user_group', ...(hasWebphone(request) ? ['template_id'] : [])];
  for (const name of names) {
    if (request.get(name) !== '') columns[name] = truncateToColumn(name, request.get(name));
  }
  if (!hasWebphone(request)) return columns;
  for (const name of ['is_webphone', 'webphone_auto_answer', 'use_external_server_ip', 'on_hook_agent']) {
    const value = request.get(name).toUpperCase();
    // Any other value is ignored silently.
    if (name === 'is_webphone' ? webphoneValues.includes(value) : isYesNo(value)) columns[name] = value;
  }
  return columns;
}

function hasWebphone({ build }: ApiRequest): boolean {
  return build.number >= webphoneSinceBuild;
}
