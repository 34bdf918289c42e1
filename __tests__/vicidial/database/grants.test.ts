import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { mariaDbMissing } from '../../../testing/mariadb';
import { describeDatabase, failureOf, phone, server, system, useDatabase } from './database';

const guide = readFileSync(join(__dirname, '../../../docs/guides/reading.md'), 'utf8');
/** The SQL blocks of the guide: a user for the reader, TLS, and two for replicas. */
const [createUser = '', ...others] = [...guide.matchAll(/^```sql\n(.*?)^```$/gmsu)].map(([, block = '']) => block);
const login = { user: 'phonestate', password: 'a-long-random-password' };
const phones = [{ extension: '55000', server_ip: server, template_id: 'SIP_generic' }];
const aliases = [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] }];

test('the guide has the statements that are tested here', () => {
  expect([createUser.match(/^GRANT /gmu)?.length, others.length]).toEqual([9, 3]);
  // Where no database can be started, nothing but this is known.
  expect([undefined, 'no mariadbd is installed (Debian: mariadb-server-core)']).toContain(mariaDbMissing);
});

describeDatabase('a user with the permissions that the guide on reading grants', () => {
  const database = useDatabase();
  beforeAll(() => database.db.load({ ...system, phones, aliases }));
  beforeEach(() => database.db.sql(createUser));
  afterEach(() => database.db.sql("drop user phonestate@'%'"));
  const reader = () => database.reader({ database_url: database.db.url(login) });

  test('can read everything that a reader reads', async () => {
    const made = reader();
    expect(await made.read(phone('55000'))).toMatchObject({ values: { template_id: 'SIP_generic' } });
    expect(await made.readAgain(phone('55000'))).toMatchObject({ status: 'found' });
    expect(await made.list(phoneAliasType)).toHaveLength(1);
    expect([await made.servers(), await made.templates()].flat()).toHaveLength(2);
    expect(await made.userGroups()).toHaveLength(2);
    expect(await made.system()).toMatchObject({ nonLatin: false });
    expect(await made.mayDelete()).toBe(true);
    expect(await made.agentsOn([phone('55000')])).toEqual([]);
    expect(await made.adminLog(['55000'])).toEqual({ events: [], idLength: 50 });
    expect(await made.replica()).toBe('primary');
  });

  test('cannot write, and cannot read the passwords of API users', async () => {
    const grants = await database.db.sql("show grants for phonestate@'%'");
    const permissions = grants.map((row) => String(Object.values(row)[0]));
    expect(permissions.filter((grant) => !/^GRANT (?:SELECT|USAGE) /u.test(grant))).toEqual([]);
    const columns =
      "select column_name as name from information_schema.column_privileges where grantee like '%phonestate%'";
    expect((await database.db.sql(columns)).map(({ name }) => name)).not.toContain('pass');
  });

  test('and with the statements for replicas and TLS, which the server accepts', async () => {
    const [requireTls = '', ...replicas] = others;
    for (const statement of replicas) await database.db.sql(statement);
    expect(await reader().replica()).toBe('primary');
    await database.db.sql(requireTls);
    expect((await failureOf(reader().list(phoneType))).what).toContain('or only with TLS');
  });

  test.each([
    ['select on asterisk.phones_alias', 'table phones_alias that'],
    ['select (ast_delete_phones) on asterisk.vicidial_users', 'column ast_delete_phones of table vicidial_users that'],
    [
      'select (api_allowed_functions) on asterisk.vicidial_users',
      'column api_allowed_functions of table vicidial_users',
    ],
    ['select (admin_viewable_groups) on asterisk.vicidial_user_groups', 'column admin_viewable_groups of table'],
    ['select (server_id, active) on asterisk.servers', 'columns server_id, active of table servers that'],
  ])('without %s is refused, by its name', async (permission, what) => {
    await database.db.sql(`revoke ${permission} from phonestate@'%'`);
    const made = reader();
    const work = Promise.all([made.list(phoneAliasType), made.mayDelete(), made.servers()]);
    const failure = await failureOf(work);
    expect(failure.code).toBe('database-refused');
    expect(failure.what).toContain(what);
    expect(failure.what).toContain('user phonestate may read');
  });

  test('with single columns of phones, a column without permission is not one that the schema lacks', async () => {
    const columns = Object.keys(phones[0] ?? {}).join(', ');
    await database.db.sql(
      `revoke select on asterisk.phones from phonestate@'%'; grant select (${columns}) on asterisk.phones to phonestate@'%'`,
    );
    expect((await failureOf(reader().list(phoneType))).what).toContain('outbound_alt_cid');
  });

  test('without the table of agents, all but the agents is read', async () => {
    await database.db.sql(
      "revoke select (user, server_ip, extension, status, campaign_id, last_update_time) on asterisk.vicidial_live_agents from phonestate@'%'",
    );
    const made = reader();
    expect(await made.list(phoneType)).toHaveLength(1);
    const { code, what } = await failureOf(made.agentsOn([phone('55000')]));
    expect([code, what]).toEqual([
      'database-refused',
      expect.stringContaining('has no SELECT on table vicidial_live_agents for user phonestate'),
    ]);
  });
});

describeDatabase('a user without the statement of the guide that is for phonestate drift', () => {
  const database = useDatabase();

  test('reads all but the log, and gets the reason', async () => {
    await database.db.load({ ...system, phones, aliases });
    const withoutLog = createUser.replace(/^GRANT [^;]*vicidial_admin_log[^;]*;\n/mu, '');
    expect(withoutLog).not.toBe(createUser);
    await database.db.sql(withoutLog);
    const made = database.reader({ database_url: database.db.url(login) });
    expect(await made.list(phoneType)).toHaveLength(1);
    const log = await made.adminLog(['55000']);
    expect('unavailable' in log && log.unavailable).toContain(
      'no table vicidial_admin_log that user phonestate may read',
    );
  });
});

describeDatabase('a user with the permissions that the guide grants on the schema of build 150217', () => {
  const database = useDatabase({ schema: '150217' });
  beforeAll(async () => {
    await database.db.load({ ...system, phones, aliases });
    // As the guide says: that schema has no such column.
    await database.db.sql(createUser.replace(/,\s+api_allowed_functions/u, ''));
  });

  test('can read everything that a reader reads', async () => {
    const made = database.reader({ database_url: database.db.url(login) });
    expect(await made.list(phoneType)).toHaveLength(1);
    expect(await made.mayDelete()).toBe(true);
  });
});
