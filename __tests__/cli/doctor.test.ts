import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { BuildName } from '../../src/emulator/builds';
import { startEmulator } from '../../src/emulator/emulator';

const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');

async function doctor(
  user: string,
  flags: readonly string[] = [],
  environment: Record<string, string> = {},
  build: BuildName = '241004',
) {
  const emulator = await startEmulator({ build });
  const env = {
    PATH: process.env.PATH,
    VICIDIAL_URL: emulator.url,
    VICIDIAL_USER: user,
    VICIDIAL_PASSWORD: 'admin1234',
    ...environment,
  };
  const run = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [command, 'doctor', ...flags], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
  const writes = emulator.journal.writes.length;
  await emulator.close();
  return { ...run, writes };
}

test('a user with every permission passes, and nothing is written', async () => {
  const { code, output, writes } = await doctor('6666');
  expect(code).toBe(0);
  expect(output).toMatch(/^ok {4}server +VICIdial 2\.14-194, build 241004-1518\nok {4}build +has every field$/mu);
  expect(output).toMatch(/^ok {4}add_phone +permitted to 6666$/mu);
  expect(writes).toBe(0);
});

test('a check that was not run is not shown as passed', async () => {
  const { output } = await doctor('6666', ['--json']);
  expect(JSON.parse(output)).toContainEqual(expect.objectContaining({ name: 'delete', status: 'skipped' }));
});

test('a missing permission fails for each function, with one explanation for all', async () => {
  const { code, output } = await doctor('readonly');
  expect(code).toBe(1);
  expect(output.match(/^FAIL/gmu)).toHaveLength(4);
  expect(output.split('Give the user these permissions')).toHaveLength(2);
});

test('the fields that an older build does not have are a warning', async () => {
  const { code, output } = await doctor('6666', [], {}, '180301');
  expect(code).toBe(0);
  expect(output).toMatch(/^WARN {2}build +does not have outbound_alt_cid, phone_ring_timeout, delete_vm_after_email/mu);
});

test('the checks are printed as JSON', async () => {
  const { code, output } = await doctor('6666', ['--json'], { VICIDIAL_PASSWORD: 'wrong' });
  expect(code).toBe(1);
  expect(JSON.parse(output)).toContainEqual(
    expect.objectContaining({
      name: 'add_phone',
      status: 'failed',
      failure: expect.objectContaining({ code: 'login-incorrect' }) as object,
    }),
  );
  expect(output).not.toContain('wrong"');
});

test('every setting of the provider is read from the environment', async () => {
  const { code, output } = await doctor('6666', [], { VICIDIAL_MAX_CONCURRENCY: 'many' });
  expect(code).toBe(1);
  expect(output).toContain('max_concurrency is not valid. It must be a whole number from 1 to 64.');
});

test('an unreachable server, and a variable that is not set, are named', async () => {
  expect((await doctor('6666', [], { VICIDIAL_URL: 'http://127.0.0.1:1/x' })).output).toMatch(
    /FAIL {2}server {2}VICIdial could not be reached \(server-unreachable\)/u,
  );
  expect((await doctor('6666', [], { VICIDIAL_URL: '' })).output).toContain('VICIDIAL_URL');
});

test('an address with a query is refused before any call', async () => {
  const { output, writes } = await doctor('6666', [], { VICIDIAL_URL: 'http://127.0.0.1:1/x?delete_phone=Y' });
  expect(output).toContain('must not have a query');
  expect(writes).toBe(0);
});
