/** Plans from the database: no call of the API, and what only the database shows. */
import type { Arguments, Outcome, PlanWalk } from './plan-walk';
import { mariaDbMissing } from '../../testing/mariadb';
import { inState, useDatabaseSystem } from './readers';
import { details, phone, plannedBy } from './server';

jest.setTimeout(120_000);

const system = useDatabaseSystem();
const describeDatabase = mariaDbMissing === undefined ? describe : describe.skip;
const noPassword = { password: null };
const key = { server_ip: '10.0.0.11', extension: '55000' };

beforeEach(() => system.reset());

/** A process that has no password, and makes no call. */
const startAlone = (settings: Arguments = {}) =>
  system.start({ ...noPassword, ...settings }, { VICIDIAL_PASSWORD: '' });

async function stored(walk: PlanWalk, extension: string): Promise<Arguments> {
  const own = { system: system.name };
  return plannedBy(await walk.read('vicidial_phone', { ...inState(extension), ...own }));
}

describeDatabase('without a password', () => {
  afterEach(() => expect(system.emulator.journal.entries).toEqual([]));

  test('a phone is planned to be created, changed and deleted', async () => {
    system.store('55001', { phone_full_name: 'Desk' });
    system.store('55002', {});
    const walk = await startAlone();
    const changed = { ...key, extension: '55001', phone_full_name: 'Other' };
    const outcomes = [
      await walk.plan('vicidial_phone', phone('55000')),
      await walk.plan('vicidial_phone', changed, await stored(walk, '55001')),
      await walk.plan('vicidial_phone', null, await stored(walk, '55002')),
    ];
    expect(outcomes.flatMap(({ codes }) => codes)).toEqual([]);
  });

  test.each([
    ['a key that exists', { extension: '55001' }, 'phone-exists'],
    ['a login that another phone has', { phone_login: 'A1' }, 'login-taken'],
    ['a server that does not exist', { server_ip: '10.9.9.9' }, 'server-not-found'],
    ['a template that does not exist', { template_id: 'none' }, 'template-not-found'],
  ])('a new phone with %s is refused', async (_what, fields, code) => {
    system.store('55001', { phone_login: 'a1' });
    const walk = await startAlone();
    expect((await walk.plan('vicidial_phone', phone('55000', fields))).codes).toEqual([code]);
  });

  test('a login that the phone itself has may stay, and that of another phone is refused', async () => {
    system.store('55000', { phone_login: 'a0' });
    system.store('55001', { phone_login: 'a1' });
    const plan = async (login: string) => {
      const walk = await startAlone();
      return walk.plan('vicidial_phone', { ...key, phone_login: login }, await stored(walk, '55000'));
    };
    expect((await plan('a2')).codes).toEqual([]);
    const taken = await plan('a1');
    expect(taken.codes).toEqual(['login-taken']);
    expect(details(taken)).toContain('in use by the phone 10.0.0.11/55001');
  });

  test.each([
    ['is inactive', { active: false }, 'login-incorrect'],
    ['has level 7', { level: 7 }, 'permission-missing'],
    ['has no API access', { api_access: false }, 'permission-missing'],
    ['may not call the function', { allowed_functions: ['version'] }, 'function-not-allowed'],
  ])('a plan is refused where the API user %s', async (_what, user, code) => {
    system.asUser(user);
    const walk = await startAlone();
    expect((await walk.plan('vicidial_phone', phone('55000'))).codes).toEqual([code]);
  });

  test('a delete is refused where the API user may not delete', async () => {
    system.store('55000', {});
    system.asUser({ delete_phones: false });
    const walk = await startAlone();
    expect((await walk.plan('vicidial_phone', null, await stored(walk, '55000'))).codes).toEqual(['permission-delete']);
  });

  test('a phone that the database lacks leaves state where the database is no replica', async () => {
    const walk = await startAlone();
    expect((await walk.read('vicidial_phone', inState('55000'))).planned).toBeNull();
  });

  test('a phone that a replica lacks stays in state, and the plan says why', async () => {
    const walk = await startAlone({ database_is_replica: true });
    const read = await walk.read('vicidial_phone', inState('55000'));
    expect(read.codes).toEqual(['database-may-lag']);
    expect(details(read)).toContain('database_is_replica = false');
  });

  test('an apply fails before its first write', async () => {
    const walk = await startAlone();
    const planned = await walk.plan('vicidial_phone', phone('55000'));
    const applied = await walk.apply('vicidial_phone', plannedBy(planned), null, planned.marker);
    expect(applied.codes).toEqual(['provider-argument']);
    expect(details(applied)).toContain('VICIDIAL_PASSWORD');
  });
});

describeDatabase('agents that are logged in', () => {
  beforeEach(() => {
    system.store('55000', { protocol: 'SIP' });
    system.logIn({
      user: 'agent1',
      server_ip: '10.0.0.11',
      extension: 'SIP/55000',
      status: 'INCALL',
      campaign_id: 'C1',
    });
  });

  test.each([
    ['warn', ['agent-logged-in']],
    ['deny', ['agent-logged-in-denied']],
    ['off', []],
  ])('in_use_check = "%s"', async (check, codes) => {
    const plan = async (config: Arguments | null): Promise<Outcome> => {
      const walk = await system.start({ in_use_check: check });
      return walk.plan('vicidial_phone', config, await stored(walk, '55000'));
    };
    for (const outcome of [await plan(null), await plan(phone('55009'))]) {
      expect(outcome.codes.filter((code) => code.startsWith('agent'))).toEqual(codes);
      if (codes.length > 0) expect(details(outcome)).toContain('agent1 (INCALL, campaign C1)');
    }
    expect((await plan({ ...key, phone_full_name: 'Other' })).codes).toEqual([]);
  });

  test('a table that the user of the database may not read is a warning, and an error where agents must be known', async () => {
    await system.database.sql("create user narrow@'%' identified by 'narrowword'");
    for (const { table } of await system.database.sql(
      "select table_name as 'table' from information_schema.tables where table_schema = 'asterisk'",
    )) {
      if (table !== 'vicidial_live_agents') await system.database.sql(`grant select on ${String(table)} to narrow@'%'`);
    }
    const url = system.database.url({ user: 'narrow', password: 'narrowword' });
    for (const [check, code] of [
      ['warn', 'agents-unreadable'],
      ['deny', 'database-refused'],
    ] as const) {
      const walk = await system.start({ database_url: url, in_use_check: check });
      const planned = await walk.plan('vicidial_phone', null, await stored(walk, '55000'));
      expect(planned.codes).toEqual([code]);
      expect(details(planned)).toContain('vicidial_live_agents');
    }
  });

  test('who has logged in since the plan is seen immediately before the delete', async () => {
    system.logOut();
    const walk = await system.start({ in_use_check: 'deny' });
    const prior = await stored(walk, '55000');
    const planned = await walk.plan('vicidial_phone', null, prior);
    expect(planned.codes).toEqual([]);
    system.logIn({
      user: 'agent1',
      server_ip: '10.0.0.11',
      extension: 'SIP/55000',
      status: 'READY',
      campaign_id: 'C1',
    });
    const applied = await walk.apply('vicidial_phone', null, prior, planned.marker);
    expect(applied.codes).toEqual(['agent-logged-in-denied']);
    expect(system.writes()).toEqual([]);
  });
});

describeDatabase('a database that does not agree with the API', () => {
  test('a replica that lags: a phone that it lacks is found by the API, and stays', async () => {
    system.store('55000', { phone_full_name: 'Desk' });
    system.store('55001', {});
    await system.database.sql("delete from phones where extension = '55000'");
    const walk = await system.start();
    const read = await walk.read('vicidial_phone', inState('55000', { phone_full_name: 'Desk' }));
    expect(read.codes).toEqual([]);
    expect(read.planned).toMatchObject({ phone_full_name: 'Desk' });
  });

  test('a database of another system stops the run before the first write', async () => {
    system.store('55001', {});
    await system.database.sql("insert into phones (extension, server_ip) values ('49999', '10.0.0.11')");
    await system.database.sql("delete from phones where extension = '55001'");
    const walk = await system.start();
    const planned = await walk.plan('vicidial_phone', phone('55000'));
    expect(planned.codes).toEqual([]);
    const applied = await walk.apply('vicidial_phone', plannedBy(planned), null, planned.marker);
    expect(applied.codes).toEqual(['database-of-another-system']);
    expect(details(applied)).toContain('The database has the phone 10.0.0.11/49999');
    expect(system.writes()).toEqual([]);
  });

  test('a database of another version stops the run, and so it does where the API is asked in a plan', async () => {
    await system.database.sql("update system_settings set version = '2.12b0.5'");
    const walk = await system.start();
    expect((await walk.read('vicidial_phone', inState('55000'))).codes).toEqual(['database-of-another-system']);
    await system.database.sql("update system_settings set version = '2.14b0.5'");
  });
});
