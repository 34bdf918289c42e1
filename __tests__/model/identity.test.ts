import { PhonestateError } from '../../src/model/failures';
import { parsePhoneId, phoneId, equalIgnoringCase, identityKey } from '../../src/model/identity';

test('an id leads back to its key', () => {
  expect(parsePhoneId(phoneId({ server_ip: '10.0.0.11', extension: 'CC-100' }))).toEqual({
    server_ip: '10.0.0.11',
    extension: 'CC-100',
  });
});

test.each(['', '55000', '/55000', '10.0.0.11/', '10.0.0.11/55000/1'])(
  '%j is refused with an example of an id',
  (id) => {
    expect(() => parsePhoneId(id)).toThrow('10.0.0.11/55000');
  },
);

test.each(['10.0.0.11/ 55000', ' 10.0.0.11/55000', '10.0.0.11/55.000', '10.0.0.11/55000\n'])(
  '%j is refused, as the server would strip it to the key of another phone',
  (id) => {
    expect(() => parsePhoneId(id)).toThrow(PhonestateError);
  },
);

test('letters of other scripts may be part of an id, as the system may keep them', () => {
  expect(parsePhoneId('10.0.0.11/käthe')).toEqual({ server_ip: '10.0.0.11', extension: 'käthe' });
});

test('keys that differ in case are the same', () => {
  expect(equalIgnoringCase('CC100', 'cc100')).toBe(true);
  expect(equalIgnoringCase('CC100', 'cc101')).toBe(false);
});

test.each([
  ['10.0.0.11/CC100', '10.0.0.11/cc100'],
  ['caf\u00e9', 'CAFE'],
  ['caf\u00e9', 'cafe\u0301'],
  ['\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2', '\u03a3\u0399\u03a3\u03a5\u03a6\u039f\u03a3'],
])('%s and %s are one identity, as for the collation of the server', (a, b) => {
  expect(identityKey(a)).toBe(identityKey(b));
});

test.each([
  ['10.0.0.11/100', '10.0.0.1/1100'],
  ['cc100', 'cc_100'],
])('%s and %s are two identities', (a, b) => {
  expect(identityKey(a)).not.toBe(identityKey(b));
});
