/** Many keys in few words. */
import * as fc from 'fast-check';
import { keyRanges } from '../../src/report/key-ranges';

test.each([
  [['10.0.0.11/55000'], ['10.0.0.11: 55000']],
  [['10.0.0.11/55001', '10.0.0.11/55000'], ['10.0.0.11: 55000, 55001']],
  [['10.0.0.11/55000', '10.0.0.11/55001', '10.0.0.11/55002'], ['10.0.0.11: 55000–55002']],
  [
    ['10.0.0.12/1', '10.0.0.2/9'],
    ['10.0.0.2: 9', '10.0.0.12: 1'],
  ],
  [['10.0.0.11/desk9', '10.0.0.11/desk10'], ['10.0.0.11: desk9, desk10']],
  [['10.0.0.11/099', '10.0.0.11/100', '10.0.0.11/0101'], ['10.0.0.11: 099, 100, 0101']],
  [['desks', 'fronts'], ['desks, fronts']],
])('%j are %j', (keys, lines) => {
  expect(keyRanges(keys)).toEqual(lines);
});

test('no key is lost, and none is added', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 100, max: 199 }), { minLength: 1 }), (extensions) => {
      const [line = ''] = keyRanges(extensions.map((each) => `10.0.0.11/${each}`));
      const found = line
        .replace('10.0.0.11: ', '')
        .split(', ')
        .flatMap((part) => {
          const [first = 0, last = first] = part.split('–').map(Number);
          return Array.from({ length: last - first + 1 }, (_, index) => first + index);
        });
      expect(found).toEqual([...extensions].sort((a, b) => a - b));
    }),
  );
});
