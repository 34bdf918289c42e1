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
    ['number', '\n  -1234567890123456789', -1234567890123456789n],
    [['list', 'string'], '[1234567890123456,\n 2.50]', ['1234567890123456', '2.50']],
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

  // What terraform-plugin-go takes: state files are written by other tools too.
  test.each<[Type, string, Value]>([
    ['string', '55000', '55000'],
    ['string', '1.50', '1.50'],
    ['string', '-1e3', '-1e3'],
    ['string', '12345678901234567890', '12345678901234567890'],
    ['string', 'true', 'true'],
    ['string', 'false', 'false'],
    ['string', '"a: 1.50, b"', 'a: 1.50, b'],
    ['number', '"45"', 45],
    ['number', '"1.50"', 1.5],
    ['bool', '"true"', true],
    ['bool', '"0"', false],
    ['bool', '1', true],
    [['list', 'string'], '[1, 2.0, null]', ['1', '2.0', null]],
    ['dynamic', '{"type":"string","value":7}', new Dynamic('string', '7')],
  ])('%j takes %s, which a tool has written', (type, json, value) => {
    expect(read(type, json)).toEqual({ v: value });
  });

  test.each<[Type, string, string]>([
    ['bool', '"TRUE"', 'a string in v, where the schema has a bool'],
    ['bool', '2', 'a number in v, where the schema has a bool'],
    ['number', '"secret"', 'a string in v, where the schema has a number'],
    ['number', '""', 'a string in v, where the schema has a number'],
    ['number', 'true', 'a boolean in v, where the schema has a number'],
    ['string', '["secret"]', 'a list in v, where the schema has a string'],
    ['string', '{"a":"secret"}', 'an object in v, where the schema has a string'],
    ['dynamic', '"secret"', 'a string in v, where the schema has a dynamic'],
    [['list', 'string'], '"secret"', 'a string in v, where the schema has a list'],
    [['list', 'string'], '[["secret"]]', 'a list in v.0, where the schema has a string'],
    [['map', 'string'], '["secret"]', 'a list in v, where the schema has a map'],
    [['object', { a: 'string' }], '"secret"', 'a string in v, where the schema has an object'],
  ])('%j refuses %s without the value', (type, json, problem) => {
    expect(() => read(type, json)).toThrow(new TypeError(`the state holds ${problem}`));
  });

  test.each(['null', '[]', '"secret"', '5'])('%s in place of the attributes is refused', (json) => {
    expect(() => parseState(Buffer.from(json))).toThrow(/^the state holds .* in place of the attributes/u);
  });
});
