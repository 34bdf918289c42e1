import { decode, encode, ExtData } from '@msgpack/msgpack';
import fc from 'fast-check';
import { calls } from '../../../src/terraform/wire/tfplugin6';
import { decodeValue, encodeValue } from '../../../src/terraform/wire/dynamic-value';
import { decodeMessage, encodeMessage } from '../../../src/terraform/wire/protobuf';
import { parseState, valueFromState } from '../../../src/terraform/wire/raw-state';
import type { Type } from '../../../src/terraform/schema';
import { Decimal, Dynamic, unknown, type Value } from '../../../src/terraform/value';

const of = (type: Type, value: Value) => ({ type, value });

/** Terraform tells no negative zero from zero. */
const oneZero = (number: number) => (number === 0 ? 0 : number);

/** A type together with values of it, null and unknown at every level. */
const typed: fc.Arbitrary<{ type: Type; value: Value }> = fc.letrec<{ node: { type: Type; value: Value } }>((tie) => {
  const scalar = (type: Type, values: fc.Arbitrary<Value>) => fc.record({ type: fc.constant(type), value: values });
  const open = (values: fc.Arbitrary<{ type: Type; value: Value }>) =>
    fc.oneof(
      { weight: 6, arbitrary: values },
      { weight: 1, arbitrary: values.map(({ type }) => ({ type, value: null })) },
      { weight: 1, arbitrary: values.map(({ type }) => ({ type, value: unknown })) },
    );
  const collection = (kind: 'list' | 'set') =>
    tie('node').chain(({ type, value }) =>
      fc.integer({ min: 0, max: 3 }).map((length) =>
        of(
          [kind, type],
          Array.from({ length }, () => value),
        ),
      ),
    );
  return {
    node: open(
      fc.oneof(
        { depthSize: 'small' },
        scalar('string', fc.string({ unit: 'grapheme' })),
        scalar('bool', fc.boolean()),
        scalar(
          'number',
          fc.oneof(
            fc.maxSafeInteger(),
            fc.double({ noNaN: true, noDefaultInfinity: true }).map(oneZero),
            fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
          ),
        ),
        collection('list'),
        collection('set'),
        tie('node').map(({ type, value }) => of(['map', type], { a: value, b: null })),
        fc
          .tuple(tie('node'), tie('node'))
          .map(([a, b]) => of(['object', { a: a.type, b: b.type }], { a: a.value, b: b.value })),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => of(['tuple', [a.type, b.type]], [a.value, b.value])),
        tie('node')
          .filter(({ value }) => value !== null && value !== unknown)
          .map(({ type, value }) => of('dynamic', new Dynamic(type, value))),
      ),
    ),
  };
}).node;

describe('values as msgpack', () => {
  test('come back as they went, whatever their type', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => expect(decodeValue(type, encodeValue(type, value))).toEqual(value)),
      { numRuns: 500 },
    );
  });

  test('an unknown is the extension that go-cty writes, and any extension is an unknown', () => {
    expect(Buffer.from(encodeValue('string', unknown)).toString('hex')).toBe('d40000');
    const refined = encode(new ExtData(12, encode(new Map([[1, false]]))));
    expect(decodeValue('string', refined)).toBe(unknown);
    expect(decodeValue(['list', 'string'], encode(['a', new ExtData(12, new Uint8Array())]))).toEqual(['a', unknown]);
  });

  test('a number may come as integer, as double, or as decimal text', () => {
    expect(decodeValue('number', encode('0.1'))).toBe(0.1);
    expect(decodeValue('number', encode('12345678901234567890'))).toBe(12345678901234567890n);
    expect(decodeValue('number', encode('0.12345678901234567890123'))).toEqual(
      new Decimal('0.12345678901234567890123'),
    );
    expect(decode(encodeValue('number', new Decimal('0.12345678901234567890123')))).toBe('0.12345678901234567890123');
  });

  test('a value that was left out is null', () => {
    expect(decodeValue('string', undefined)).toBeNull();
  });

  test('an object holds every attribute, and one that the type lacks is named', () => {
    const type: Type = ['object', { a: 'string', b: 'string' }];
    expect(decode(encodeValue(type, { a: 'x' }))).toEqual({ a: 'x', b: null });
    expect(() => encodeValue(type, { a: 'x', c: 'y' })).toThrow('c, which its schema does not have');
  });

  test('an attribute may have a name that every JavaScript object answers to', () => {
    const type: Type = ['object', Object.fromEntries([['constructor', 'string']] as const)];
    expect(decode(encodeValue(type, {}))).toEqual({ constructor: null });
    expect(() => encodeValue(['object', {}], { valueOf: 'x' })).toThrow('valueOf, which its schema does not have');
  });

  test.each([NaN, Infinity, -Infinity])('%d is no number to Terraform', (value) => {
    expect(() => encodeValue(['object', { a: 'number' }], { a: value })).toThrow('a is not a number');
  });

  test('a value of another type is refused with its place, not with its text', () => {
    expect(() => decodeValue(['object', { a: ['list', 'number'] }], encode({ a: [1, 'secret!'] }))).not.toThrow();
    expect(() => decodeValue(['object', { a: ['list', 'bool'] }], encode({ a: [true, 'secret!'] }))).toThrow(
      'a.1 is not a bool',
    );
  });
});

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

  test('a text of many megabytes is read, next to a long number', () => {
    const text = 'x'.repeat(20_000_000);
    const state = parseState(Buffer.from(`{"text":"${text}","number":12345678901234567890}`));
    expect(state.text === text).toBe(true);
    expect(state.number).toBe('12345678901234567890');
  });

  test('attributes that it lacks are null, those that the schema lost are gone', () => {
    expect(valueFromState(['object', { kept: 'string', fresh: 'string' }], { kept: 'a', lost: 'b' })).toEqual({
      kept: 'a',
      fresh: null,
    });
  });
});

describe('messages as protobuf', () => {
  const { request } = calls.PlanResourceChange;

  test('come back as they went', () => {
    const message = fc.record({
      type_name: fc.string({ unit: 'grapheme' }),
      prior_state: fc.record({ msgpack: fc.uint8Array({ maxLength: 400 }) }),
      prior_private: fc.uint8Array(),
    });
    fc.assert(
      fc.property(message, (sent) => {
        const { type_name, prior_state, prior_private } = decodeMessage(request, encodeMessage(request, sent));
        expect({
          type_name,
          prior_state: [...(prior_state?.msgpack ?? [])],
          prior_private: [...(prior_private ?? [])],
        }).toEqual({
          type_name: sent.type_name,
          prior_state: [...sent.prior_state.msgpack],
          prior_private: [...sent.prior_private],
        });
      }),
    );
  });

  test('match what protobuf itself writes', () => {
    // Field 1, text "a"; field 2, a message with field 1, the bytes ff; field 5, two bytes.
    expect(
      encodeMessage(request, {
        type_name: 'a',
        prior_state: { msgpack: Uint8Array.of(255) },
        prior_private: Uint8Array.of(1, 2),
      }).toString('hex'),
    ).toBe('0a01611203' + '0a01ff' + '2a020102');
    expect(encodeMessage(calls.UpgradeResourceState.request, { version: 300 }).toString('hex')).toBe('10ac02');
    expect(decodeMessage(calls.UpgradeResourceState.request, Buffer.from('10ffffffffffffffffff01', 'hex'))).toEqual({
      version: -1,
    });
  });

  test('fields of a newer Terraform are skipped', () => {
    expect(decodeMessage(request, Buffer.from('0a0161' + 'fa0103616263' + 'f80105', 'hex'))).toEqual({
      type_name: 'a',
    });
  });

  test('a known field in another wire form is skipped', () => {
    expect(decodeMessage(request, Buffer.from('0805' + '0a0161', 'hex'))).toEqual({ type_name: 'a' });
    expect(decodeMessage(calls.UpgradeResourceState.request, Buffer.from('120161', 'hex'))).toEqual({});
  });

  test('whatever the bytes are, they are a message or a RangeError', () => {
    const attempt = (bytes: Uint8Array) => {
      try {
        decodeMessage(calls.ValidateResourceConfig.request, bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), attempt), { numRuns: 1000 });
  });

  test('half a message is an error', () => {
    const whole = encodeMessage(request, { type_name: 'vicidial_phone' });
    expect(() => decodeMessage(request, whole.subarray(0, 5))).toThrow('ends inside a field');
  });
});
