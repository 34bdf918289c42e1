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
  const dialer = await startEmulator({ build });
  const env = {
    PATH: process.env.PATH,
    VICIDIAL_URL: dialer.url,
    VICIDIAL_USER: user,
    VICIDIAL_PASSWORD: 'admin1234',
    ...environment,
  };
  const run = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [command, 'doctor', ...flags], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
  const writes = dialer.journal.writes.length;
  await dialer.close();
  return { ...run, writes };
}

test('a user with every right is well, and nothing was written', async () => {
  const { code, output, writes } = await doctor('6666');
  expect(code).toBe(0);
  expect(output).toMatch(
    /ok {4}server +VICIdial 2\.14-194, build 241004-1518\nok {4}build +knows every field\nok {4}add_phone +permitted to 6666/u,
  );
  expect(writes).toBe(0);
});

test('a user without rights is told each function, and what to do once', async () => {
  const { code, output } = await doctor('readonly');
  expect(code).toBe(1);
  expect(output.match(/^FAIL/gmu)).toHaveLength(4);
  expect(output.split('Give the user these rights')).toHaveLength(2);
});

test('an older build is told with what it does not know', async () => {
  expect((await doctor('6666', [], {}, '180301')).output).toContain(
    'does not know outbound_alt_cid, phone_ring_timeout, delete_vm_after_email, is_webphone',
  );
});

test('the findings come as JSON too', async () => {
  const { code, output } = await doctor('6666', ['--json'], { VICIDIAL_PASSWORD: 'wrong' });
  expect(code).toBe(1);
  expect(JSON.parse(output)).toContainEqual(
    expect.objectContaining({
      name: 'add_phone',
      ok: false,
      failure: expect.objectContaining({ code: 'login-incorrect' }) as object,
    }),
  );
  expect(output).not.toContain('wrong"');
});

test('a server that is not there, and a variable that is not set, are told', async () => {
  expect((await doctor('6666', [], { VICIDIAL_URL: 'http://127.0.0.1:1/x' })).output).toMatch(
    /FAIL {2}server {2}VICIdial could not be reached \(server-unreachable\)/u,
  );
  expect((await doctor('6666', [], { VICIDIAL_URL: '' })).output).toContain('VICIDIAL_URL');
});
