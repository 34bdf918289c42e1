/** Whether a list of logins survives the server, which reads it as one text with commas (API facts, section 7). */
import { strip, type Alphabet } from './characters';
import { failure, type Failure } from './failures';
import type { Field } from './field';
import { quote, sayCharacters, sayLength } from './wording';

/**
 * Checks the logins of an alias. The creating and the updating call take the same.
 *
 * @param name the field's API name
 * @returns no failure, or the first one
 */
export function checkLogins(name: string, field: Field, logins: readonly string[], alphabet: Alphabet): Failure[] {
  if (logins.length === 0) return [failure('value-empty', { field: name, what: `${name} lists no login. An alias has at least one.` })];
  for (const login of logins) {
    const what = wrongLogin(name, field, login, alphabet);
    if (what) return [failure('value-characters', { field: name, what })];
  }
  const text = logins.join(',');
  const { min, max = field.column } = field.update;
  const length = [...text].length;
  if (length >= min && length <= max) return [];
  return [failure('value-length', { field: name, what: `${name} has ${sayLength(text)} in all; VICIdial would refuse it. It takes ${min} to ${max}.` })];
}

function wrongLogin(name: string, field: Field, login: string, alphabet: Alphabet): string | undefined {
  if (login === '') return `${name} lists an empty login. Take it out of the list.`;
  if (login.includes(',')) return `${name} lists ${quote(login)}; VICIdial would read more than one login in it. List each by itself.`;
  const kept = strip(login, field.kept, alphabet);
  if (kept === login) return undefined;
  return `${name} lists ${quote(login)}; VICIdial would ${kept === '' ? 'strip it to nothing' : `store ${quote(kept)}`}. ${sayCharacters(field, login)}`;
}
