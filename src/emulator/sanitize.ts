/** What the server does to a value silently: it strips characters, and the column truncates (vicidial-api.md, section 6). */

/** The allowed characters of each parameter, as the body of a regular-expression class; `L` stands for letters. */
const allowedCharacters: Readonly<Record<string, string>> = {
  user: '\\-_0-9L',
  pass: '\\-_0-9L',
  source: '0-9L',
  server_ip: '\\-.:_0-9L',
  extension: '\\-_0-9L',
  phone_login: '\\-_0-9L',
  phone_pass: '\\-_0-9L',
  registration_password: '\\-_0-9L',
  phone_context: '\\-_0-9L',
  admin_user_group: '\\-_0-9L',
  template_id: '\\-_0-9L',
  alias_id: '\\-_0-9L',
  dialplan_number: '*#0-9L',
  voicemail_id: '0-9L',
  phone_full_name: '\\- +._0-9L',
  outbound_cid: '0-9',
  outbound_alt_cid: '0-9L',
  email: "\\- '+.:/@%_0-9L",
  phone_ring_timeout: '0-9',
  local_gmt: '\\-.0-9',
  protocol: '0-9L',
  active: 'A-Z',
  delete_phone: 'A-Z',
  delete_alias: 'A-Z',
  delete_vm_after_email: 'L',
  is_webphone: '_L',
  webphone_auto_answer: 'L',
  use_external_server_ip: 'L',
  on_hook_agent: 'L',
  alias_name: '\\- +.:/@_0-9L',
  phone_logins: '\\-,_0-9L',
};

/** The max length of each column, in characters. */
const columnLengths: Readonly<Record<string, number>> = {
  extension: 100,
  server_ip: 15,
  dialplan_number: 20,
  voicemail_id: 10,
  phone_login: 15,
  phone_pass: 100,
  phone_full_name: 50,
  local_gmt: 6,
  outbound_cid: 20,
  outbound_alt_cid: 20,
  email: 100,
  template_id: 15,
  phone_context: 20,
  registration_password: 100,
  admin_user_group: 20,
  alias_id: 20,
  alias_name: 50,
  phone_logins: 255,
};

const patterns = new Map<string, RegExp>();

/**
 * What the server reads of a parameter.
 *
 * @param letters the letters that the server keeps, as the body of a regular-expression class
 */
export function stripCharacters(name: string, value: string, letters: string): string {
  const key = `${name} ${letters}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    pattern = new RegExp(`[^${(allowedCharacters[name] ?? '\\s\\S').replace('L', letters)}]`, 'gu');
    patterns.set(key, pattern);
  }
  const stripped = value.replace(pattern, '');
  return name === 'email' ? stripped.replaceAll('+', ' ') : stripped;
}

/** What a column stores of a value: MySQL truncates it without an error. */
export function truncateToColumn(name: string, value: string): string {
  return [...value].slice(0, columnLengths[name]).join('');
}
