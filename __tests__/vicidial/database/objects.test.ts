import { inspect } from 'node:util';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { Secret } from '../../../src/model/secret';
import { alias, describeDatabase, opened, phone, server, system, useDatabase } from './database';

const full = {
  extension: 'CC100',
  server_ip: server,
  dialplan_number: '5100',
  voicemail_id: '100',
  phone_login: 'cc100',
  phone_pass: 'agentword',
  registration_password: 'deviceword',
  phone_full_name: 'Front desk',
  protocol: 'PJSIP',
  local_gmt: '-5',
  outbound_cid: '7275551212',
  email: 'desk+night@example.com',
  phone_context: 'trusted',
  active: 'N',
  admin_user_group: 'SALES',
  outbound_alt_cid: '7275551213',
  phone_ring_timeout: '45',
  delete_vm_after_email: 'Y',
  is_webphone: 'Y_API_LAUNCH',
  webphone_auto_answer: 'N',
  use_external_server_ip: 'Y',
  on_hook_agent: 'Y',
  template_id: 'SIP_generic',
};
const keys = { extension: '55001', server_ip: server };
const nullable = Object.keys(full).filter((name) => !['extension', 'server_ip', 'template_id'].includes(name));

describeDatabase('what is stored of phones and phone aliases', () => {
  const database = useDatabase();
  beforeEach(() =>
    database.db.load({
      ...system,
      phones: [full, { ...keys, ...Object.fromEntries(nullable.map((name) => [name, null])), template_id: '--NONE--' }],
      aliases: [{ alias_id: 'Desks', alias_name: 'All "desks"', phone_logins: ' cc100, ,55001,,cc100 ' }],
    }),
  );

  test('every field of a phone is read by the name that the API has for it', async () => {
    const reading = await database.reader().read(phone('cc100'));
    expect(reading.status === 'found' && opened(reading.values)).toEqual({ ...full, phone_ring_timeout: 45 });
    expect(Object.keys(full).sort()).toEqual(Object.keys(phoneType.fields).sort());
  });

  test('NULL is read as empty, of a password and a number as well', async () => {
    const reading = await database.reader().read(phone('55001'));
    const empty = Object.fromEntries(nullable.map((name) => [name, '']));
    expect(reading.status === 'found' && opened(reading.values)).toEqual({ ...keys, ...empty, template_id: '' });
  });

  test('passwords are secrets, and nothing that is printed of a reader or its values shows them', async () => {
    const reader = database.reader();
    const reading = await reader.read(phone('CC100'));
    if (reading.status !== 'found') throw new Error(reading.status);
    expect(reading.values.phone_pass).toBeInstanceOf(Secret);
    expect(reading.values.registration_password).toBeInstanceOf(Secret);
    expect(inspect([reader, reading], { depth: 9, showHidden: true })).not.toMatch(/agentword|deviceword/u);
  });

  test('the logins of an alias are a list without blanks, in their order, with repetitions', async () => {
    expect(await database.reader().read(alias('DESKS'))).toEqual({
      status: 'found',
      values: { alias_id: 'Desks', alias_name: 'All "desks"', phone_logins: ['cc100', '55001', 'cc100'] },
    });
  });

  test('an object that is not stored is not found', async () => {
    const reader = database.reader();
    for (const object of [phone('99999'), phone('CC100', '10.0.0.99'), alias('nothing')]) {
      expect(await reader.read(object)).toEqual({ status: 'not-found' });
      expect(await reader.readAgain(object)).toEqual({ status: 'not-found' });
    }
  });

  test('a second read is of the same snapshot, and readAgain of what is stored now', async () => {
    const reader = database.reader();
    await reader.list(phoneType);
    await database.db.sql("update phones set fullname = 'Back office' where extension = 'CC100'");
    expect(await reader.read(phone('CC100'))).toMatchObject({ values: { phone_full_name: 'Front desk' } });
    // The server compares case-insensitively here.
    expect(await reader.readAgain(phone('cc100'))).toMatchObject({ values: { phone_full_name: 'Back office' } });
    await database.db.sql('delete from phones_alias');
    expect(await reader.readAgain(alias('Desks'))).toEqual({ status: 'not-found' });
  });

  test('letters that the tables cannot hold find nothing', async () => {
    expect(await database.reader().readAgain(phone('жук'))).toEqual({ status: 'not-found' });
  });

  test('what is asked for together with such letters is found all the same', async () => {
    const reader = database.reader();
    const asked = ['CC100', 'жук', 'ж2', '55001'].map((extension) => reader.readAgain(phone(extension)));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual(['found', 'not-found', 'not-found', 'found']);
    const aliases = await Promise.all([alias('жук'), alias('Desks')].map((object) => reader.readAgain(object)));
    expect(aliases.map(({ status }) => status)).toEqual(['not-found', 'found']);
  });

  test('a key cannot end the statement that it is bound to', async () => {
    await database.db.sql('set global sql_mode = NO_BACKSLASH_ESCAPES');
    try {
      expect(await database.reader().readAgain(phone("\\' or 1 = 1 -- "))).toEqual({ status: 'not-found' });
    } finally {
      await database.db.sql("set global sql_mode = ''");
    }
  });

  test('the phones with a phone login are found on every server and in every group', async () => {
    await database.db.load({
      ...system,
      phones: [full, { ...full, server_ip: '10.0.0.12', phone_login: 'CC100' }, { ...keys, phone_login: null }],
    });
    const reader = database.reader({ user: 'sales' });
    const found = await reader.phonesWithLogin('Cc100');
    expect(found.map(({ server_ip, phone_login }) => [server_ip, phone_login])).toEqual([
      ['10.0.0.11', 'cc100'],
      ['10.0.0.12', 'CC100'],
    ]);
    expect(await reader.phonesWithLogin('free')).toEqual([]);
  });

  test('the current schema has every field, and the lengths of columns are known', async () => {
    const reader = database.reader();
    expect(await reader.lacks(phoneType, 'template_id')).toBe(false);
    expect(await reader.columnLength(phoneType, 'phone_pass')).toBe(100);
    expect(await reader.columnLength(phoneType, 'phone_ring_timeout')).toBeUndefined();
    expect(await reader.columnLength(phoneAliasType, 'phone_logins')).toBe(255);
  });
});

describeDatabase('the schema of build 150217', () => {
  const database = useDatabase({ schema: '150217' });
  beforeAll(() => database.db.load({ ...system, phones: [full] }));

  test('fields of later builds are left out, and columns are shorter', async () => {
    const reader = database.reader();
    const later = Object.entries(phoneType.fields).flatMap(([name, field]) => ('sinceBuild' in field ? [name] : []));
    const reading = await reader.read(phone('CC100'));
    const expected = Object.fromEntries(Object.entries(full).filter(([name]) => !later.includes(name)));
    expect(reading.status === 'found' && opened(reading.values)).toEqual(expected);
    expect(await reader.lacks(phoneType, 'template_id')).toBe(true);
    expect(await reader.lacks(phoneType, 'phone_pass')).toBe(false);
    expect(await reader.columnLength(phoneType, 'phone_pass')).toBe(10);
    expect(await reader.columnLength(phoneType, 'registration_password')).toBe(20);
  });

  test('there is no list of allowed functions', async () => {
    const permissions = await database.reader().permissions();
    expect(permissions.refusal('add_phone')).toBeUndefined();
    expect(permissions.mayDelete).toBe(true);
  });
});

describeDatabase('tables in utf8', () => {
  const database = useDatabase({ charset: 'utf8mb3' });
  beforeAll(() =>
    database.db.load({
      ...system,
      use_non_latin: true,
      phones: [{ ...full, extension: 'Café', phone_full_name: 'Приёмная', admin_user_group: '---ALL---' }],
    }),
  );

  test('letters of every script are read, and keys are compared without accents', async () => {
    const reader = database.reader();
    const found = { status: 'found', values: { extension: 'Café', phone_full_name: 'Приёмная' } };
    expect(await reader.read(phone('CAFE'))).toMatchObject(found);
    expect(await reader.readAgain(phone('cafe'))).toMatchObject(found);
    expect(await reader.system()).toMatchObject({ nonLatin: true });
  });
});
