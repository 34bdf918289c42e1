import * as fc from 'fast-check';
import { matchesPattern, Patterns } from '../../src/model/pattern';

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

test('several patterns match what one of them matches, and those that match nothing are named', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aBü*?'), maxLength: 3 });
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (patterns, texts) => {
      const several = new Patterns(patterns);
      for (const text of texts)
        expect(several.match(text)).toBe(patterns.some((pattern) => matchesPattern(pattern, text)));
      expect(Patterns.unmatched(patterns, texts)).toEqual(
        patterns.filter((pattern) => !texts.some((text) => matchesPattern(pattern, text))),
      );
    }),
  );
});

test('a pattern of many stars against a long text ends', () => {
  expect(matchesPattern(`${'a*'.repeat(40)}b`, 'a'.repeat(2000))).toBe(false);
});
