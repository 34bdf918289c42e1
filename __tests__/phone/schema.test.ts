import { aliasTable } from '../../src/phone/alias-fields';
import { phoneTable } from '../../src/phone/fields';
import { tableSchema } from '../../src/phone/schema';
import { Secret } from '../../src/phone/secret';

const phones = tableSchema(phoneTable);

test('a declaration comes out as it was, with its secrets closed', () => {
  const { phone_pass, ...rest } = phones.parse({ extension: '55000', phone_ring_timeout: 45, phone_pass: 'agentword' });
  expect(rest).toEqual({ extension: '55000', phone_ring_timeout: 45 });
  expect(phone_pass).toBeInstanceOf(Secret);
});

test('a value that no server stores is an issue on its field', () => {
  const { error } = phones.safeParse({ extension: '55000', protocol: 'PJSIP', phone_pass: 'p@ss' });
  expect(error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(['phone_pass', 'protocol']);
  expect(JSON.stringify(error)).not.toContain('p@ss');
});

test('a field that VICIdial does not have is an issue', () => {
  expect(phones.safeParse({ extension: '55000', colour: 'red' }).success).toBe(false);
});

test('an alias lists its logins', () => {
  expect(tableSchema(aliasTable).parse({ alias_id: 'desks', phone_logins: ['55000'] })).toEqual({ alias_id: 'desks', phone_logins: ['55000'] });
});
