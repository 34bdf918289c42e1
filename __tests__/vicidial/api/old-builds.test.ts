/** Builds before 130617 answer a wrong password as a missing permission. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from '../../../src/vicidial/doctor/doctor';
import { noRetry } from '../../../src/vicidial/retry';
import { readSettings, requireSettings } from '../../../src/settings/read-settings';
import { VicidialClient } from '../../../src/vicidial/api/client';
import { sharedLoginOf } from '../../../src/vicidial/login-guard/shared-login-guard';
import { useTemporaryFolder } from '../../temporary-folder';
import { codeOf, useScriptedProxy } from './scripted-proxy';

const proxy = useScriptedProxy();
const temporary = useTemporaryFolder('file');
const probe = { function: 'add_phone', parameters: {} } as const;
const calls = () => proxy.emulator.journal.entries.map((entry) => entry.function);
const asUser = (changes: object) => Object.assign(proxy.emulator.store.users.get('6666') ?? {}, changes);

test('a wrong password is sent once, and the message says that it may be a permission', async () => {
  await proxy.open('130616');
  const to = proxy.connect(proxy.emulator.url, { password: 'wrong' });
  const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(to.send(probe))));
  expect(new Set(codes)).toEqual(
    new Set([
      `login-or-permission: ${to.origin} answered "ERROR: add_phone USER DOES NOT HAVE PERMISSION TO ADD PHONES" to add_phone by user 6666. The server has build 130616-0000.`,
    ]),
  );
  expect(calls()).toEqual(['add_phone', 'version']);
});

test('from build 130617 on it is a refused login, and a missing permission is one', async () => {
  await proxy.open('130617');
  const wrong = proxy.connect(proxy.emulator.url, { password: 'wrong' });
  expect(await codeOf(wrong.send(probe))).toContain('login-incorrect');
  asUser({ level: 7 });
  const result = await proxy.connect().send(probe);
  expect(result.code).toBe('permission-missing');
});

test('after a reply that only a good login gets, a missing permission is known to be one', async () => {
  await proxy.open('130616');
  const to = proxy.connect();
  expect((await to.send({ function: 'update_phone', parameters: {} })).code).toBe('value-refused');
  asUser({ level: 7 });
  expect((await to.send(probe)).code).toBe('permission-missing');
  expect(calls()).toEqual(['update_phone', 'add_phone']);
});

test('a build that cannot be read counts as a later one', async () => {
  await proxy.open('130616');
  asUser({ level: 7 });
  const to = await proxy.behind((_answer, _call, body) => (body.includes('function=version') ? 'no\r\n' : undefined));
  expect((await to.send(probe)).code).toBe('permission-missing');
});

test('the refusal counts for the other processes of a command', async () => {
  await proxy.open('130616');
  const settings = requireSettings(readSettings({ url: proxy.emulator.url, user: '6666', password: 'wrong' }, {}));
  const folder = mkdtempSync(join(temporary.path, 'logins-'));
  const connect = () =>
    new VicidialClient(settings, { sharedLogin: sharedLoginOf(settings, { folder, command: 'x' }) });
  const [first, second] = [connect(), connect()];
  expect(await codeOf(first.send(probe))).toContain('login-or-permission');
  const heldBack = await codeOf(second.send(probe));
  expect(heldBack).toContain('login-held-back');
  expect(heldBack).toContain(first.origin);
  expect(calls()).toEqual(['add_phone', 'version']);
  await Promise.all([first.close(), second.close()]);
});

test('doctor says so of each function, and warns of a build that is not known', async () => {
  await proxy.open('130616');
  const reading = readSettings({ url: proxy.emulator.url, user: '6666', password: 'wrong', read_from: 'api' }, {});
  const checks = await runChecks(reading, (given) => new VicidialClient(given, { retryPolicy: noRetry }));
  expect(checks.filter(({ failure }) => failure?.code === 'login-or-permission').map(({ name }) => name)).toEqual([
    'add_phone',
    'update_phone',
    'add_phone_alias',
    'update_phone_alias',
  ]);
  const version = checks.find(({ name }) => name === 'version');
  expect(version?.status).toBe('warning');
  expect(version?.failure?.detail).toContain('behaves like build 150217');
  expect(proxy.emulator.api.authentication.counter('6666').failed).toBe(1);
});
