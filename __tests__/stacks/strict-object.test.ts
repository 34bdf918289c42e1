import * as z from 'zod';
import { closestKey, strictObject } from '../../stacks/strict-object';

const known = ['phone_login', 'phone_pass', 'email'];

describe('the word that was meant', () => {
  test.each([
    ['phone_logn', 'phone_login'],
    ['phoneLogin', 'phone_login'],
    ['emial', 'email'],
    ['Email', 'email'],
    ['phone_passs', 'phone_pass'],
  ])('for %s is %s', (word, meant) => {
    expect(closestKey(word, known)).toBe(meant);
  });

  test('is none where nothing is near', () => {
    expect(closestKey('ringing', known)).toBeUndefined();
    expect(closestKey('e', known)).toBeUndefined();
  });
});

describe('a strict map', () => {
  const schema = strictObject({ email: z.string().optional() }, 'a map with an email');
  const messages = (value: unknown) => schema.safeParse(value).error?.issues.map(({ message }) => message);

  test('takes its own keys', () =>
    expect(schema.parse({ email: 'desk@example.com' })).toEqual({ email: 'desk@example.com' }));
  test('names every key that it does not know', () => {
    expect(messages({ mail: 'x', ringing: 5 })).toEqual([
      'there is no "mail" here; did you mean email?; there is no "ringing" here; it takes email',
    ]);
  });
  test('says what it is where there is none', () => expect(messages('desk')).toEqual(['a map with an email']));
});
