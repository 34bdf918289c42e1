import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import { MariaDb } from '../../testing/mariadb';
import { useTemporaryFolder } from '../temporary-folder';
import { describeDatabase } from '../vicidial/database/database';
import { byName, runDoctor } from './doctor-process';

jest.setTimeout(60_000);

const temporary = useTemporaryFolder();

describeDatabase('doctor with a database', () => {
  let emulator: Emulator;
  let database: MariaDb;
  beforeAll(async () => {
    database = await MariaDb.start();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.store.putPhone({ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000' });
    await database.sync(emulator.store, sampleSystem);
  });
  afterEach(() => emulator.close());

  const doctor = async (environment: Record<string, string> = {}) => {
    const run = await runDoctor(['--json'], {
      TMPDIR: temporary.path,
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: '6666',
      VICIDIAL_PASSWORD: 'admin1234',
      VICIDIAL_DATABASE_URL: database.url(),
      ...environment,
    });
    expect(run.output).not.toMatch(/admin1234|readerword/u);
    return { ...run, checks: byName(run.output) };
  };

  test('shows what can be seen, that both are one system, the replica, the agents and the permissions', async () => {
    const { code, checks } = await doctor();
    expect(code).toBe(0);
    expect(checks).toMatchObject({
      'admin pages': { status: 'skipped', found: 'not checked: the database is read' },
      database: { status: 'ok' },
      replica: { status: 'ok', found: 'the primary database' },
      agents: { status: 'ok' },
      'same system': { status: 'ok' },
      delete: { status: 'ok' },
    });
    expect(checks.database?.found).toContain('6666 sees 1 phone, 0 phone aliases, 2 templates, 2 servers');
    expect(emulator.journal.writes.filter(({ changed }) => changed)).toEqual([]);
  });

  test('without a password, checks what needs no login, and skips the rest with the reason', async () => {
    const { code, checks } = await doctor({ VICIDIAL_PASSWORD: '' });
    expect(code).toBe(0);
    expect(checks).toMatchObject({
      server: { status: 'ok' },
      add_phone: { status: 'ok', found: 'permitted to 6666 (by its row in the database)' },
      database: { status: 'ok' },
      'same system': { status: 'skipped', found: 'not checked: password is not set' },
      delete: { status: 'ok' },
    });
    expect(emulator.journal.entries.map(({ function: name }) => name)).toEqual(['version']);
  });

  test('a permission that the row lacks fails', async () => {
    const { code, checks } = await doctor({ VICIDIAL_USER: 'nodelete', VICIDIAL_PASSWORD: '' });
    expect(code).toBe(1);
    expect(checks.delete).toMatchObject({ status: 'failed', failure: { code: 'permission-delete' } });
  });

  test('the database of another system fails', async () => {
    const other = await startEmulator({ data: { ...sampleSystem, servers: ['10.9.0.1'] } });
    const { code, checks } = await doctor({ VICIDIAL_URL: other.url });
    await other.close();
    expect(code).toBe(1);
    expect(checks['same system']).toMatchObject({ status: 'failed' });
  });

  test('a replica that lags is a warning where the API cannot be asked', async () => {
    const asReplica = { VICIDIAL_DATABASE_IS_REPLICA: 'true' };
    expect((await doctor(asReplica)).checks.replica?.status).toBe('ok');
    expect((await doctor({ ...asReplica, VICIDIAL_PASSWORD: '' })).checks.replica?.status).toBe('warning');
  });

  test('an unreachable database, and an unknown user, fail, and what needs them is skipped', async () => {
    const unreachable = await doctor({ VICIDIAL_DATABASE_URL: 'mysql://reader@127.0.0.1:1/asterisk' });
    expect(unreachable.code).toBe(1);
    expect(unreachable.checks).toMatchObject({
      add_phone: { status: 'ok' },
      database: { status: 'failed', failure: { code: 'database-unreachable' } },
      replica: { status: 'skipped' },
      delete: { status: 'skipped' },
    });
    const unknown = await doctor({ VICIDIAL_USER: 'other', VICIDIAL_PASSWORD: '' });
    expect(unknown.checks.database).toMatchObject({ status: 'failed', failure: { code: 'database-unknown-user' } });
  });

  test('an unreachable server does not end the checks of the database', async () => {
    const { code, checks } = await doctor({ VICIDIAL_URL: 'http://127.0.0.1:1/x' });
    expect(code).toBe(1);
    expect(checks).toMatchObject({
      server: { status: 'failed' },
      update_phone: { status: 'ok' },
      database: { status: 'ok' },
      'same system': { status: 'skipped', found: 'not checked: the server cannot be used' },
    });
  });
});
