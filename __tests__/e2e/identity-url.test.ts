import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { commandLine } from '../../testing/command-line';
import { identityTest, identityTestOfOne } from './identity-test';
import { phone, secrets } from './harness';

jest.setTimeout(300_000);

/* Row 18: a query wins over the body of a call. */
const desk = { 'vicidial_phone.desk': phone('55000') };
const query = `?source=test&user=planner&pass=${secrets.api}&function=update_phone&extension=55000&server_ip=10.0.0.11&delete_phone=Y`;

identityTestOfOne('a url with a query is refused before any call, wherever it is set', async (bed) => {
  bed.prepare(desk);
  const url = `${bed.emulator.url}${query}`;
  bed.declare(desk);
  const fromEnvironment = await bed.plan([], { VICIDIAL_URL: url });
  bed.declare(desk, { provider: { vicidial: { url } } });
  const fromBlock = await bed.plan();
  bed.declare(desk, { provider: { vicidial: { url: `${bed.emulator.url}#user` } } });
  const withFragment = await bed.plan();
  for (const { code, errors } of [fromEnvironment, fromBlock, withFragment]) {
    expect(code).toBe(1);
    expect(errors).toContain('provider-argument');
  }
  const message = fromEnvironment.findings.find(({ severity }) => severity === 'error')?.detail ?? '';
  expect(message).toMatch(/\buser\b/u);
  expect(message).toMatch(/\bpassword\b/u);
  expect(fromEnvironment.output).not.toContain(secrets.api);
  expect(bed.emulator.journal.entries).toEqual([]);
  expect(bed.phones()).toEqual({ '10.0.0.11/55000': '55000' });
});

identityTest('the doctor refuses a url with a query before any call', async (bed) => {
  bed.serve(phone('55000'));
  const environment = {
    VICIDIAL_URL: `${bed.emulator.url}${query}`,
    VICIDIAL_USER: 'planner',
    VICIDIAL_PASSWORD: secrets.api,
  };
  const run = promisify(execFile)(...commandLine(['doctor']), {
    env: { PATH: process.env.PATH, ...environment },
  });
  await expect(run).rejects.toMatchObject({ code: expect.any(Number) as number });
  expect(bed.emulator.journal.entries).toEqual([]);
  expect(bed.phones()).toEqual({ '10.0.0.11/55000': '55000' });
});
