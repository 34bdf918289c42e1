import type { FieldValues } from '../src/model/field-definition';
import { Secret } from '../src/model/secret';
import { samplePhone } from './sample-phone';

/** The sample phone as field values, its passwords as secrets. */
export function sampleValues(extension: string, fields: FieldValues = {}): FieldValues {
  const { phone_pass, registration_password, ...values } = samplePhone(extension);
  return {
    // Everything else in a sample phone is a string.
    ...(values as FieldValues),
    phone_pass: new Secret(String(phone_pass)),
    registration_password: new Secret(String(registration_password)),
    ...fields,
  };
}
