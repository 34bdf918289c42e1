/** The keys that a conformance run uses. All begin with its prefix: nothing else on the server is looked up or changed. */
import type { Pair } from './recording';
import { parametersOf, type Call } from './send-call';

/** A key of a phone or of a phone alias, as it is sent. */
export type Key = { readonly server: string; readonly extension: string } | { readonly aliasId: string };

export interface Keys {
  readonly extensions: readonly string[];
  readonly logins: readonly string[];
  readonly aliasIds: readonly string[];
}

const extensionWidth = 100;
const aliasIdWidth = 20;
/** Letters and digits only: every server stores it as it is, in front of whatever follows. */
const validPrefix = /^[0-9a-z]{3,8}$/iu;

/**
 * Few enough that most calls meet a phone that exists. Without apostrophes and the like, which old builds do not strip, and
 * without letters of four bytes, which are stored as something that cannot be looked up.
 *
 * @throws Error where the prefix is not one
 */
export function keysUnder(prefix: string): Keys {
  if (!validPrefix.test(prefix))
    throw new Error(`The prefix ${prefix} must have three to eight letters and digits, such as pstest.`);
  const common = ['1', '2', '3', 'a', 'A'].map((end) => `${prefix}${end}`);
  const long = (width: number) => ['x', 'y'].map((end) => `${prefix.padEnd(width, '0')}${end}`);
  return {
    extensions: [...common, `${prefix}4!`, `${prefix}-_`, `${prefix}é`, `${prefix}e`, ...long(extensionWidth)],
    logins: [
      ...common,
      `${prefix}5`,
      `${prefix}6`,
      `${prefix}7`,
      `${prefix}!1`,
      `${prefix}é`,
      `${prefix}e`,
      `${prefix}0123456789`,
    ],
    aliasIds: [...common, `${prefix}é`, ...long(aliasIdWidth)],
  };
}

/** Under which a row may be stored that was sent with a key: the column truncates. */
export function storedKeys(key: Key): Key[] {
  if ('aliasId' in key) return distinct(key, { aliasId: cut(key.aliasId, aliasIdWidth) });
  return distinct(key, { ...key, extension: cut(key.extension, extensionWidth) });
}

function distinct(sent: Key, stored: Key): Key[] {
  return nameOf(sent) === nameOf(stored) ? [sent] : [sent, stored];
}

function cut(value: string, width: number): string {
  return [...value].slice(0, width).join('');
}

/** `10.0.0.11/pstest1`, or the id of an alias. */
export function nameOf(key: Key): string {
  return 'aliasId' in key ? `alias ${key.aliasId}` : `${key.server}/${key.extension}`;
}

/** The objects that a call may write, one for each key that it carries. */
export function keysOf(call: Call): Key[] {
  const sent = (name: string) => parametersOf(call).flatMap((pair) => (pair[0] === name ? [pair[1]] : []));
  return [
    ...sent('server_ip').flatMap((server) => sent('extension').map((extension) => ({ server, extension }))),
    ...sent('alias_id').map((aliasId) => ({ aliasId })),
  ];
}

/**
 * The last check before a call goes out.
 *
 * @throws Error where it carries a key, a login or an id that does not begin with the prefix
 */
export function requireOwnKeys(call: Call, prefix: string): void {
  const foreign = parametersOf(call).find((pair) => !isOwn(pair, prefix));
  if (foreign) throw new Error(`A call with ${foreign[0]}=${foreign[1]} is not sent: it is not under ${prefix}.`);
}

const keyNames = ['extension', 'phone_login', 'alias_id', 'phone_logins'];

function isOwn([name, value, isEncoded = false]: Pair, prefix: string): boolean {
  if (!keyNames.includes(name)) return true;
  const members = name === 'phone_logins' ? value.split(',') : [value];
  return !isEncoded && members.every((member) => member === '' || member.startsWith(prefix));
}
