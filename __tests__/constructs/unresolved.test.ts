import { Lazy, Token } from 'cdktf';
import { isUnresolved } from '../../src/constructs/unresolved';

describe('what is pending', () => {
  test.each([
    ['a token', Token.asString({ resolve: () => 'x' })],
    ['a text with a token in it', `desk-${Lazy.stringValue({ produce: () => 'x' })}`],
    ['a number token', Token.asNumber({ resolve: () => 5 })],
    ['a list token', Token.asList({ resolve: () => ['x'] })],
    ['a list with a token', ['55000', Token.asString({ resolve: () => 'x' })]],
    ['a reference written as text', '${var.name}'],
    ['a list with such a reference', ['55000', '${vicidial_phone.desk.phone_login}']],
    ['a directive written as text', '%{ if var.night }1%{ else }2%{ endif }'],
  ])('%s is', (_what, value) => {
    expect(isUnresolved(value)).toBe(true);
  });

  test.each([
    ['a text', '55000'],
    ['a dollar', 'a$b'],
    ['an empty text', ''],
    ['a number', 45],
    ['a list', ['55000']],
    ['an empty list', []],
  ])('%s is not', (_what, value) => {
    expect(isUnresolved(value)).toBe(false);
  });
});
