import { failure } from '../../src/model/failures';
import type { FieldValues } from '../../src/model/field-definition';
import { Secret } from '../../src/model/secret';
import { valueWarnings } from '../../src/model/value-warnings';

const codes = (values: FieldValues) => valueWarnings(values).map(({ code, field }) => `${code} ${field}`);

test.each(['phone_pass', 'registration_password'])('%s is warned about where it is easy to guess', (field) => {
  const warned = (password: string) =>
    codes({ extension: '55000', phone_login: 'desk', [field]: new Secret(password) });
  expect(warned('test')).toEqual([`password-default ${field}`]);
  for (const known of [
    'TEST',
    'password',
    'Admin',
    'vicidial',
    'goautodial',
    '1234',
    '123456',
    '0000',
    '987654',
    'changeme',
    'Password1',
    'test-2024',
    'aaaaaa',
  ]) {
    expect([known, warned(known)]).toEqual([known, [`password-known ${field}`]]);
  }
  for (const short of ['x', '7', 'abc']) expect([short, warned(short)]).toEqual([short, [`password-short ${field}`]]);
  expect(warned('desk')).toEqual([`password-is-extension ${field}`]);
  for (const good of ['agentword', 'Kq7wTn2x', 'testimony', '1234x', '12345678901234567890123', 'passage-7']) {
    expect([good, warned(good)]).toEqual([good, []]);
  }
});

test('no warning shows a password', () => {
  for (const word of ['vicidial', 'zq', 'aaaaaa']) {
    const [warning] = valueWarnings({ phone_pass: new Secret(word) });
    expect(warning?.what).not.toContain(word);
    expect(warning?.code).toMatch(/^password-/u);
  }
});

test('an empty context and an empty registration password are warned about', () => {
  expect(codes({ phone_context: '', registration_password: new Secret('') })).toEqual([
    'phone-without-context phone_context',
    'password-empty registration_password',
  ]);
  expect(codes({ phone_context: null, registration_password: null, email: '', phone_full_name: '' })).toEqual([]);
  expect(codes({ phone_context: 'default' })).toEqual([]);
});

test.each([
  'desk',
  'desk at example.com',
  'desk@',
  '@example.com',
  'a@b@c.de',
  'a b@c.de',
  '.a@c.de',
  'a..b@c.de',
  'a@c..de',
  'a@c.de.',
  'mailto:a@c.de',
  'a@c/d',
])('the email %j is warned about', (email) => expect(codes({ email })).toEqual(['email-not-address email']));

test.each([
  'desk@example.com',
  'a.b-c_d@sub.example.com',
  'root@localhost',
  'desk%1@example.com',
  'käthe@büro.example',
])('the email %j is none to warn about', (email) => expect(codes({ email })).toEqual([]));

test('a value that is refused gets no warning besides', () => {
  const refused = [failure('value-email', { field: 'email', what: 'x' })];
  expect(valueWarnings({ email: "o'neil", phone_context: '' }, refused).map(({ code }) => code)).toEqual([
    'phone-without-context',
  ]);
});
