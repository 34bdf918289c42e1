/** The random values of a conformance run: those that a field accepts, those at its limits, and odd ones. */

export interface ValueContext {
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Whether the server keeps letters of every script. */
  readonly nonLatin: boolean;
  /** In each password, so that no phone of a run has one that can be guessed. */
  readonly secret: string;
  /** A template that the server has. */
  readonly template?: string | undefined;
  readonly prefix: string;
}

const lengths = [1, 2, 3, 4, 5, 6, 10, 15, 17, 18, 19, 20, 21, 29, 30, 31, 49, 50, 51, 99, 100, 101, 255, 300, 301];
/** Without apostrophes and backslashes: old builds with `use_non_latin` would have them in their statements. */
const characterSets = ['0123456789', 'abcXYZ019', 'abc XYZ+.:/@_-', '!;,$&=#*%()abc09', 'äéßабвЁ中日'];
const fixed = ['--BLANK--', '--blank--', '---ALL---', '---all---', '0', '-1', ' ', 'Y', 'N', 'y', 'Yes', 'no Y', 'YY'];

/** What a field is usually given: mostly valid. */
const usual: Readonly<Record<string, readonly string[]>> = {
  dialplan_number: ['8500', '85', '*8501', '8500#', '850'],
  voicemail_id: ['8500', '8', '85001234567', 'vm85'],
  protocol: ['SIP', 'IAX2', 'Zap', 'EXTERNAL', 'PJSIP', 'sip', 'SIP!', 'DAHDI'],
  phone_full_name: ['Desk 1', 'D', 'Desk_2.a+b', 'Käthe'],
  local_gmt: ['-5.00', '12.75', '-5', '5.5', '99', '+6.00', '0', '-3.50', '5.30', '-', '3.', '06.00', '-12.00'],
  outbound_cid: ['7275551212', '12345', '123456', '(727) 555-1212', '---ALL---', '1234567890123456789'],
  // An apostrophe breaks the statement, and two of them are one.
  email: ['a@example.com', 'a+b@example.com', 'a@b', "o'neil@example.com", "o''neil@example.com", 'a%b@example.com'],
  phone_context: ['default', 'x', 'trunkinbound', 'from-internal'],
  outbound_alt_cid: ['7275551213', '12345', 'abcdef', '--BLANK--'],
  phone_ring_timeout: ['60', '1', '2', '180', '181', '060', '2.5', 'x'],
  active: ['Y', 'N', 'Y ', 'y', 'yes', 'YES'],
  delete_vm_after_email: ['Y', 'N', 'y', 'Y!', 'X'],
  is_webphone: ['Y', 'N', 'Y_API_LAUNCH', 'y_api_launch', 'Y!', 'Y1', 'x'],
  webphone_auto_answer: ['Y', 'N', 'y', 'n!', 'no'],
  use_external_server_ip: ['Y', 'N', 'y', 'Y-'],
  on_hook_agent: ['Y', 'N', 'n', 'YN'],
  alias_name: ['Team 1', 'T', 'Team_1:a/b@c.d', 'Käthe'],
};

/** @param otherwise where there are no choices */
export function pick<T>(random: () => number, choices: readonly T[], otherwise: T): T {
  return choices[Math.floor(random() * choices.length)] ?? otherwise;
}

/** A value for a field that is no key. */
export function randomValue(name: string, context: ValueContext): string {
  const { random } = context;
  if (name === 'phone_pass' || name === 'registration_password') return randomPassword(context);
  if (name === 'template_id') return randomTemplate(context);
  // A group that the API user may not view would hide the phone from the end of the run.
  if (name === 'admin_user_group') return '---ALL---';
  return random() < 0.75 ? pick(random, usual[name] ?? fixed, '') : oddValue(context);
}

function oddValue({ random }: ValueContext): string {
  if (random() < 0.3) return pick(random, fixed, '');
  const letters = [...pick(random, characterSets, '0')];
  return Array.from({ length: pick(random, lengths, 1) }, () => pick(random, letters, '0')).join('');
}

/** Never one that can be guessed; some are longer than update_phone allows. */
function randomPassword({ random, secret }: ValueContext): string {
  const ends = ['', '', '', '!', ' x', '-_', 'é', secret, secret.repeat(6)];
  return `${secret}${pick(random, ends, '')}`;
}

function randomTemplate({ random, template, prefix }: ValueContext): string {
  const known = template === undefined ? [] : [template, template, template.toLowerCase(), `${template}!`];
  return pick(random, [...known, `${prefix}none`, 'x', '--BLANK--', '--blank--'], '');
}
