/** Phones and field values for the tests of the model. */
import fc from 'fast-check';
import type { FieldValue, FieldValues } from '../../src/model/field-definition';
import { Secret } from '../../src/model/secret';

/** A phone with only the fields that add_phone requires. */
export const complete = {
  server_ip: '10.0.0.11',
  extension: '55000',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: new Secret('agentword'),
  registration_password: new Secret('deviceword'),
  protocol: 'SIP',
  phone_full_name: 'Front desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
} as const satisfies FieldValues;

const word = fc.stringMatching(/^[a-zA-Z0-9]{6,10}$/u);
const digits = fc.stringMatching(/^[0-9]{6,10}$/u);
const secret = word.map((text) => new Secret(text));
const yesNo = fc.constantFrom('Y', 'N');
const orEmpty = (values: fc.Arbitrary<string>) => fc.oneof(values, fc.constant(''));

/** Values that are stored unchanged on create and on update; empty ones only where a new phone can have them. */
const validValues: Readonly<Record<string, fc.Arbitrary<FieldValue>>> = {
  local_gmt: fc.constantFrom('-5.00', '5.75', '0.00'),
  email: orEmpty(word.map((name) => `${name}@x.com`)),
  phone_context: orEmpty(word),
  phone_full_name: word,
  registration_password: secret,
  protocol: fc.constantFrom('IAX2', 'SIP', 'Zap', 'EXTERNAL'),
  phone_pass: secret,
  phone_login: word,
  voicemail_id: digits,
  dialplan_number: digits,
  active: yesNo,
  outbound_cid: digits,
  admin_user_group: word,
  outbound_alt_cid: digits,
  phone_ring_timeout: fc.integer({ min: 2, max: 180 }),
  delete_vm_after_email: yesNo,
  is_webphone: fc.constantFrom('Y', 'N', 'Y_API_LAUNCH'),
  webphone_auto_answer: yesNo,
  use_external_server_ip: yesNo,
  on_hook_agent: yesNo,
  template_id: orEmpty(word),
};

const required = Object.keys(complete);

/** Any phone that can be created; optional fields may be null. */
export const anyPhone: fc.Arbitrary<FieldValues> = fc.record({
  server_ip: fc.constantFrom('10.0.0.11', '10.0.0.12'),
  extension: fc.constantFrom('55000', 'CC100', 'cc100'),
  ...Object.fromEntries(
    Object.entries(validValues).map(([name, values]) => [name, required.includes(name) ? values : fc.option(values)]),
  ),
});

/** A value as the server stores it. */
export function plain(value: FieldValue | null | undefined): string {
  return value instanceof Secret ? value.open() : String(value);
}
