import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { alias, describeDatabase, failureOf, phone, server, system, useDatabase } from './database';

const extension = (index: number) => String(100_000 + index);

describeDatabase('a run with 10,000 phones', () => {
  const count = 10_000;
  const indexes = Array.from({ length: count }, (_none, index) => index);
  const database = useDatabase();
  beforeAll(() =>
    database.db.load({
      ...system,
      phones: indexes.map((index) => ({
        extension: extension(index),
        server_ip: server,
        phone_login: extension(index),
        phone_pass: `agentword${index}`,
        registration_password: `a-long-random-device-word-${index}`,
        phone_full_name: `Desk ${index} in the big room`,
        email: `desk${index}@example.com`,
      })),
      aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: [extension(0)] }],
    }),
  );

  test('asks at most eight queries, and only SELECT, whatever it asks at the same time', async () => {
    const reader = database.reader({ max_concurrency: 64 });
    const statements = await database.db.statements(async () => {
      await Promise.all([
        ...indexes.slice(0, 1000).map((index) => reader.read(phone(extension(index + 9_500)))),
        ...indexes.slice(0, 1000).map((index) => reader.phonesWithLogin(extension(index))),
        ...['desks', 'other'].map((id) => reader.read(alias(id))),
        reader.list(phoneAliasType),
        reader.hasServer(server),
        reader.servers(),
        reader.hasTemplate('sip_GENERIC'),
        reader.templates(),
        reader.userGroups(),
        reader.permissions(),
        reader.mayDelete(),
        reader.system(),
        reader.lacks(phoneType, 'template_id'),
        reader.anyVisiblePhone(),
      ]);
    });
    expect(statements).toHaveLength(8);
    expect(statements.filter((statement) => !statement.startsWith('SELECT '))).toEqual([]);
    // One more for the agents, where something is deleted.
    expect(await database.db.statements(() => reader.agentsOn([phone(extension(1))]))).toHaveLength(1);
  });

  test('a failure is of the whole run, and its query is not repeated for each object', async () => {
    const reader = database.reader({ database_url: database.db.url({ password: 'wrongword' }) });
    const failures = await Promise.all(
      indexes.slice(0, 50).map((index) => failureOf(reader.read(phone(extension(index))))),
    );
    expect(new Set(failures).size).toBe(1);
  });

  test('needs little memory', async () => {
    const reader = database.reader();
    const before = memory();
    await reader.read(phone(extension(1)));
    await reader.phonesWithLogin(extension(1));
    // About 25 MB; the process of a provider may have 300 MB in all.
    expect(memory() - before).toBeLessThan(80);
    expect(await reader.list(phoneType)).toHaveLength(count);
  });
});

describeDatabase('what phones refer to', () => {
  const database = useDatabase();
  beforeAll(async () => {
    await database.db.load({
      ...system,
      servers: [
        { server_ip: '10.0.0.11', server_id: 'dial1', server_description: 'First', active: 'Y' },
        { server_ip: '10.0.0.12', server_id: 'dial2', server_description: 'Second', active: 'N' },
      ],
      templates: [{ template_id: 'SIP_generic', template_name: 'Any SIP device' }],
      user_groups: [{ name: 'ADMIN', group_name: 'Administrators' }],
    });
    await database.db.sql("update system_settings set version = '2.14b0.5', db_schema_version = 1720");
  });

  test('servers, templates, user groups and the system are named as administrators do', async () => {
    const reader = database.reader();
    expect(await reader.servers()).toEqual([
      { ip: '10.0.0.11', id: 'dial1', name: 'First', active: true },
      { ip: '10.0.0.12', id: 'dial2', name: 'Second', active: false },
    ]);
    expect(await reader.templates()).toEqual([{ id: 'SIP_generic', name: 'Any SIP device' }]);
    expect(await reader.userGroups()).toEqual([{ id: 'ADMIN', name: 'Administrators' }]);
    expect(await reader.system()).toEqual({ version: '2.14b0.5', schemaVersion: '1720', nonLatin: false });
  });

  test('servers and templates exist case-insensitively', async () => {
    const reader = database.reader();
    expect([await reader.hasTemplate('SIP_GENERIC'), await reader.hasTemplate('SIP_gen')]).toEqual([true, false]);
    expect([await reader.hasServer('10.0.0.12'), await reader.hasServer('10.0.0.1')]).toEqual([true, false]);
  });
});

function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
