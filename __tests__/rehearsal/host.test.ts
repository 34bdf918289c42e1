/** The host of a rehearsal, with providers in this process: where their calls go, and which of them it refuses. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { vicidialProvider } from '../../src/provider/provider';
import { RehearsalHost } from '../../src/rehearsal/host';
import { stateObjects } from '../../src/rehearsal/state-objects';
import { stateFile } from '../../testing/state-file';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { samplePhone } from '../../testing/sample-phone';
import { PlanWalk } from '../provider/plan-walk';
import { phone } from '../provider/server';
import { useTemporaryFolder } from '../temporary-folder';

const other = useTemporaryFolder('file');
const data = {
  servers: ['10.0.0.11'],
  templates: ['SIP_generic'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'readonly', password: 'admin1234', ast_admin_access: false },
    { user: 'updates', password: 'admin1234', allowed_functions: ['update_phone'] },
    { user: 'sales', password: 'admin1234', user_group: 'SALES' },
  ],
};
const loginTaken = { ...phone('55009'), phone_login: 'taken' };

let system: Emulator;
let host: RehearsalHost;

beforeEach(async () => {
  system = await startEmulator({ data });
  system.store.putPhone({ ...samplePhone('55001'), email: 'desk@example.com' });
  system.store.putPhone({ ...samplePhone('55002'), phone_login: 'taken', admin_user_group: 'ADMIN' });
});
afterEach(async () => {
  await host.close();
  await system.close();
});

const start = async (state = '', folder = process.cwd()) =>
  (host = await RehearsalHost.start(folder, stateObjects(state)));

/** A provider whose calls go to the emulator of the rehearsal. */
const join = (settings = {}, variables = {}) =>
  PlanWalk.start(system, { read_from: 'admin', ...settings }, { PHONESTATE_REHEARSAL: host.variable, ...variables });

const emulated = () => host.systems[0]?.emulated.emulator.store;

describe('a provider in a rehearsal', () => {
  test('finds the phones of the system, and writes to the emulator alone', async () => {
    await start();
    const run = await join();
    expect((await run.plan('vicidial_phone', phone('55001'))).codes).toContain('phone-exists');
    const template = await run.plan('vicidial_phone', phone('55004', { template_id: 'missing' }));
    expect(template.codes).toEqual(['template-not-found']);
    const planned = await run.plan('vicidial_phone', phone('55003'));
    expect(planned.codes).toEqual([]);
    await run.apply('vicidial_phone', planned.planned ?? null);
    await run.end();
    expect(emulated()?.phone('10.0.0.11', '55003')).toMatchObject({ phone_login: '55003' });
    expect(emulated()?.phone('10.0.0.11', '55001')).toMatchObject({ ...system.store.phone('10.0.0.11', '55001') });
    expect(system.store.phone('10.0.0.11', '55003')).toBeUndefined();
    expect(system.journal.writes).toEqual([]);
    expect(host.systems.map(({ name, phones, source }) => ({ name, phones, source }))).toEqual([
      { name: `${new URL(system.url).host}/vicidial/non_agent_api.php`, phones: 2, source: 'admin' },
    ]);
  });

  test('has the permissions that its user has', async () => {
    await start();
    const codes = async (user: string) => {
      const run = await join({ user });
      const { codes: found } = await run.plan('vicidial_phone', phone('55003'));
      await run.end();
      return found;
    };
    expect(await codes('6666')).toEqual([]);
    expect(await codes('readonly')).toEqual(['permission-missing']);
    expect(await codes('updates')).toEqual(['function-not-allowed']);
    // One emulator for all of them.
    expect(host.systems).toHaveLength(1);
  });

  test('needs a user that may open the admin pages, also where it reads from the API only', async () => {
    await start();
    Object.assign(system.store.users.get('6666') ?? {}, { api_only_user: true });
    await expect(join({ read_from: 'api' })).rejects.toThrow('rehearsal-without-rows');
    Object.assign(system.store.users.get('6666') ?? {}, { api_only_user: false });
    const run = await join({ read_from: 'api' });
    expect((await run.plan('vicidial_phone', phone('55001'))).codes).toContain('phone-exists');
    await run.end();
  });

  test('has a phone of the state that is hidden from its user, with the values of the state', async () => {
    const hidden = { ...samplePhone('55002'), phone_login: 'taken', email: 'state@example.com' };
    await start(stateFile([{ address: 'vicidial_phone.hidden', attributes: hidden }]));
    const run = await join({ user: 'sales' });
    expect((await run.plan('vicidial_phone', phone('55002'))).codes).toContain('phone-hidden');
    expect((await run.plan('vicidial_phone', loginTaken)).codes).toContain('login-taken');
    await run.end();
    expect(emulated()?.phone('10.0.0.11', '55002')).toMatchObject({ email: 'state@example.com' });
    const notes = [...(host.systems[0]?.emulated.notes ?? [])].join('\n');
    expect(notes).toContain('10.0.0.11/55002 is hidden from the API user: its values are those of the state.');
    expect(notes).toContain('no phones of user groups that it may not view');
  });

  const withDatabase = mariaDbMissing === undefined ? test : test.skip;
  withDatabase(`finds the login of a hidden phone that only the database shows ${mariaDbMissing ?? ''}`, async () => {
    const database = await MariaDb.start();
    try {
      await database.sync(system.store, data);
      await start();
      const run = await join({ user: 'sales', read_from: 'auto', database_url: database.url() });
      expect((await run.plan('vicidial_phone', loginTaken)).codes).toContain('login-taken');
      await run.end();
      expect(host.systems[0]?.source).toBe('database');
      expect([...(host.systems[0]?.emulated.notes ?? [])]).toEqual([]);
    } finally {
      await database.stop();
    }
  });
});

describe('a variable that was left behind', () => {
  const version = { terraformVersion: '1.11.4' };
  const configure = async (variable: string) => {
    const provider = vicidialProvider({
      ...{ VICIDIAL_URL: system.url, VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234' },
      PHONESTATE_REHEARSAL: variable,
    });
    const block = Object.fromEntries(Object.keys(provider.schema.attributes).map((name) => [name, null]));
    const found = await provider.configure(block, version);
    // Also where the engine would go on after the error.
    const config = { ...block, ...phone('55003') };
    const resource = provider.resources.vicidial_phone;
    const values = Object.fromEntries(
      Object.keys(resource?.schema.attributes ?? {}).map((name) => [name, config[name] ?? null]),
    );
    const plan = async () =>
      resource?.plan({ config: values, prior: null, proposed: values, priorPrivate: new Uint8Array() });
    await expect(plan()).rejects.toThrow();
    await provider.close?.();
    expect(system.journal.entries).toEqual([]);
    expect(system.pages.entries).toEqual([]);
    return found.map(({ severity, detail }) => `${severity}: ${detail}`).join('\n');
  };

  test('leads nowhere: not to the system, and to no emulator', async () => {
    await start();
    const { variable } = host;
    await host.close();
    const text = await configure(variable);
    expect(text).toMatch(/^error: Nothing answers at http:\/\/127\.0\.0\.1/u);
    expect(text).toContain('Code: rehearsal-refused');
    await start();
  });

  test('is refused by a rehearsal in progress, where the run works in another folder', async () => {
    await start('', other.path);
    expect(await configure(host.variable)).toContain('this run is not one of its own');
    expect(host.systems).toEqual([]);
  });

  test('of another machine is refused', async () => {
    await start();
    expect(await configure(host.variable.replace('127.0.0.1', '10.0.0.1'))).toContain(
      'Only an address of this machine',
    );
  });

  test('sends no setting to another program that listens there, and shows no token', async () => {
    const requests: string[] = [];
    const program = createServer((request, response) => {
      requests.push(`${request.method} ${request.headers.authorization ?? ''}`);
      response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(program, 'listening');
    await start();
    const { port } = program.address() as AddressInfo;
    const text = await configure(host.variable.replace(/:\d+\//u, `:${port}/`));
    program.close();
    expect(text).toContain('is not the rehearsal that PHONESTATE_REHEARSAL names');
    expect(text).not.toContain(new URL(host.variable).hash.slice(1));
    expect(requests).toEqual(['GET ']);
  });
});
