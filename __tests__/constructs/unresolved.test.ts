import { Lazy, Token } from 'cdktf';
import { isUnresolved } from '../../src/constructs/unresolved';

describe('a value', () => {
  test.each([
    ['a token', Token.asString({ resolve: () => 'x' })],
    ['a string with a token in it', `desk-${Lazy.stringValue({ produce: () => 'x' })}`],
    ['a number token', Token.asNumber({ resolve: () => 5 })],
    ['a list token', Token.asList({ resolve: () => ['x'] })],
    ['a list with a token', ['55000', Token.asString({ resolve: () => 'x' })]],
    ['a reference written as a string', '${var.name}'],
    ['a list with such a reference', ['55000', '${vicidial_phone.desk.phone_login}']],
    ['a directive written as a string', '%{ if var.night }1%{ else }2%{ endif }'],
  ])('that is %s is unresolved', (_what, value) => {
    expect(isUnresolved(value)).toBe(true);
  });

  test.each([
    ['a string', '55000'],
    ['a string with a dollar sign', 'a$b'],
    ['an empty string', ''],
    ['a number', 45],
    ['a list', ['55000']],
    ['an empty list', []],
  ])('that is %s is resolved', (_what, value) => {
    expect(isUnresolved(value)).toBe(false);
  });
});
