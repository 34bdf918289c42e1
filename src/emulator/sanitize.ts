/** The characters that the server strips from a parameter silently, before any check (vicidial-api.md, section 6). */
import type { Build } from './builds';

/** Which letters and digits a parameter keeps besides the characters of its row. */
type Allowed = 'letters' | 'ascii' | 'asciiLetters' | 'digits' | 'capitals';

interface Rule {
  readonly allowed: Allowed;
  /** More characters, as the body of a regular-expression class. */
  readonly more: string;
}

const word: Rule = { allowed: 'letters', more: '\\-_' };
const asciiWord: Rule = { allowed: 'ascii', more: '\\-_' };

/** A parameter without a row is not stripped; the API reads none of these. */
const rules: Readonly<Record<string, Rule>> = {
  function: asciiWord,
  stage: asciiWord,
  user: word,
  pass: word,
  source: { allowed: 'letters', more: '' },
  server_ip: { allowed: 'ascii', more: '\\-.:_' },
  extension: word,
  phone_login: word,
  phone_pass: word,
  registration_password: word,
  phone_context: word,
  admin_user_group: word,
  template_id: word,
  alias_id: word,
  dialplan_number: { allowed: 'letters', more: '*#' },
  voicemail_id: { allowed: 'letters', more: '' },
  phone_full_name: { allowed: 'letters', more: '\\- +._' },
  outbound_cid: { allowed: 'digits', more: '' },
  outbound_alt_cid: { allowed: 'letters', more: '' },
  email: { allowed: 'letters', more: "\\- '+.:/@%_" },
  phone_ring_timeout: { allowed: 'digits', more: '' },
  local_gmt: { allowed: 'digits', more: '\\-.' },
  protocol: { allowed: 'ascii', more: '' },
  active: { allowed: 'capitals', more: '' },
  delete_phone: { allowed: 'capitals', more: '' },
  delete_alias: { allowed: 'capitals', more: '' },
  delete_vm_after_email: { allowed: 'asciiLetters', more: '' },
  is_webphone: word,
  webphone_auto_answer: word,
  use_external_server_ip: word,
  on_hook_agent: word,
  alias_name: { allowed: 'letters', more: '\\- +.:/@_' },
  phone_logins: { allowed: 'letters', more: '\\-,_' },
};

/** What older builds strip from all parameters but those of the login in a system with `use_non_latin`: almost nothing. */
const leftAsSent = new Set(Object.keys(rules).filter((name) => !['function', 'stage', 'user', 'pass'].includes(name)));

export interface Stripping {
  readonly build: Build;
  /** Whether the system keeps letters of every script. */
  readonly nonLatin: boolean;
}

const characterClasses: Readonly<Record<Allowed, string>> = {
  letters: '0-9a-zA-Z',
  ascii: '0-9a-zA-Z',
  asciiLetters: 'a-zA-Z',
  digits: '0-9',
  capitals: 'A-Z',
};

const patterns = new Map<string, RegExp>();

/** What the server reads of a parameter. */
export function stripCharacters(name: string, value: string, { build, nonLatin }: Stripping): string {
  const rule = rules[name];
  if (!rule || (nonLatin && !build.stripsNonLatin && leftAsSent.has(name))) return value;
  if (name === 'outbound_cid' && value === '---ALL---' && build.callerIdOfAll) return value;
  const { allowed, more } = ruleOfBuild(name, rule, build);
  const anyScript = nonLatin && allowed === 'letters';
  // PHP empties a value that is no UTF-8 where it looks for letters of any script.
  if (anyScript && /\p{Cs}/u.test(value)) return '';
  const key = `${allowed} ${more} ${anyScript}`;
  const characters = anyScript ? '0-9\\p{L}' : characterClasses[allowed];
  const pattern = patterns.get(key) ?? new RegExp(`[^${characters}${more}]`, 'gu');
  patterns.set(key, pattern);
  const stripped = value.replace(pattern, '');
  return name === 'email' ? stripped.replaceAll('+', ' ') : stripped;
}

function ruleOfBuild(name: string, rule: Rule, build: Build): Rule {
  if (name === 'server_ip' && !build.serverNames) return { allowed: 'digits', more: '.' };
  if (name === 'email' && !build.quotesInEmail) return { ...rule, more: '\\- +.:/@_' };
  return name === 'voicemail_id' && !build.lettersInVoicemailId ? { allowed: 'digits', more: '' } : rule;
}
