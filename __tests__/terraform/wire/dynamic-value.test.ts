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

/** A value as a msgpack library takes it. The attributes of objects are in the reverse order of Terraform's. */
function plain(value: Value): unknown {
  if (value === unknown) return new ExtData(0, new Uint8Array(1));
  if (value instanceof Dynamic) return [Buffer.from(JSON.stringify(value.type)), plain(value.value)];
  if (typeof value === 'bigint') return value < 2n ** 63n ? value : value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]: [string, Value]) => [name, plain(each)])
      .reverse(),
  );
}

const library = { useBigInt64: true };

describe('values as msgpack', () => {
  test('are what a library reads and writes', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(decodeValue(type, encode(plain(value), library))).toEqual(value);
        expect(decode(Uint8Array.from(encodeValue(type, value)))).toEqual(decode(encode(plain(value), library)));
      }),
      { numRuns: 500 },
    );
  });

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

  test.each([
    ...[0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0xffffffff, 0x100000000, Number.MAX_SAFE_INTEGER],
    ...[-1, -0x20, -0x21, -0x80, -0x81, -0x8000, -0x8001, -0x80000000, -0x80000001, Number.MIN_SAFE_INTEGER],
  ])('the number %d is the same in each form that holds it', (number) => {
    for (const bytes of [encodeValue('number', number), encode(number), encode(BigInt(number), library)])
      expect(decodeValue('number', bytes)).toBe(number);
  });

  test('text and lists of any length are the same after encoding and decoding', () => {
    for (const length of [0, 15, 16, 31, 32, 40, 41, 255, 256, 65_535, 65_536, 200_000]) {
      for (const letter of ['a', 'é', '😀']) {
        const text = letter.repeat(length);
        expect(decodeValue('string', encodeValue('string', text)) === text).toBe(true);
      }
      const list = Array.from({ length }, () => true);
      expect(decodeValue(['list', 'bool'], encodeValue(['list', 'bool'], list))).toHaveLength(length);
    }
  });

  test('a value that was left out is null', () => {
    expect(decodeValue('string', undefined)).toBeNull();
  });

  test('an object is read in any order, without what its type does not have', () => {
    const type: Type = ['object', { b: 'string', a: 'number', c: 'bool' }];
    const nested = { x: [1, { y: new Uint8Array(3) }], z: new ExtData(5, new Uint8Array(20)), w: -1.5, v: 'text' };
    expect(decodeValue(type, encode({ a: 1, b: 'x', more: nested }))).toEqual({ a: 1, b: 'x', c: null });
    expect(decodeValue(type, encode({ more: nested, b: 'x', a: 1 }))).toEqual({ a: 1, b: 'x', c: null });
    expect(decodeValue(['map', 'string'], encode({ a: 'x' }))).toEqual({ a: 'x' });
  });

  test('a key that would change the object itself is refused', () => {
    expect(() => decodeValue(['map', 'string'], Buffer.from('81a95f5f70726f746f5f5fa161', 'hex'))).toThrow(
      'the value has a key that is not allowed',
    );
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

  test('whatever the bytes are, they are a value or an error', () => {
    const types: Type[] = ['string', 'number', ['list', 'number'], ['map', 'bool'], ['tuple', ['string', 'number']]];
    const type: Type = ['object', Object.fromEntries(types.map((each, index) => [`a${index}`, each]))];
    const attempt = (bytes: Uint8Array, of: Type) => {
      try {
        decodeValue(of, bytes);
      } catch (error) {
        expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
      }
    };
    const whole = encode({ a0: 'text', a1: 1.5, a2: [1, 2], a3: { k: true }, a4: ['x', 300] });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(whole.length - 1), fc.nat(255), (bytes, at, byte) => {
        for (const each of [...types, type]) attempt(bytes, each);
        attempt(whole.with(at, byte), type);
        attempt(whole.subarray(0, at), type);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['a list', ['list', 'string'], 'ddffffffff'],
    ['a map', ['map', 'string'], 'dfffffffff'],
    ['an object', ['object', { a: 'string' }], 'dfffffffff'],
    ['a tuple', ['tuple', ['string']], 'ddffffffff'],
    ['a text', 'string', 'dbffffffff'],
    ['an extension', 'string', 'c9ffffffff'],
    ['an attribute that the type does not have', ['object', {}], '81a161ddffffffff'],
  ] as const satisfies [string, Type, string][])(
    '%s that is said to be longer than the message is refused',
    (_, type, hex) => {
      expect(() => decodeValue(type, Buffer.from(hex, 'hex'))).toThrow(RangeError);
    },
  );

  test('what is passed over may be nested to any depth', () => {
    const deep = Buffer.concat([Buffer.from('81a161', 'hex'), Buffer.alloc(1_000_000, 0x91), Buffer.from([0xc0])]);
    expect(decodeValue(['object', {}], deep)).toEqual({});
  });

  test('bytes after the value are refused', () => {
    expect(() => decodeValue('bool', Buffer.from('c3c3', 'hex'))).toThrow('has bytes after it');
  });

  test('a value of another type is refused with its path, and without the value', () => {
    expect(() => decodeValue(['object', { a: ['list', 'number'] }], encode({ a: [1, 'secret!'] }))).not.toThrow();
    expect(() => decodeValue(['object', { a: ['list', 'bool'] }], encode({ a: [true, 'secret!'] }))).toThrow(
      /^a\.1 is not a bool$/u,
    );
  });
});
