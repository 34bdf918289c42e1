/** The data sources on the database, which has what the admin pages do not show. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import type { SystemInput } from '../../src/emulator/system-data';
import { MariaDb } from '../../testing/mariadb';
import { describeDatabase } from '../vicidial/database/database';
import { PlanWalk, type Arguments, type Outcome } from './plan-walk';
import { details } from './server';

jest.setTimeout(60_000);

const key = { server_ip: '10.0.0.11', extension: '55000' };
const system = {
  servers: [{ server_ip: '10.0.0.11', server_id: 'dial1', server_description: 'First server', active: 'N' }],
  templates: [{ template_id: 'SIP_generic', template_name: 'Any SIP phone' }],
  user_groups: [
    { name: 'ADMIN', group_name: 'Administrators' },
    { name: 'SALES', viewable_groups: ['SALES'] },
  ],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'sales', password: 'admin1234', user_group: 'SALES', delete_phones: false },
  ],
  phones: [
    { ...key, phone_login: '55000', phone_pass: 'agentSecret1', email: null, protocol: 'PJSIP', local_gmt: '-5' },
    { ...key, extension: '55001', phone_login: '55001', admin_user_group: 'ADMIN' },
  ],
  aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] }],
} satisfies SystemInput;

describeDatabase('data sources on the database', () => {
  let emulator: Emulator;
  let database: MariaDb;
  const walks: PlanWalk[] = [];
  beforeAll(async () => {
    database = await MariaDb.start();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    emulator = await startEmulator({ data: system });
    await database.sync(emulator.store, system);
  });
  afterEach(async () => {
    await Promise.all(walks.splice(0).map((walk) => walk.end()));
    await emulator.close();
  });

  const start = async (settings: Arguments = {}, variables: Record<string, string> = {}) => {
    const given = { read_from: 'database', database_url: database.url(), ...settings };
    const walk = await PlanWalk.start(emulator, given, variables);
    walks.push(walk);
    return walk;
  };
  const read = async (type: string, config: Arguments = {}, settings: Arguments = {}): Promise<Outcome> =>
    (await start(settings)).readData(type, config);

  test('a phone has every field of its row, and no call is made', async () => {
    const { codes, planned } = await read('vicidial_phone', key);
    expect(codes).toEqual([]);
    expect(planned).toMatchObject({
      ...{ id: '10.0.0.11/55000', protocol: 'PJSIP', local_gmt: '-5.00', email: null, phone_ring_timeout: 60 },
      ...{ phone_pass: null, registration_password: null },
    });
    expect((await read('vicidial_phone', { ...key, include_secrets: true })).planned?.phone_pass).toBe('agentSecret1');
    expect(emulator.journal.entries).toEqual([]);
  });

  test('many phones have all their fields without a call, and secrets only where they are asked for', async () => {
    const outcome = await read('vicidial_phones', { extension_pattern: '5500?' });
    expect(outcome.planned?.phones).toMatchObject({
      '10.0.0.11/55000': { protocol: 'PJSIP', phone_pass: null },
      '10.0.0.11/55001': { admin_user_group: 'ADMIN', active: 'Y' },
    });
    expect(JSON.stringify(outcome)).not.toContain('agentSecret1');
    expect(emulator.journal.entries).toEqual([]);
  });

  test('a hidden phone is left out of the map, and an error that names the reason on its own', async () => {
    const { planned } = await read('vicidial_phones', {}, { user: 'sales' });
    expect(Object.keys(planned?.phones ?? {})).toEqual(['10.0.0.11/55000']);
    const hidden = await read('vicidial_phone', { ...key, extension: '55001' }, { user: 'sales' });
    expect(hidden.codes).toEqual(['object-not-found']);
    expect(details(hidden)).toContain('may not view it');
  });

  test('without a password, a phone that the database lacks does not exist, but for a replica, which may lag', async () => {
    const missing = { ...key, extension: '59999' };
    const codes = async (database_is_replica: boolean) => {
      const walk = await start({ database_is_replica }, { VICIDIAL_PASSWORD: '' });
      return (await walk.readData('vicidial_phone', missing)).codes;
    };
    expect(await codes(false)).toEqual(['object-not-found']);
    expect(await codes(true)).toEqual(['database-may-lag']);
    const walk = await start({}, { VICIDIAL_PASSWORD: '' });
    expect((await walk.readData('vicidial_system')).planned).toMatchObject({ build: null, may_add: true });
    expect(emulator.journal.entries).toEqual([]);
  });

  test('phone aliases, servers, templates and user groups have all that their rows have', async () => {
    expect((await read('vicidial_phone_aliases')).planned?.phone_aliases).toEqual({
      desks: { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] },
    });
    expect((await read('vicidial_servers')).planned?.servers).toEqual({
      '10.0.0.11': { server_ip: '10.0.0.11', server_id: 'dial1', description: 'First server', active: false },
    });
    expect((await read('vicidial_templates')).planned?.templates).toEqual({
      SIP_generic: { template_id: 'SIP_generic', template_name: 'Any SIP phone' },
    });
    expect((await read('vicidial_user_groups')).planned?.user_groups).toEqual({
      ADMIN: { user_group: 'ADMIN', group_name: 'Administrators' },
      SALES: { user_group: 'SALES', group_name: null },
    });
  });

  test('the system has the permissions in the row of the user, and the build where there is a password', async () => {
    const { planned } = await read('vicidial_system', {}, { user: 'sales' });
    expect(planned).toMatchObject({
      ...{ reader: 'database', build: '241004-1518', lacks: [], may_add: true, may_update: true },
      ...{ may_add_alias: true, may_update_alias: true, may_delete: false },
    });
    expect(emulator.journal.entries.map(({ function: name }) => name)).toEqual(['version']);
  });

  test('an apply shows what the run has written', async () => {
    const walk = await start();
    await walk.readData('vicidial_phones');
    const prior = { ...key, id: '10.0.0.11/55000', phone_full_name: 'Before' };
    emulator.store.putPhone({ ...emulator.store.phone('10.0.0.11', '55000'), ...key, phone_full_name: 'Before' });
    const { planned } = await walk.plan('vicidial_phone', { ...key, phone_full_name: 'After' }, prior);
    expect((await walk.apply('vicidial_phone', planned ?? null, prior)).codes).toEqual([]);
    expect((await walk.readData('vicidial_phone', key)).planned?.phone_full_name).toBe('After');
    expect((await walk.readData('vicidial_phones')).planned?.phones).toMatchObject({
      '10.0.0.11/55000': { phone_full_name: 'After' },
    });
  });
});
