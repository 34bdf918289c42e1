import { describeDatabase, failureOf, makeReader, server, system, useDatabase } from './database';

const entry = { event_date: '2026-11-20 10:11:12', user: '6666', event_section: 'PHONES' } as const;
const log = [
  {
    ...entry,
    event_type: 'MODIFY',
    record_id: '55000',
    event_code: 'ADMIN API UPDATE PHONE',
    event_notes: `phone: 55000|${server}`,
    event_sql: "update phones set pass='secretword'",
  },
  { ...entry, event_type: 'DELETE', record_id: '55001', event_code: 'ADMIN DELETE PHONE' },
  { ...entry, event_section: 'USERS', event_type: 'MODIFY', record_id: '55000' },
  { ...entry, event_section: 'PHONEALIASES', event_type: 'ADD', record_id: 'desks' },
  { ...entry, event_type: 'ADD', record_id: 'x'.repeat(50) },
] as const;

describeDatabase('the log of the administration', () => {
  const database = useDatabase();
  const eventsOf = async (...ids: readonly string[]) => {
    const found = await database.reader().adminLog(ids);
    return 'unavailable' in found ? found.unavailable : found.events.map((each) => `${each.action} ${each.recordId}`);
  };
  beforeEach(() => database.db.load({ ...system, admin_log: log }));

  test('is read of the objects that are asked for, without the statements that have passwords', async () => {
    const statements = await database.db.statements(async () => {
      expect(await eventsOf('55000', 'DESKS')).toEqual(expect.arrayContaining(['MODIFY 55000', 'ADD desks']));
    });
    expect(statements.join('\n')).toContain('FROM vicidial_admin_log');
    expect(statements.join('\n')).not.toMatch(/event_sql|ip_address|\*/u);
    const found = await database.reader().adminLog(['55000']);
    expect(found).toMatchObject({
      idLength: 50,
      events: [{ about: 'phone', user: '6666', at: '2026-11-20 10:11:12', notes: `phone: 55000|${server}` }],
    });
    expect(JSON.stringify(found)).not.toContain('secretword');
  });

  test('is read in several queries, also of ids that its characters cannot write or that are too long for its column', async () => {
    const many = Array.from({ length: 450 }, (_, index) => String(70_000 + index));
    expect(await eventsOf(...many, 'Ж', '55001', 'x'.repeat(60))).toEqual(['DELETE 55001', `ADD ${'x'.repeat(50)}`]);
  });

  test.each([
    [
      'has no notes',
      'alter table vicidial_admin_log drop column event_notes, drop column event_code',
      ['DELETE 55001'],
    ],
    ['lacks a column', 'alter table vicidial_admin_log drop column event_type', /no column event_type of table/u],
    ['does not exist', 'drop table vicidial_admin_log', /no table vicidial_admin_log that user reader may read/u],
  ])('of an older build that %s is read as far as it can be', async (_name, statement, expected) => {
    const before = await database.db.sql('show create table vicidial_admin_log');
    await database.db.sql(statement);
    try {
      const found = await eventsOf('55001');
      if (expected instanceof RegExp) expect(found).toMatch(expected);
      else expect(found).toEqual(expected);
    } finally {
      await database.db.sql('drop table if exists vicidial_admin_log');
      await database.db.sql(String(before[0]?.['Create Table']));
    }
  });
});

test('a database that is not reached is no missing log', async () => {
  const reader = makeReader({ database_url: 'mysql://reader@127.0.0.1:1/asterisk' });
  expect((await failureOf(reader.adminLog(['55000']))).code).toBe('database-unreachable');
  await reader.close();
});
