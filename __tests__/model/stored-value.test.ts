import fc from 'fast-check';
import { validateValue } from '../../src/model/validate';
import { diff } from '../../src/model/diff';
import { closestChoice, predictStorage, isStoredUnchanged } from '../../src/model/stored-value';
import type { FieldDefinition, FieldValue, FieldValues } from '../../src/model/field-definition';
import { phoneFields, phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';
import { complete, plain } from './samples';
import { EmulatedApi } from './emulated-api';

/** Values near the limits of each field: allowed and stripped characters, all lengths, choices and similar values. */
const pieces = fc.constantFrom(
  'a',
  'Z',
  '0',
  '9',
  '-',
  '_',
  ' ',
  '.',
  ':',
  '+',
  '*',
  '#',
  '@',
  '%',
  '/',
  "'",
  '"',
  '!',
  'ä',
  'ж',
  '中',
);
const text = fc.oneof(
  fc.array(pieces, { minLength: 1, maxLength: 8 }).map((list) => list.join('')),
  fc
    .tuple(fc.constantFrom('a', '7', 'ä', 'a$'), fc.integer({ min: 1, max: 105 }))
    .map(([piece, count]) => piece.repeat(count)),
  fc.constantFrom(
    'Y',
    'N',
    'y',
    'n',
    'Yes',
    'Y_API_LAUNCH',
    'y_api_launch',
    'SIP',
    'sip',
    'PJSIP',
    'IAX2',
    'Zap',
    'EXTERNAL',
    '-5.00',
    '5.75',
    '99',
    '12.750',
    'desk@x.com',
    'a+b@x.com',
  ),
);
const seconds = fc.oneof(fc.integer({ min: -5, max: 200 }), fc.constantFrom(1.5, 45.5, 1e21));

const secrets = ['registration_password', 'phone_pass'];
const keys = ['extension', 'server_ip'];
const fieldNames = Object.keys(phoneFields);

const valueOf = (name: string): fc.Arbitrary<FieldValue> =>
  name === 'phone_ring_timeout' ? seconds : secrets.includes(name) ? text.map((word) => new Secret(word)) : text;

/** Whether the server stores exactly the value after the calls that Phonestate would send. */
function isStored(name: string, value: FieldValue, by: 'create' | 'update', nonLatin: boolean): boolean {
  // A server or template must exist to be stored: the declared one does, exactly as it is written.
  const exists = (field: string) => (field === name ? [plain(value)] : []);
  const api = new EmulatedApi({ servers: exists('server_ip'), templates: exists('template_id'), nonLatin });
  const desired: FieldValues = { ...complete, [name]: value };
  const changes =
    by === 'create'
      ? [diff(phoneType, desired, null)]
      : [diff(phoneType, complete, null), diff(phoneType, desired, { ...complete, [name]: null })];
  const executed = changes.every(
    (change) =>
      (change.action === 'create' || change.action === 'update') &&
      change.operations.every((call) => api.execute(call)),
  );
  return executed && api.phone?.[name] === plain(value);
}

describe.each(fieldNames)('a value of %s', (name) => {
  test('is accepted exactly where the server stores it unchanged', () => {
    fc.assert(
      fc.property(valueOf(name), fc.boolean(), fc.boolean(), (value, onCreate, nonLatin) => {
        // Only add_phone sets a key.
        const by = onCreate || keys.includes(name) ? 'create' : 'update';
        const accepted = validateValue(phoneType, name, value, by, { nonLatin }).length === 0;
        expect([plain(value), by, accepted]).toEqual([
          plain(value),
          by,
          isStored(name, value, by, nonLatin) && !isRefusedByChoice(name, plain(value)),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test('is refused for either call exactly where both calls refuse it', () => {
    fc.assert(
      fc.property(valueOf(name), fc.boolean(), (value, nonLatin) => {
        const accepted = (by: 'create' | 'update' | 'either') =>
          validateValue(phoneType, name, value, by, { nonLatin }).length === 0;
        expect([plain(value), accepted('either')]).toEqual([plain(value), accepted('create') || accepted('update')]);
      }),
    );
  });
});

const stringFields = Object.entries<FieldDefinition>(phoneFields)
  .filter(([, { choices, range }]) => !choices && !range)
  .map(([name]) => name);
/** More than the longest column of a phone, which has 100 characters. */
const maxTestedLength = 105;

describe.each(stringFields)('the length of %s', (name) => {
  test.each(keys.includes(name) ? (['create'] as const) : (['create', 'update'] as const))(
    'is accepted on %s exactly where the server stores the whole value',
    (by) => {
      for (let length = 1; length <= maxTestedLength; length += 1) {
        const digits = '1'.repeat(length);
        const value = secrets.includes(name) ? new Secret(digits) : digits;
        const codes = validateValue(phoneType, name, value, by).map(({ code }) => code);
        expect([length, codes]).toEqual([length, isStored(name, value, by, false) ? [] : ['value-length']]);
      }
    },
  );
});

/** Whether the server stores a value that Phonestate rejects by design: letters that cannot be dialled, a time zone in another form. */
function isRefusedByChoice(name: string, value: string): boolean {
  if (name === 'outbound_alt_cid') return /\D/u.test(value);
  return name === 'local_gmt' && !/^-?\d+\.\d\d$/u.test(value);
}

describe('the stored value', () => {
  test('is predicted, with what remains where nothing is stored', () => {
    expect(predictStorage(phoneFields.phone_full_name, 'Desk!', 'update')).toEqual({
      outcome: 'stored',
      remaining: 'Desk',
      stored: 'Desk',
    });
    expect(predictStorage(phoneFields.phone_full_name, 'D!', 'update')).toEqual({ outcome: 'refused', remaining: 'D' });
    expect(predictStorage(phoneFields.template_id, 'x', 'update')).toEqual({ outcome: 'ignored', remaining: 'x' });
    expect(predictStorage(phoneFields.email, "o'n@x.com", 'update')).toEqual({
      outcome: 'failed',
      remaining: "o'n@x.com",
    });
  });

  test('of a string that is stripped to nothing depends on whether the call requires the field', () => {
    expect(predictStorage(phoneFields.outbound_cid, '+', 'create').outcome).toBe('refused');
    expect(predictStorage(phoneFields.outbound_cid, '+', 'update').outcome).toBe('ignored');
    expect(predictStorage(phoneFields.email, '!', 'create').outcome).toBe('ignored');
    expect(predictStorage(phoneFields.extension, '!', 'update').outcome).toBe('refused');
  });

  test('in another form is not unchanged', () => {
    expect(isStoredUnchanged(phoneFields.is_webphone, 'Y', 'update')).toBe(true);
    expect(isStoredUnchanged(phoneFields.is_webphone, 'y', 'update')).toBe(false);
  });
});

test.each([
  ['-5', '-5.00'],
  ['+5', '5.00'],
  [' 5.750 ', '5.75'],
  ['0x5', undefined],
  ['1e1', undefined],
  ['', undefined],
])('the choice closest to %j is %j', (given, offset) => {
  expect(closestChoice(phoneFields.local_gmt, given)).toBe(offset);
});
