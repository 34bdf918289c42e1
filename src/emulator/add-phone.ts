/** The function add_phone (vicidial-api.md, section 4). */
import { quotedText } from './columns';
import type { ApiRequest, Outcome } from './request';
import type { Phone } from './store';
import { isTimezone, isYesNo, protocols, webphoneValues } from './allowed-values';

/** The required fields with their min length in bytes, in the order in which a refusal lists them. */
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

const optional = ['email', 'phone_context', 'admin_user_group'];

/** What the function stores of a new phone in any case; the other columns have their defaults. */
const defaults: Phone = { email: '', active: 'Y', status: 'ACTIVE', template_id: '' };

/** The build that brought is_webphone, webphone_auto_answer, use_external_server_ip, on_hook_agent and template_id. */
const webphoneSinceBuild = 200622;

export function addPhone(request: ApiRequest): Outcome {
  const { store } = request;
  const get = (name: string) => request.get(name);
  const complete =
    required.every(([name, minLength]) => request.lengthOf(name) >= minLength) && protocols.includes(get('protocol'));
  if (!complete)
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', required.map(([name]) => get(name)).join('|'));
  const [server, extension] = [get('server_ip'), get('extension')];
  if (!store.hasServer(server)) return request.error('SERVER DOES NOT EXIST', server);
  // Phones that the user may not view count here, although update_phone does not find them.
  if (store.phone(server, request.key('extension')))
    return request.error('PHONE ALREADY EXISTS ON THIS SERVER', `${server}|${extension}`);
  if (store.hasLogin(request.key('phone_login')))
    return request.error('PHONE LOGIN ALREADY EXISTS', get('phone_login'));
  if (!isTimezone(get('local_gmt'))) return request.error('YOU MUST USE A VALID TIMEZONE', get('local_gmt'));
  const template = readTemplate(request);
  if (template !== '' && !store.hasTemplate(template))
    return request.error('TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD', `${get('phone_login')}|${template}`);
  const phone = newPhone(request, template);
  const data = [extension, server, get('protocol'), get('dialplan_number')].join('|');
  const message = 'PHONE HAS BEEN ADDED';
  const rebuild = () => store.requestRebuild(server);
  if (!phone) return request.sqlFailure(message, data, rebuild);
  return request.inserted(message, data, {
    // The look-up above was with the extension as it was sent; this is the one that the column has truncated.
    isTaken: () => store.phone(phone.server_ip ?? '', phone.extension ?? '') !== undefined,
    write: () => store.putPhone(phone),
    afterwards: rebuild,
  });
}

/** The row; undefined where a value breaks the statement. */
function newPhone(request: ApiRequest, template: string): Phone | undefined {
  const sent: Record<string, string> = { ...optionalColumns(request), template_id: template };
  for (const [name] of required) sent[name] = request.get(name);
  const phone: Phone = { ...defaults };
  for (const [name, value] of Object.entries(sent)) {
    const text = quotedText(value);
    if (text === undefined) return undefined;
    phone[name] = request.column(name, text);
  }
  return phone;
}

function optionalColumns(request: ApiRequest): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const name of optional) {
    if (request.lengthOf(name) > 0) columns[name] = request.get(name);
  }
  if (!hasWebphone(request)) return columns;
  for (const name of ['is_webphone', 'webphone_auto_answer', 'use_external_server_ip', 'on_hook_agent']) {
    const value = request.get(name).toUpperCase();
    // Any other value is ignored silently.
    if (name === 'is_webphone' ? webphoneValues.includes(value) : isYesNo(value)) columns[name] = value;
  }
  return columns;
}

/** The template, or nothing where it is ignored: one character, and the word that clears fields. */
function readTemplate(request: ApiRequest): string {
  if (!hasWebphone(request) || request.lengthOf('template_id') < 2) return '';
  const value = request.key('template_id');
  return value === '--BLANK--' ? '' : value;
}

function hasWebphone({ build }: ApiRequest): boolean {
  return build.number >= webphoneSinceBuild;
}
