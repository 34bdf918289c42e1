import { inspect } from 'node:util';
import { Secret } from '../../src/model/secret';

test('a secret is masked in every form that a program prints', () => {
  const secret = new Secret('hunter2');
  const error = new Error('failed', { cause: { secret } });
  for (const printed of [
    String(secret),
    secret.toString(),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    inspect(error),
  ]) {
    expect(printed).not.toContain('hunter2');
  }
  expect(secret.open()).toBe('hunter2');
});

test('secrets are compared by value', () => {
  expect(new Secret('a').equals(new Secret('a'))).toBe(true);
  expect(new Secret('a').equals(new Secret('b'))).toBe(false);
});
