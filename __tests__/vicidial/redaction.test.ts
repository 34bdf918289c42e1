import { Secret } from '../../src/model/secret';
import { redact, secretsIn } from '../../src/vicidial/redaction';

const redactAll = (text: string, ...secrets: string[]) =>
  redact(
    text,
    secrets.map((secret) => new Secret(secret)),
  );

test('a secret is masked wherever it occurs', () => {
  expect(redactAll('admin1234 is not admin1234', 'admin1234')).toBe('(sensitive) is not (sensitive)');
});

test('a secret that begins with another one is masked whole, in either order', () => {
  expect(redactAll('|admin1234|admin|', 'admin', 'admin1234')).toBe('|(sensitive)|(sensitive)|');
  expect(redactAll('|admin1234|admin|', 'admin1234', 'admin')).toBe('|(sensitive)|(sensitive)|');
});

test('what the server strips a secret to is masked too, with and without use_non_latin', () => {
  expect(redactAll('|passw0rd|', 'pa#ssw0rd!')).toBe('|(sensitive)|');
  expect(redactAll('|gehéimx|', 'gehéim!x')).toBe('|(sensitive)|');
  expect(redactAll('|gehimx|', 'gehéim!x')).toBe('|(sensitive)|');
});

test('an empty secret masks nothing', () => {
  expect(redactAll('unchanged', '')).toBe('unchanged');
});

test('the secrets of a call are those among its parameters', () => {
  const secret = new Secret('agent');
  expect(secretsIn({ extension: '55000', phone_pass: secret })).toEqual([secret]);
});
