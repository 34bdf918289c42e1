/** Whether a list of logins survives the server, which reads it as one text with commas (API facts, section 7). */
import { stripCharacters, type CharacterOptions } from './characters';
import { failure, type Failure } from './failures';
import type { FieldDefinition } from './field-definition';
import { quote, describeCharacters, describeLength } from './validation-messages';

/**
 * Checks the logins of an alias. The creating and the updating call take the same.
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
  if (logins.length === 0)
    return [failure('value-empty', { field: name, what: `${name} lists no login. An alias has at least one.` })];
  for (const login of logins) {
    const what = describeInvalidLogin(name, field, login, options);
    if (what) return [failure('value-characters', { field: name, what })];
  }
  const text = logins.join(',');
  const { min, max = field.columnLength } = field.update;
  const length = [...text].length;
  if (length >= min && length <= max) return [];
  return [
    failure('value-length', {
      field: name,
      what: `${name} has ${describeLength(text)} in all; VICIdial would refuse it. It takes ${min} to ${max}.`,
    }),
  ];
}

function describeInvalidLogin(
  name: string,
  field: FieldDefinition,
  login: string,
  options: CharacterOptions,
): string | undefined {
  if (login === '') return `${name} lists an empty login. Take it out of the list.`;
  if (login.includes(','))
    return `${name} lists ${quote(login)}; VICIdial would read more than one login in it. List each by itself.`;
  const kept = stripCharacters(login, field.allowedCharacters, options);
  if (kept === login) return undefined;
  return `${name} lists ${quote(login)}; VICIdial would ${kept === '' ? 'strip it to nothing' : `store ${quote(kept)}`}. ${describeCharacters(field, login)}`;
}
