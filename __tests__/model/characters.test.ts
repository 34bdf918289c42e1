import { describeUnseen, quote } from '../../src/model/characters';
import { parseObjectId } from '../../src/model/identity';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';
import { validateValue } from '../../src/model/validate';

test.each([
  ['55\u200b000', '"55\\u200b000"', 'It has a zero width space (U+200B).'],
  ['front\u00a0desk', '"front\\u00a0desk"', 'It has a no-break space (U+00A0).'],
  ['\ufeff55000', '"\\ufeff55000"', 'It has a byte order mark (U+FEFF).'],
  ['55\u00ad000', '"55\\u00ad000"', 'It has a soft hyphen (U+00AD).'],
  ['\u202e00055', '"\\u202e00055"', 'It has a right-to-left override (U+202E).'],
  ['a\tb', '"a\\tb"', 'It has a tab (U+0009).'],
  ['a\r\nb', '"a\\r\\nb"', 'It has a carriage return (U+000D) and a line break (U+000A).'],
  ['a\u0000b', '"a\\u0000b"', 'It has a control character (U+0000).'],
  ['a\u{e0041}b', '"a\\U000e0041b"', 'It has an invisible character (U+E0041).'],
  ['a\u2009b', '"a\\u2009b"', 'It has a space of another kind (U+2009).'],
  ['a\u3164b', '"a\\u3164b"', 'It has an invisible character (U+3164).'],
  // A mark is seen with its letter, and looks like a part of it.
  ['x\u0302', '"x\u0302"', 'It has a mark that combines with the letter before it (U+0302).'],
  [
    'a\u200bb\u200bc\u200d',
    '"a\\u200bb\\u200bc\\u200d"',
    'It has a zero width space (U+200B) and a zero width joiner (U+200D).',
  ],
])('what is not seen in %j is shown by its number and named', (text, shown, sentence) => {
  expect(quote(text)).toBe(shown);
  expect(describeUnseen(text)).toBe(sentence);
});

test.each(['front desk', 'Käthe', 'Приёмная', '前台', '-5.00', ''])('%j has nothing to name', (text) => {
  expect(quote(text)).toBe(`"${text}"`);
  expect(describeUnseen(text)).toBe('');
});

test('a line break at the end is named with where it comes from', () => {
  expect(describeUnseen('word\n')).toMatch(/^It ends with a line break, as file\(\) .* write trimspace/u);
  expect(describeUnseen('word\r\n')).toMatch(/^It ends with a carriage return, /u);
  expect(describeUnseen('a\u200bb\n')).toMatch(/^It has a zero width space \(U\+200B\)\. It ends with a line break/u);
});

describe('the message about a value', () => {
  const message = (
    name: string,
    value: string | Secret | readonly string[],
    type: typeof phoneType | typeof phoneAliasType = phoneType,
  ) =>
    validateValue(type, name, value, 'either', { nonLatin: true })
      .map(({ what }) => what)
      .join();

  test.each([
    [
      'server_ip',
      '10.0.0.11\u200b',
      'is "10.0.0.11\\u200b"; VICIdial would store "10.0.0.11". It takes letters a to z, digits, - . : and _. It has a zero width space',
    ],
    ['phone_full_name', 'front\u00a0desk', '- + . and _. It has a no-break space (U+00A0).'],
    ['protocol', 'SIP\n', 'is "SIP\\n"; VICIdial would store "SIP". It ends with a line break'],
    [
      'local_gmt',
      '\u2066-5.00\u2069',
      'It has a left-to-right isolate (U+2066) and a pop directional isolate (U+2069).',
    ],
    ['email', 'a+b\u00a0@x.com', 'It has a no-break space (U+00A0).'],
  ])('%s names what is not seen', (name, value, expected) => {
    expect(message(name, value)).toContain(expected);
  });

  test('names it in a phone login of an alias and in a password, of which it shows nothing else', () => {
    expect(message('phone_logins', ['55000\r'], phoneAliasType)).toContain('the login "55000\\r"');
    expect(message('phone_logins', ['55000\r'], phoneAliasType)).toContain('It ends with a carriage return');
    const text = message('phone_pass', new Secret('agent\u200bword\n'));
    expect(text).toContain(
      'VICIdial would strip 2 of its 11 characters. It takes letters, digits, - and _. It has a zero width space (U+200B). It ends with a line break',
    );
    expect(text).not.toMatch(/agent|word\b/u);
  });

  test('names it in an import id', () => {
    expect(() => parseObjectId(phoneType, '10.0.0.11/55000\r')).toThrow('It ends with a carriage return');
    expect(() => parseObjectId(phoneAliasType, 'de\u200bsks')).toThrow(
      '"de\\u200bsks"; it takes letters, digits, - and _. It has a zero width space',
    );
    expect(() => parseObjectId(phoneAliasType, 'de\u200bsks')).toThrow(
      'The phone alias de\\u200bsks cannot be imported',
    );
  });
});
