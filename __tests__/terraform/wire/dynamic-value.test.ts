import { decode, encode, ExtData } from '@msgpack/msgpack';
import fc from 'fast-check';
import type { Type } from '../../../src/terraform/schema';
import { Decimal, Dynamic, unknown, type Value } from '../../../src/terraform/value';
import { decodeValue, encodeValue } from '../../../src/terraform/wire/dynamic-value';

const of = (type: Type, value: Value) => ({ type, value });

/** Terraform has no negative zero. */
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
  test('are the same after encoding and decoding, whatever their type', () => {
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

  test('a number may come as integer, as double, or as decimal string', () => {
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

  test('an object has every attribute of its type, and no other', () => {
    const type: Type = ['object', { a: 'string', b: 'string' }];
    expect(decode(encodeValue(type, { a: 'x' }))).toEqual({ a: 'x', b: null });
    expect(() => encodeValue(type, { a: 'x', c: 'y' })).toThrow('c, which its schema does not have');
  });

  test('an attribute may have the name of a property of Object.prototype', () => {
    const type: Type = ['object', Object.fromEntries([['constructor', 'string']] as const)];
    expect(decode(encodeValue(type, {}))).toEqual({ constructor: null });
    expect(() => encodeValue(['object', {}], { valueOf: 'x' })).toThrow('valueOf, which its schema does not have');
  });

  test.each([NaN, Infinity, -Infinity])('%d is refused: Terraform would crash on it', (value) => {
    expect(() => encodeValue(['object', { a: 'number' }], { a: value })).toThrow('a is not a number');
  });

  test('a value of another type is refused with its path, and without the value', () => {
    expect(() => decodeValue(['object', { a: ['list', 'number'] }], encode({ a: [1, 'secret!'] }))).not.toThrow();
    expect(() => decodeValue(['object', { a: ['list', 'bool'] }], encode({ a: [true, 'secret!'] }))).toThrow(
      /^a\.1 is not a bool$/u,
    );
  });
});
