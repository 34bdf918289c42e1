import type { Type } from '../../../src/terraform/schema';
import { Decimal, Dynamic, type Value } from '../../../src/terraform/value';
import { parseState, valueFromState } from '../../../src/terraform/wire/raw-state';

describe('the state file', () => {
  const read = (type: Type, json: string) =>
    valueFromState(['object', { v: type }], parseState(Buffer.from(`{"v":${json}}`)));

  test.each<[Type, string, Value]>([
    ['number', '12345678901234567890', 12345678901234567890n],
    ['number', '0.12345678901234567890123', new Decimal('0.12345678901234567890123')],
    ['number', '45', 45],
    ['string', '"1234567890123456789"', '1234567890123456789'],
    ['string', '"a \\"quoted 12345678901234567890\\" one"', 'a "quoted 12345678901234567890" one'],
    [['set', 'string'], '["a"]', ['a']],
    [['tuple', ['string', 'bool']], '["a",true]', ['a', true]],
    [['map', 'number'], '{"a":1}', { a: 1 }],
    ['dynamic', '{"type":"string","value":"a"}', new Dynamic('string', 'a')],
    ['bool', 'null', null],
  ])('%j reads %s', (type, json, value) => {
    expect(read(type, json)).toEqual({ v: value });
  });

  test('a string of many megabytes can be read, next to a long number', () => {
    const text = 'x'.repeat(20_000_000);
    const state = parseState(Buffer.from(`{"text":"${text}","number":12345678901234567890}`));
    expect(state.text === text).toBe(true);
    expect(state.number).toBe('12345678901234567890');
  });

  test('an attribute that it lacks is null, and one that the schema does not have is dropped', () => {
    expect(valueFromState(['object', { old: 'string', added: 'string' }], { old: 'a', removed: 'b' })).toEqual({
      old: 'a',
      added: null,
    });
  });

  test('a value of another type is refused without the value', () => {
    expect(() => read('bool', '"secret"')).toThrow(/^the state holds a string where the schema has a bool$/u);
    expect(() => read(['list', 'string'], '"secret"')).toThrow(
      /^the state holds a string where the schema has a list$/u,
    );
  });
});
