/**
 * A VICIdial server with room for one phone, written from the API facts (sections 4 to 6) by hand: it shares nothing
 * with the tables under test, so that a mistake there is not mirrored here.
 */
import type { Operation } from '../../src/model/operation';
import { Secret } from '../../src/model/secret';

export type Row = Readonly<Record<string, string>>;
type Sent = Readonly<Record<string, string>>;
/** What a check makes of a value: a text to store, null to ignore it, undefined to refuse the call. */
type Rule = (value: string) => string | null | undefined;

const offsets =
  '12.75 12.00 11.00 10.00 9.50 9.00 8.00 7.00 6.50 6.00 5.75 5.50 5.00 4.50 4.00 3.50 3.00 2.00 1.00 0.00 -1.00 -2.00 -3.00 -3.50 -4.00 -5.00 -6.00 -7.00 -8.00 -9.00 -10.00 -11.00 -12.00'.split(
    ' ',
  );

const word = '-_0-9L';
const stays: Readonly<Record<string, string>> = {
  server_ip: '-.:_0-9L',
  extension: word,
  phone_login: word,
  phone_pass: word,
  registration_password: word,
  phone_context: word,
  admin_user_group: word,
  template_id: word,
  dialplan_number: '*#0-9L',
  voicemail_id: '0-9L',
  phone_full_name: '- +._0-9L',
  outbound_cid: '0-9',
  outbound_alt_cid: '0-9L',
  email: "- '+.:/@%_0-9L",
  phone_ring_timeout: '0-9',
  local_gmt: '-.0-9',
  protocol: '0-9L',
  active: 'A-Z',
  delete_phone: 'A-Z',
  delete_vm_after_email: 'L',
};

const columns: Readonly<Record<string, number>> = {
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
};

const long =
  (least: number, most: number): Rule =>
  (value) =>
    [...value].length >= least && [...value].length <= most ? value : undefined;
const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value) ? value : undefined;
const anyCaseOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value.toUpperCase()) ? value.toUpperCase() : null;
const timezone: Rule = (value) =>
  offsets.some((offset) => value === offset || (value.trim() !== '' && Number(value) === Number(offset)))
    ? value
    : undefined;

const edits: Readonly<Record<string, Rule>> = {
  local_gmt: timezone,
  email: long(5, 300),
  phone_context: long(2, 30),
  phone_full_name: long(2, 30),
  registration_password: long(2, 30),
  protocol: oneOf('IAX2', 'SIP', 'Zap', 'EXTERNAL'),
  phone_pass: long(2, 30),
  phone_login: (value) => value,
  voicemail_id: long(2, 30),
  dialplan_number: long(3, 30),
  active: oneOf('Y', 'N'),
  outbound_cid: long(6, 18),
  admin_user_group: long(2, 20),
  outbound_alt_cid: long(6, 18),
  phone_ring_timeout: (value) => (Number(value) >= 2 && Number(value) <= 180 ? value : undefined),
  delete_vm_after_email: oneOf('Y', 'N'),
  is_webphone: anyCaseOf('Y', 'N', 'Y_API_LAUNCH'),
  webphone_auto_answer: anyCaseOf('Y', 'N'),
  use_external_server_ip: anyCaseOf('Y', 'N'),
  on_hook_agent: anyCaseOf('Y', 'N'),
  template_id: (value) => (value.length < 2 ? null : value),
};

const clearable = ['email', 'phone_context', 'phone_full_name', 'registration_password', 'template_id'];
const needed = [
  'extension',
  'dialplan_number',
  'voicemail_id',
  'phone_login',
  'phone_pass',
  'server_ip',
  'protocol',
  'registration_password',
  'phone_full_name',
  'local_gmt',
  'outbound_cid',
];
const optional = ['phone_context', 'email', 'admin_user_group'];
const optionalLately = [
  'is_webphone',
  'webphone_auto_answer',
  'use_external_server_ip',
  'on_hook_agent',
  'template_id',
];
const unset: Row = {
  phone_context: 'default',
  email: '',
  admin_user_group: '---ALL---',
  outbound_alt_cid: '',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
  is_webphone: 'N',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  template_id: '',
  active: 'Y',
};

export class SmallServer {
  row: Row | null = null;

  constructor(private readonly nonLatin = false) {}

  /** Carries out a call; false where the server refuses it. */
  call({ function: name, parameters: fields }: Operation): boolean {
    const sent = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, value instanceof Secret ? value.open() : value]),
    );
    return name === 'add_phone' ? this.#add(sent) : this.#update(sent);
  }

  #add(sent: Sent): boolean {
    const read = (name: string) => this.#strip(name, sent[name] ?? '');
    if (
      this.row ||
      needed.some((name) => read(name) === '') ||
      read('extension').length < 2 ||
      read('dialplan_number').length < 2
    )
      return false;
    if (
      edits.protocol?.(read('protocol')) === undefined ||
      timezone(read('local_gmt')) === undefined ||
      read('email').includes("'")
    )
      return false;
    const row: Record<string, string> = { ...unset };
    for (const name of [...needed, ...optional]) if (read(name) !== '') row[name] = cut(name, read(name));
    for (const name of optionalLately) {
      const value = read(name) === '' ? null : edits[name]?.(read(name));
      if (typeof value === 'string') row[name] = cut(name, value);
    }
    this.row = row;
    return true;
  }

  #update(sent: Sent): boolean {
    const same = (name: string) =>
      this.row?.[name]?.toLowerCase() === this.#strip(name, sent[name] ?? '').toLowerCase();
    if (!this.row || !same('server_ip') || !same('extension')) return false;
    if (sent.delete_phone === 'Y') {
      this.row = null;
      return true;
    }
    const row: Record<string, string> = { ...this.row };
    for (const [name, rule] of Object.entries(edits)) {
      const blank = sent[name] === '--BLANK--' && clearable.includes(name);
      const value = this.#strip(name, sent[name] ?? '');
      if (!blank && value === '') continue;
      const stored = blank ? '' : rule(value);
      if (stored === undefined || stored?.includes("'")) return false;
      if (stored !== null) row[name] = cut(name, stored);
    }
    this.row = row;
    return true;
  }

  #strip(name: string, value: string): string {
    const kept = stays[name];
    if (kept === undefined) return value;
    const text = value.replace(new RegExp(`[^${kept.replace('L', this.nonLatin ? '\\p{L}' : 'a-zA-Z')}]`, 'gu'), '');
    return name === 'email' ? text.replaceAll('+', ' ') : text;
  }
}

function cut(name: string, value: string): string {
  return [...value].slice(0, columns[name]).join('');
}
