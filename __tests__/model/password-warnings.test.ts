import { passwordWarnings } from '../../src/model/password-warnings';
import type { FieldValues } from '../../src/model/field-definition';
import { Secret } from '../../src/model/secret';

const warned = (values: FieldValues) => passwordWarnings(values).map(({ code, field }) => [code, field]);

test.each<[string, FieldValues, readonly (readonly string[])[]]>([
  [
    'the default registration password',
    { registration_password: new Secret('test') },
    [['password-default', 'registration_password']],
  ],
  [
    'a registration password equal to the extension',
    { extension: '55000', registration_password: new Secret('55000') },
    [['password-is-extension', 'registration_password']],
  ],
  [
    'a registration password that differs from the extension only in case',
    { extension: 'CC100', registration_password: new Secret('cc100') },
    [['password-is-extension', 'registration_password']],
  ],
  [
    'a phone password equal to the phone login',
    { phone_login: 'desk', phone_pass: new Secret('desk') },
    [['password-is-extension', 'phone_pass']],
  ],
  [
    'a phone password equal to the extension',
    { extension: '55000', phone_login: 'desk', phone_pass: new Secret('55000') },
    [['password-is-extension', 'phone_pass']],
  ],
])('%s is warned about', (_name, values, codes) => {
  expect(warned(values)).toEqual(codes);
});

test('other passwords, empty ones and unknown ones are not warned about', () => {
  expect(
    warned({
      extension: '55000',
      phone_login: '55000',
      phone_pass: new Secret('agentword'),
      registration_password: new Secret('deviceword'),
    }),
  ).toEqual([]);
  expect(warned({ extension: '55000', phone_pass: null, registration_password: new Secret('') })).toEqual([]);
  expect(warned({ extension: '', phone_pass: new Secret('') })).toEqual([]);
  expect(warned({ phone_pass: new Secret('55000') })).toEqual([]);
});

test('a warning does not show the password', () => {
  expect(JSON.stringify(passwordWarnings({ phone_login: 'qwerty', phone_pass: new Secret('qwerty') }))).not.toContain(
    'qwerty',
  );
});
