/** Warnings about values that VICIdial stores as they are, and that are hardly what was meant. */
import { quote } from './characters';
import { failure, type Failure } from './failures';
import { stringValue, type FieldValues } from './field-definition';
import { passwordWarnings } from './password-warnings';
import { Secret } from './secret';

/**
 * The warnings about the values of an object.
 *
 * @param refused the failures of its values: a field that has one gets no warning besides
 */
export function valueWarnings(values: FieldValues, refused: readonly Failure[] = []): Failure[] {
  const warnings = [...passwordWarnings(values), ...emptyFields(values), ...emailWarnings(values)];
  return warnings.filter(({ field }) => !refused.some((each) => each.field === field));
}

function emptyFields({ phone_context: context, registration_password: password }: FieldValues): Failure[] {
  const [contextField, passwordField] = ['phone_context', 'registration_password'];
  return [
    ...(context === ''
      ? [failure('phone-without-context', { field: contextField, what: `${contextField} is empty.` })]
      : []),
    ...(password instanceof Secret && password.open() === ''
      ? [failure('password-empty', { field: passwordField, what: `${passwordField} is empty.` })]
      : []),
  ];
}

/** A local part and a host, of labels without empty ones. Which characters the server allows is checked elsewhere. */
const address = /^[^\s@:.]+(?:\.[^\s@:.]+)*@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u;

function emailWarnings(values: FieldValues): Failure[] {
  const email = stringValue(values, 'email');
  if (email === '' || address.test(email)) return [];
  return [
    failure('email-not-address', {
      field: 'email',
      what: `email is ${quote(email)}, which has not the form NAME@HOST.`,
    }),
  ];
}
