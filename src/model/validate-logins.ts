/** Validates the phone logins of a phone alias, which the server reads as one string with commas (vicidial-api.md, section 7). */
import { byteLength, quote, stripCharacters, type CharacterOptions } from './characters';
import { failure, type Failure } from './failures';
import type { FieldDefinition } from './field-definition';
import { describeCharacters, describeCountedLength } from './validation-messages';

/**
 * Validates a list of phone logins. The creating and the updating function accept the same.
 *
 * @param name the field's API name
 * @returns no failure, or the first one
 */
export function validateLogins(
  name: string,
  field: FieldDefinition,
  logins: readonly string[],
  options: CharacterOptions,
): Failure[] {
  if (logins.length === 0) {
    return [
      failure('value-empty', { field: name, what: `${name} is an empty list. A phone alias has at least one login.` }),
    ];
  }
  for (const login of logins) {
    const what = describeInvalidLogin(name, field, login, options);
    if (what) return [failure('value-characters', { field: name, what })];
  }
  const joined = logins.join(',');
  const { min, max = field.columnLength } = field.update;
  const length = byteLength(joined);
  if (length >= min && length <= max) return [];
  const what = `${name} has ${describeCountedLength(joined)} in total; VICIdial would refuse it. It takes ${min} to ${max}.`;
  return [failure('value-length', { field: name, what })];
}

function describeInvalidLogin(
  name: string,
  field: FieldDefinition,
  login: string,
  options: CharacterOptions,
): string | undefined {
  if (login === '') return `${name} has an empty login. Remove it from the list.`;
  if (login.includes(',')) {
    return `${name} has the login ${quote(login)}; VICIdial would read it as more than one login. List each login by itself.`;
  }
  const remaining = stripCharacters(login, field.allowedCharacters, options);
  if (remaining === login) return undefined;
  const outcome = remaining === '' ? 'strip it to nothing' : `store ${quote(remaining)}`;
  return `${name} has the login ${quote(login)}; VICIdial would ${outcome}. ${describeCharacters(field, login)}`;
}
