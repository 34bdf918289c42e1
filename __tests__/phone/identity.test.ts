import { parsePhoneId, phoneId, sameKey } from '../../src/phone/identity';

test('an id leads back to its key', () => {
  expect(parsePhoneId(phoneId({ server_ip: '10.0.0.11', extension: 'CC-100' }))).toEqual({ server_ip: '10.0.0.11', extension: 'CC-100' });
});

test.each(['', '55000', '/55000', '10.0.0.11/', '10.0.0.11/55000/1'])('%p is refused with an example of an id', (id) => {
  expect(() => parsePhoneId(id)).toThrow('10.0.0.11/55000');
});

test('keys that differ in case are the same', () => {
  expect(sameKey('CC100', 'cc100')).toBe(true);
  expect(sameKey('CC100', 'cc101')).toBe(false);
});
