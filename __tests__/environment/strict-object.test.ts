import * as z from 'zod';
import { closestKey, strictObject } from '../../src/environment/strict-object';

const known = ['phone_login', 'phone_pass', 'phone_ring_timeout', 'email'];

describe('the closest key', () => {
  test.each([
    ['phone_logn', 'phone_login'],
    ['phoneLogin', 'phone_login'],
    ['phoneRingTimout', 'phone_ring_timeout'],
    ['emial', 'email'],
    ['Email', 'email'],
    ['phone_passs', 'phone_pass'],
  ])('to %s is %s', (word, expected) => {
    expect(closestKey(word, known)).toBe(expected);
  });

  test('is undefined where no key is close', () => {
    expect(closestKey('ringing', known)).toBeUndefined();
    expect(closestKey('e', known)).toBeUndefined();
  });
});

describe('a strict object', () => {
  const schema = strictObject({ email: z.string().optional() }, 'expected an email');
  const messages = (value: unknown) => schema.safeParse(value).error?.issues.map(({ message }) => message);

  test('allows the keys of its shape', () =>
    expect(schema.parse({ email: 'desk@example.com' })).toEqual({ email: 'desk@example.com' }));
  test('reports every unknown key', () => {
    expect(messages({ mail: 'x', ringing: 5 })).toEqual([
      'unknown key; did you mean email?\nunknown key; allowed keys: email',
    ]);
  });
  test('allows keys that begin with x-, and drops them', () =>
    expect(schema.parse({ 'x-anchor': 1, email: 'desk@example.com' })).toEqual({ email: 'desk@example.com' }));
  test('reports a value that is no object', () => expect(messages('desk')).toEqual(['expected an email']));
});
