/** Warnings about passwords that VICIdial accepts and that are easy to guess. */
import { failure, type Failure } from './failures';
import { stringValue, type FieldValues } from './field-definition';
import { equalIdentities } from './identity';
import { Secret } from './secret';

const passwordFields = ['registration_password', 'phone_pass'];

/** Passwords that are tried first: `test`, the server's default for a new phone, and the phone's own number. */
export function passwordWarnings(values: FieldValues): Failure[] {
  return passwordFields.flatMap((field) => {
    const password = values[field];
    if (!(password instanceof Secret)) return [];
    const word = password.open();
    if (field === 'registration_password' && word === 'test') {
      return [failure('password-default', { field, what: `${field} is VICIdial's default password.` })];
    }
    const equal = ['extension', 'phone_login'].find((name) => {
      const value = stringValue(values, name);
      return value !== '' && equalIdentities(value, word);
    });
    return equal === undefined ? [] : [failure('password-is-extension', { field, what: `${field} equals ${equal}.` })];
  });
}
