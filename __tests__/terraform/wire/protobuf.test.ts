import fc from 'fast-check';
import { decodeMessage, encodeMessage } from '../../../src/terraform/wire/protobuf';
import { messages } from '../../../src/terraform/wire/tfplugin6';

describe('messages as protobuf', () => {
  const request = 'PlanResourceChange.Request';

  test('are the same after encoding and decoding', () => {
    const message = fc.record({
      type_name: fc.string({ unit: 'grapheme' }),
      prior_state: fc.record({ msgpack: fc.uint8Array({ maxLength: 400 }) }),
      prior_private: fc.uint8Array(),
    });
    fc.assert(
      fc.property(message, (sent) => {
        const { type_name, prior_state, prior_private } = decodeMessage(
          messages,
          request,
          encodeMessage(messages, request, sent),
        );
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

  test('a message inside of another one may have any length', () => {
    for (const length of [0, 1, 125, 126, 127, 128, 16_381, 16_382, 16_384, 70_000]) {
      const sent = { type_name: 'a', prior_state: { msgpack: Buffer.alloc(length, 7) }, prior_private: Buffer.of(1) };
      const received = decodeMessage(messages, request, encodeMessage(messages, request, sent));
      expect(received.prior_state?.msgpack?.length).toBe(length);
      expect(received).toEqual(sent);
    }
  });

  test('a field that ends after the message around it is refused', () => {
    // Field 2, a message of one byte: the tag of a number, which would be after the message.
    expect(() => decodeMessage(messages, 'ReadResource.Request', Buffer.from('120108' + '0a0161', 'hex'))).toThrow(
      'ends inside a field',
    );
  });

  test('are the bytes that protobuf writes', () => {
    // Field 1, text "a"; field 2, a message with field 1, the bytes ff; field 5, two bytes.
    expect(
      encodeMessage(messages, request, {
        type_name: 'a',
        prior_state: { msgpack: Uint8Array.of(255) },
        prior_private: Uint8Array.of(1, 2),
      }).toString('hex'),
    ).toBe('0a01611203' + '0a01ff' + '2a020102');
    expect(encodeMessage(messages, 'UpgradeResourceState.Request', { version: 300 }).toString('hex')).toBe('10ac02');
    expect(
      decodeMessage(messages, 'UpgradeResourceState.Request', Buffer.from('10ffffffffffffffffff01', 'hex')),
    ).toEqual({
      version: -1,
    });
  });

  test('a field of a newer protocol is skipped', () => {
    expect(decodeMessage(messages, request, Buffer.from('0a0161' + 'fa0103616263' + 'f80105', 'hex'))).toEqual({
      type_name: 'a',
    });
  });

  test('a known field of another wire type is skipped', () => {
    expect(decodeMessage(messages, request, Buffer.from('0805' + '0a0161', 'hex'))).toEqual({ type_name: 'a' });
    expect(decodeMessage(messages, 'UpgradeResourceState.Request', Buffer.from('120161', 'hex'))).toEqual({});
  });

  test('whatever the bytes are, they are a message or a RangeError', () => {
    const attempt = (bytes: Uint8Array) => {
      try {
        decodeMessage(messages, 'ValidateResourceConfig.Request', bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), attempt), { numRuns: 1000 });
  });

  test('half a message is an error', () => {
    const whole = encodeMessage(messages, request, { type_name: 'vicidial_phone' });
    expect(() => decodeMessage(messages, request, whole.subarray(0, 5))).toThrow('ends inside a field');
  });

  test('maps, lists, nested messages, enums and booleans are the same after encoding and decoding', () => {
    const block = { attributes: [{ name: 'a', required: true, description_kind: 1, nested_type: { nesting: 2 } }] };
    const schemas = { resource_schemas: { one: { version: 3, block }, two: { version: 4 } } };
    const bytes = encodeMessage(messages, 'GetProviderSchema.Response', schemas);
    expect(decodeMessage(messages, 'GetProviderSchema.Response', bytes)).toEqual(schemas);
    // RawState.flatmap is field 2: an entry with the key "a" (field 1) and the value "b" (field 2).
    expect(encodeMessage(messages, 'RawState', { flatmap: { a: 'b' } }).toString('hex')).toBe('12060a01611201' + '62');
  });
});
