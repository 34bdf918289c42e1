/** What is wrong with aliases and merge keys: the parser itself throws an error without a line, or does not end. */
import { YamlText } from '../src/yaml-file';

const repeated = (at: number) => `${at === 0 ? '1' : `*a${at - 1}`}, `.repeat(10);

test.each([
  ['an alias before its anchor', 'a: 1\nb: *x\nc: &x 1', '2: *x stands for nothing; no &x comes before it'],
  ['an alias inside of its list', 'a:\n- &x\n  - [*x]', '3: *x is inside of what it stands for, the value of &x'],
  ['a map that merges itself', 'a: &x\n  <<: *x', '2: *x is inside of what it stands for, the value of &x'],
  ['a merge of text', 'a: &x text\nb:\n  <<: *x', '3: a merge key (<<) takes maps'],
  ['a merge of a list with text', 'a: &x { b: 1 }\nc:\n  <<:\n  - *x\n  - text', '5: a merge key (<<) takes maps'],
  ['a merge of no value', 'a:\n  b: 1\n  <<:', '3: a merge key (<<) takes maps'],
  [
    'aliases that repeat a value too often',
    [0, 1, 2, 3, 4, 5, 6].map((at) => `k${at}: &a${at} [${repeated(at)}]`).join('\n'),
    '1: Excessive alias count indicates a resource exhaustion attack',
  ],
])('the error about %s has its line', (_what, text, expected) => {
  const { syntaxErrors, value } = new YamlText(text);
  expect([...syntaxErrors.map(({ line, message }) => `${line}: ${message}`), value]).toEqual([expected, undefined]);
});

test('an alias stands for the last anchor of its name before it, and what is quoted is no merge key', () => {
  const { value } = new YamlText('a: &x { p: 1 }\nb: *x\nc: &x { q: &x 2, r: *x }\nd: *x\ne: { "<<": *x }');
  expect(value).toEqual({ a: { p: 1 }, b: { p: 1 }, c: { q: 2, r: 2 }, d: 2, e: { '<<': 2 } });
});
