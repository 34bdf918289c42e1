/**
 * The identity of an object: `server_ip` and `extension` of a phone, written `SERVER_IP/EXTENSION`; the `alias_id` of a
 * phone alias. The server compares strings case-insensitively and without accents, so ids that differ only in these name one object.
 */
import { oncePer } from '../once-per';
import { byteLength, isAscii, quote, showUnseen, stripCharacters, type CharacterOptions } from './characters';
import { PhonestateError } from './failures';
import { stringValue, type FieldValues, type ObjectType } from './field-definition';
import type { ObjectRef } from './operation';
import { describeOthers, sentences } from './validation-messages';

/** The names of the fields that make up the key, in the order of the field table. */
export const keyFields = oncePer(({ fields }: ObjectType): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name]?.key),
);

/** The id of an object in state, which is also its import id. */
export function objectId(type: ObjectType, values: FieldValues): string {
  return type.idFields.map((name) => stringValue(values, name)).join('/');
}

/** The object that has these values, which hold its whole key. */
export function objectRef(type: ObjectType, values: FieldValues): ObjectRef {
  const login = type.loginField === undefined ? '' : stringValue(values, type.loginField);
  return {
    type,
    key: Object.fromEntries(keyFields(type).map((name) => [name, values[name] ?? null])),
    id: objectId(type, values),
    ...(login === '' ? {} : { login }),
  };
}

/**
 * Reads an import id.
 *
 * @param options without `nonLatin`, which letters the system allows is not known, and those of every script pass
 * @returns the values of the key fields
 * @throws PhonestateError `import-id` when it is anything else, `key-not-addressable` when the API cannot address it
 */
export function parseObjectId(type: ObjectType, id: string, options: CharacterOptions = {}): FieldValues {
  // Terraform normalises the strings of a configuration, and not what is given on its command line.
  const values = splitObjectId(type, id.normalize('NFC'));
  const isWhole = id.split('/').length === type.idFields.length && Object.values(values).every((value) => value !== '');
  if (isWhole) return requireAddressable(type, values, options);
  const [form, example] = [type.idFields.map((name) => name.toUpperCase()).join('/'), exampleId(type)];
  throw PhonestateError.of('import-id', {
    what: `${quote(id)} is not the id of a ${type.noun}. The id is ${form}, for example ${example}.`,
  });
}

/** The values of the key fields in an id. The empty string where the id has fewer parts; parts too many are left out. */
export function splitObjectId(type: ObjectType, id: string): Record<string, string> {
  const parts = id.split('/');
  return Object.fromEntries(type.idFields.map((name, index) => [name, parts[index] ?? '']));
}

/** The key fields that no call can carry. */
function unaddressable(
  type: ObjectType,
  values: Readonly<Record<string, string>>,
  { nonLatin = true }: CharacterOptions,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = type.fields[name];
    if (!field) return [];
    if (stripCharacters(value, field.allowedCharacters, { nonLatin }) !== value) {
      const allowed = `${name} is ${quote(value)}; it takes ${field.allowedCharacters.description}.`;
      return [sentences(allowed, describeOthers(field, value))];
    }
    const [min, max] = [Math.min(field.create.min, field.update.min), field.update.max ?? Infinity];
    // The API counts bytes, and the column characters: one letter of another script is long enough (vicidial-api.md, section 6).
    const [bytes, { length }] = [byteLength(value), [...value]];
    if (bytes >= min && bytes <= max && length <= field.columnLength) return [];
    const unit = bytes === length || length > field.columnLength ? 'characters' : `bytes, and has ${bytes}`;
    return [`${name} is ${quote(value)}; it takes ${min} to ${Math.min(max, field.columnLength)} ${unit}.`];
  });
}

function requireAddressable(type: ObjectType, values: Record<string, string>, options: CharacterOptions): FieldValues {
  const problems = unaddressable(type, values, options);
  if (problems.length === 0) return values;
  const what = `The ${type.noun} ${showUnseen(objectId(type, values))} cannot be imported: ${problems.join(' ')}`;
  throw PhonestateError.of('key-not-addressable', { what });
}

function exampleId(type: ObjectType): string {
  return type.idFields.map((name) => type.fields[name]?.example).join('/');
}

/** The command that imports an object. Terraform does not give a provider the address: NAME is for the user. */
export function importCommand({ type, id }: ObjectRef): string {
  return `terraform import ${type.resourceType}.NAME ${id}`;
}

/**
 * The form in which two identities of one object are equal strings: of a phone id, a phone login or the id of a phone
 * alias. The server's collation ignores case and accents, so that `cafe`, `café` and `CAFÉ` are one extension
 * (vicidial-api.md, section 6). Upper case, as it is the one that has no variants at the end of a word (`ς`, `σ`).
 * Never shown: messages show an identity as it was written.
 */
export function identityKey(identity: string): string {
  // Most identities are ASCII, and a plan folds several for each object.
  if (isAscii(identity)) return identity.toUpperCase();
  return [...identity.normalize('NFC')].map(foldLetter).join('').toUpperCase();
}

/** The scripts whose accents the collation ignores. In others a mark makes another letter. */
const accented = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]/u;

function foldLetter(letter: string): string {
  // To the collation the first is a letter of its own, and the second an s.
  if (letter === 'й' || letter === 'Й') return letter;
  if (letter === 'ß') return 'S';
  return accented.test(letter) ? letter.normalize('NFD').replace(/\p{M}/gu, '') : letter;
}

/** Whether the server takes two strings for the same key, phone login or phone alias id. */
export function equalIdentities(a: string, b: string): boolean {
  return a === b || identityKey(a) === identityKey(b);
}
