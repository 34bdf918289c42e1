/**
 * Identity of a phone: `server_ip` and `extension`, written `SERVER_IP/EXTENSION`. Of an alias: its `alias_id`.
 * The server compares text without regard to case, so ids that differ only in case are one object.
 */
import { stripCharacters } from './characters';
import { fail } from './failures';
import { phoneFields } from './phone-fields';
import { quote } from './validation-messages';

export interface PhoneKey {
  readonly server_ip: string;
  readonly extension: string;
}

/** The id of a phone in state, and the id to import it by. */
export function phoneId(key: PhoneKey): string {
  return `${key.server_ip}/${key.extension}`;
}

/**
 * Reads `SERVER_IP/EXTENSION`.
 *
 * @throws PhonestateError `import-id` when it is anything else, or names a phone that no server can have
 */
export function parsePhoneId(id: string): PhoneKey {
  const [server_ip, extension, ...rest] = id.split('/');
  if (server_ip && extension && rest.length === 0 && isAddressable({ server_ip, extension }))
    return { server_ip, extension };
  throw fail('import-id', {
    what: `${quote(id)} is not the id of a phone. It is SERVER_IP/EXTENSION, for example 10.0.0.11/55000.`,
  });
}

/** A key that the server would strip is that of another phone. The letters that it keeps depend on the system. */
function isAddressable(key: PhoneKey): boolean {
  return (['server_ip', 'extension'] as const).every(
    (name) => stripCharacters(key[name], phoneFields[name].allowedCharacters, { nonLatin: true }) === key[name],
  );
}

/** Whether the server takes two texts for the same key. */
export function equalIgnoringCase(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

/**
 * The form in which two identities of one object are equal strings: of a phone id, a phone login or the id of a phone
 * alias. The server's collation ignores case and accents, so that `cafe`, `café` and `CAFÉ` are one extension
 * (vicidial-api.md, section 6). Upper case, as it is the one that has no variants at the end of a word (`ς`, `σ`).
 * Never shown: messages show an identity as it was written.
 */
export function identityKey(identity: string): string {
  // Most identities are ASCII, and a plan folds several for each object.
  if (ascii.test(identity)) return identity.toUpperCase();
  return identity.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

// eslint-disable-next-line no-control-regex -- the whole of ASCII, control characters included
const ascii = /^[\u0000-\u007f]*$/u;
