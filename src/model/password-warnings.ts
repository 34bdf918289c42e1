/** What VICIdial accepts and a careful reviewer would not. Each is a warning, not an error. */
import { failure, type Failure } from './failures';
import type { FieldValue, FieldValues } from './field-definition';
import { equalIgnoringCase } from './identity';
import { Secret } from './secret';

const passwordFields = ['registration_password', 'phone_pass'];

/** Passwords that are guessed first: `test`, with which VICIdial fills in new phones, and the phone's own number. */
export function passwordWarnings(values: FieldValues): Failure[] {
  return passwordFields.flatMap((field) => {
    const password = values[field];
    if (!(password instanceof Secret)) return [];
    const word = password.open();
    if (field === 'registration_password' && word === 'test')
      return [failure('password-default', { field, what: `${field} is the one that VICIdial fills in by default.` })];
    const twin = ['extension', 'phone_login'].find((name) => equalsValue(values[name], word));
    return twin === undefined
      ? []
      : [failure('password-is-extension', { field, what: `${field} is the same as ${twin}.` })];
  });
}

function equalsValue(value: FieldValue | null | undefined, word: string): boolean {
  return typeof value === 'string' && value !== '' && equalIgnoringCase(value, word);
}
