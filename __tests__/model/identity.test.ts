import { PhonestateError } from '../../src/model/failures';
import { parsePhoneId, phoneId, equalIgnoringCase } from '../../src/model/identity';

test('an id is parsed to its key', () => {
  expect(parsePhoneId(phoneId({ server_ip: '10.0.0.11', extension: 'CC-100' }))).toEqual({
    server_ip: '10.0.0.11',
    extension: 'CC-100',
  });
});

test.each(['', '55000', '/55000', '10.0.0.11/', '10.0.0.11/55000/1'])(
  '%j is rejected with an example of an id',
  (id) => {
    expect(() => parsePhoneId(id)).toThrow('10.0.0.11/55000');
  },
);

test.each(['10.0.0.11/ 55000', ' 10.0.0.11/55000', '10.0.0.11/55.000', '10.0.0.11/55000\n'])(
  '%j is rejected, as the server would strip it to the key of another phone',
  (id) => {
    expect(() => parsePhoneId(id)).toThrow(PhonestateError);
  },
);

test('an id may have letters of other scripts, as the system may keep them', () => {
  expect(parsePhoneId('10.0.0.11/käthe')).toEqual({ server_ip: '10.0.0.11', extension: 'käthe' });
});

test('keys are case-insensitive', () => {
  expect(equalIgnoringCase('CC100', 'cc100')).toBe(true);
  expect(equalIgnoringCase('CC100', 'cc101')).toBe(false);
});
