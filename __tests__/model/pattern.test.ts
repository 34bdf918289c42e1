import * as fc from 'fast-check';
import { matchesPattern } from '../../src/model/pattern';

test.each([
  ['55*', '55000', true],
  ['55*', '155000', false],
  ['*00', '55000', true],
  ['55?00', '55000', true],
  ['55?00', '5500', false],
  ['desk', 'DESK', true],
  ['desk', 'desk1', false],
  ['b?ro*', 'BÜRO-1', true],
  ['*', '', true],
  ['', 'a', false],
  ['5[0-9]', '55', false],
  ['a.c', 'abc', false],
])('%s against the whole of %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test('it agrees with a regular expression', () => {
  const word = (characters: string) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 });
  fc.assert(
    fc.property(word('ab*?'), word('ab'), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
      expect(matchesPattern(pattern, text)).toBe(expression.test(text));
    }),
  );
});

test('a pattern of many stars against a long text ends', () => {
  expect(matchesPattern(`${'a*'.repeat(40)}b`, 'a'.repeat(2000))).toBe(false);
});
