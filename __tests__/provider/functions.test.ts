import { functions } from '../../src/provider/functions';

const { phone_id: phoneId, parse_phone_id: parsePhoneId } = functions;

test('the id of a phone is made of its key, and read back', () => {
  expect(phoneId?.call('10.0.0.11', '55000')).toBe('10.0.0.11/55000');
  expect(parsePhoneId?.call('10.0.0.11/55000')).toEqual({ server_ip: '10.0.0.11', extension: '55000' });
});

test.each([
  ['10.0.0.11', ''],
  ['10.0.0.11', '55/000'],
  ['10.0.0.11/5', '000'],
  ['10.0.0.11', '55 000'],
])('a key that no phone can have is refused: %j %j', (serverIp, extension) => {
  expect(() => phoneId?.call(serverIp, extension)).toThrow(/Code: (import-id|key-not-addressable)/u);
  expect(() => parsePhoneId?.call(`${serverIp}/${extension}`)).toThrow(/Code: (import-id|key-not-addressable)/u);
});
