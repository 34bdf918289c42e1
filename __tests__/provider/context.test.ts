/** An interruption, as far as it is about what the calls of one configuration share. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/model/secret';
import { RunContext } from '../../src/provider/context';
import { readSettings } from '../../src/settings/read-settings';
import { createSharedLoginGuard } from '../../src/vicidial/login-guard/shared-login-guard';
import { phoneType } from '../../src/model/phone-fields';
import { lookUp } from '../../src/vicidial/api/lookup';
import { useServer } from './server';

const server = useServer();

test('an interruption ends the waiting for the first login of another process', async () => {
  const loginFolder = join(mkdtempSync(join(tmpdir(), 'phonestate-logins-')), 'logins');
  const { url } = server.emulator;
  const login = { url, user: '6666', password: 'admin1234' };
  const other = createSharedLoginGuard({
    ...login,
    password: new Secret(login.password),
    waitMs: 60_000,
    folder: loginFolder,
  });
  await other.begin();
  const context = new RunContext(readSettings(login, {}), { loginFolder });
  const client = await context.client();
  const key = { server_ip: '10.0.0.11', extension: '55000' };
  const looking = lookUp(client, { type: phoneType, key, id: '10.0.0.11/55000' });
  context.stop();
  await expect(looking).rejects.toThrow('interrupted');
  expect(server.emulator.journal.entries).toEqual([]);
  await other.end(undefined);
  await context.close();
});

test('an interruption of a configuration that is not complete is no error', async () => {
  const context = new RunContext(readSettings({}, {}));
  await expect(context.client()).rejects.toThrow('not set');
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  context.stop();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
