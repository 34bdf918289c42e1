import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { useTemporaryFolder } from '../temporary-folder';
import { byName, runDoctor } from './doctor-process';

// Ends a test that hangs. Each run of the command starts a process, which takes long on a busy machine.
jest.setTimeout(60_000);

/** Refused logins are shared through it. */
const temporary = useTemporaryFolder();
let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

/** Runs the command as a user of the sample system. */
function doctor(user: string, flags: readonly string[] = [], environment: Record<string, string> = {}) {
  return runDoctor(flags, {
    TMPDIR: temporary.path,
    VICIDIAL_URL: emulator.url,
    VICIDIAL_USER: user,
    VICIDIAL_PASSWORD: 'admin1234',
    ...environment,
  });
}

test('a user with every permission passes, and nothing is written', async () => {
  const { code, output } = await doctor('6666');
  expect(code).toBe(0);
  expect(output).toMatch(/^ok {4}server +VICIdial 2\.14-194, build 241004-1518\nok {4}build +has every field$/mu);
  expect(output).toMatch(/^ok {4}add_phone +permitted to 6666$/mu);
  expect(emulator.journal.writes).toEqual([]);
});

const secretsOf = (output: string) => output.match(/admin1234|readerword|wrong1/gu) ?? [];

test('the admin pages are checked, with what they show, and the permission to delete', async () => {
  emulator.store.putPhone({ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000' });
  const { code, output } = await doctor('6666', ['--json']);
  expect(code).toBe(0);
  expect(byName(output)).toMatchObject({
    'admin pages': { status: 'ok', found: '6666 sees 1 phone, 0 phone aliases, 2 templates, 2 servers' },
    database: { status: 'skipped', found: 'not checked: database_url is not set' },
    delete: { status: 'ok' },
  });
});

test('a user without the permission to delete fails', async () => {
  const { code, output } = await doctor('nodelete');
  expect(code).toBe(1);
  expect(output).toMatch(/^FAIL {2}delete +.*\(permission-delete\)$/mu);
  expect(output.match(/^FAIL/gmu)).toHaveLength(1);
});

test('admin pages that are not shown are a warning where the API may be used, and fail where they are named', async () => {
  Object.assign(emulator.store.users.get('6666') ?? {}, { api_only_user: true });
  const auto = await doctor('6666', ['--json']);
  expect(auto.code).toBe(0);
  expect(byName(auto.output)).toMatchObject({ 'admin pages': { status: 'warning' }, delete: { status: 'skipped' } });
  const named = await doctor('6666', ['--json'], { VICIDIAL_READ_FROM: 'admin' });
  expect(named.code).toBe(1);
  expect(byName(named.output)['admin pages']?.status).toBe('failed');
});

test('with read_from = "api" no page is asked for, and what was not checked is not shown as passed', async () => {
  const { code, output } = await doctor('6666', ['--json'], { VICIDIAL_READ_FROM: 'api' });
  expect(code).toBe(0);
  expect(byName(output)).toMatchObject({
    'admin pages': { status: 'skipped', found: 'not checked: read_from is "api"' },
    delete: { status: 'skipped' },
  });
  expect(emulator.pages.entries).toEqual([]);
});

test('a missing permission fails for each function, with one explanation for all', async () => {
  const { code, output } = await doctor('readonly');
  expect(code).toBe(1);
  expect(output.match(/^FAIL {2}(?:add|update)/gmu)).toHaveLength(4);
  expect(output.split('Give the user these permissions')).toHaveLength(2);
});

test('the fields that an older build does not have are a warning', async () => {
  const older = await startEmulator({ build: '180301' });
  const { code, output } = await doctor('6666', [], { VICIDIAL_URL: older.url });
  await older.close();
  expect(code).toBe(0);
  expect(output).toMatch(/^WARN {2}build +does not have outbound_alt_cid, phone_ring_timeout, delete_vm_after_email/mu);
});

test('a wrong password is one attempt in all, and is not shown', async () => {
  const { code, output } = await doctor('6666', ['--json'], { VICIDIAL_PASSWORD: 'wrong1' });
  expect(code).toBe(1);
  expect(byName(output)).toMatchObject({
    add_phone: { status: 'failed', failure: { code: 'login-incorrect' } },
    'admin pages': { status: 'failed' },
  });
  expect(secretsOf(output)).toEqual([]);
  const logins = emulator.journal.entries.filter(({ function: name }) => name !== 'version').length;
  expect(logins + emulator.pages.entries.length).toBe(1);
});

test('all settings that are invalid or missing are reported at once', async () => {
  const wrong = {
    VICIDIAL_MAX_CONCURRENCY: 'many',
    VICIDIAL_USER: '',
    VICIDIAL_PASSWORD: '',
    VICIDIAL_NON_LATIN: 'ja',
  };
  const { code, output } = await doctor('6666', [], wrong);
  expect(code).toBe(1);
  expect(output.match(/^FAIL {2}settings .*$/gmu)).toEqual([
    expect.stringContaining('VICIDIAL_MAX_CONCURRENCY'),
    expect.stringContaining('VICIDIAL_NON_LATIN'),
    expect.stringContaining('VICIDIAL_USER, VICIDIAL_PASSWORD'),
  ]);
});

describe('--json prints JSON and nothing else', () => {
  test.each([
    ['an invalid setting', { VICIDIAL_MAX_CONCURRENCY: 'many' }, 'settings'],
    ['a setting that is not set', { VICIDIAL_USER: '' }, 'settings'],
    ['a named database without its url', { VICIDIAL_READ_FROM: 'database' }, 'settings'],
    ['a database_url that cannot be decoded', { VICIDIAL_DATABASE_URL: 'mysql://%ZZ@127.0.0.1/asterisk' }, 'database'],
    ['an unreachable server', { VICIDIAL_URL: 'http://127.0.0.1:1/x' }, 'server'],
    ['a certificate that is none', { VICIDIAL_CA_CERTIFICATE: 'x' }, 'settings'],
  ])('for %s', async (_name, environment, failing) => {
    const { code, output } = await doctor('6666', ['--json'], environment);
    expect(code).toBe(1);
    expect(byName(output)[failing]).toMatchObject({ status: 'failed' });
    expect(secretsOf(output)).toEqual([]);
  });
});

test('a wrong password is sent five times within 15 minutes, however often the command is run', async () => {
  const check = () => doctor('6666', [], { VICIDIAL_PASSWORD: 'wrong' });
  for (let run = 1; run <= 5; run += 1) expect((await check()).output).toContain('(login-incorrect)');
  const { code, output } = await check();
  expect(code).toBe(1);
  expect(output).toMatch(/^FAIL {2}add_phone +No login was attempted \(login-held-back\)$/mu);
  expect(output).toMatch(/refused the login of user 6666 of http\S+ five times within 15 minutes/u);
  expect(emulator.journal.entries.filter(({ function: name }) => name !== 'version')).toHaveLength(5);
});

test('every setting of the provider is read from the environment', async () => {
  const { code, output } = await doctor('6666', [], { VICIDIAL_MAX_CONCURRENCY: 'many' });
  expect(code).toBe(1);
  expect(output).toContain('max_concurrency is not valid. It must be a whole number from 1 to 64.');
});

test('an unreachable server, and a variable that is not set, are named', async () => {
  expect((await doctor('6666', [], { VICIDIAL_URL: 'http://127.0.0.1:1/x' })).output).toMatch(
    /FAIL {2}server +VICIdial could not be reached \(server-unreachable\)/u,
  );
  expect((await doctor('6666', [], { VICIDIAL_URL: '' })).output).toContain('VICIDIAL_URL');
});

test('an address with a query is refused before any call', async () => {
  const { output } = await doctor('6666', [], { VICIDIAL_URL: `${emulator.url}?delete_phone=Y` });
  expect(output).toContain('must not have a query');
  expect(emulator.journal.entries).toEqual([]);
});
