import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { EmulatorProcess } from '../../testing/emulator-process';
import { useTemporaryFolder } from '../temporary-folder';
import { addPhoneForm as add } from './add-phone-form';

const post = async (url: string, fields: Record<string, string>) =>
  (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();

describe('over HTTP', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ inspect: true });
  });
  afterEach(() => emulator.close());

  test('parameters are read from query string and body, and the query string wins', async () => {
    expect(await (await fetch(`${emulator.url}?function=version`)).text()).toContain('BUILD: 241004');
    expect(await post(`${emulator.url}?function=version`, add)).toContain('BUILD: 241004');
    expect((await fetch(emulator.url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('the journal keeps the order, masks secrets, and marks the calls that reach the point of writing', async () => {
    await post(emulator.url, { ...add, local_gmt: '99' });
    await post(emulator.url, { ...add, protocol: 'PJSIP' });
    await post(emulator.url, add);
    await post(emulator.url, { ...add, function: 'update_phone', local_gmt: '99' });
    await post(emulator.url, { function: 'update_phone', user: '6666', pass: 'admin1234', source: 'test' });
    const { entries } = emulator.journal;
    expect(entries.map(({ function: name, writing, changed }) => [name, writing, changed])).toEqual([
      ['add_phone', false, false],
      ['add_phone', false, false],
      ['add_phone', true, true],
      ['update_phone', false, false],
      ['update_phone', false, false],
    ]);
    expect(entries[2]?.sent('phone_pass')).toBe('agentSecret');
    expect(`${entries.map(String).join()}${JSON.stringify(entries)}`).not.toMatch(
      /agentSecret|deviceSecret|admin1234/u,
    );
  });

  test('a fault for calls that write does not apply to a lookup, and its call is recorded as one that writes', async () => {
    emulator.faults.add({ kind: 'bad-gateway', writing: true, times: 1 });
    expect(await post(emulator.url, { ...add, local_gmt: '99' })).toContain('YOU MUST USE A VALID TIMEZONE');
    expect(await post(emulator.url, add)).toContain('Bad Gateway');
    expect(emulator.store.phones).toEqual([]);
    expect(await post(emulator.url, add)).toContain('SUCCESS');
    expect(emulator.journal.writes.map(({ reply, changed }) => [reply.slice(0, 13), changed])).toEqual([
      ['(bad-gateway)', false],
      ['SUCCESS: add_', true],
    ]);
  });

  test('data is served as JSON, passwords only on request', async () => {
    await post(emulator.url, add);
    const phones = `${new URL('/_emulator/phones', emulator.url).href}`;
    expect(await (await fetch(phones)).text()).not.toContain('agentSecret');
    expect(await (await fetch(`${phones}?secrets=1`)).json()).toEqual([
      expect.objectContaining({ extension: '55000', phone_pass: 'agentSecret', active: 'Y' }),
    ]);
    expect(await (await fetch(new URL('/_emulator/users', emulator.url))).json()).toContainEqual(
      expect.objectContaining({ user: '6666', attempts: 1, failed: 0 }),
    );
    expect(await (await fetch(new URL('/_emulator/journal', emulator.url))).json()).toHaveLength(1);
    const [call] = (await (await fetch(new URL('/_emulator/vicidial_api_urls', emulator.url))).json()) as [
      { url: string },
    ];
    expect(call.url).toMatch(/^function=add_phone&user=6666&pass=\*\*\*&extension=55000&/u);
    expect(call.url).not.toMatch(/agentSecret|deviceSecret|admin1234/u);
    expect((await fetch(new URL('/_emulator/nothing', emulator.url))).status).toBe(404);
  });

  test('data is not served by default', async () => {
    const plain = await startEmulator();
    expect((await fetch(new URL('/_emulator/phones', plain.url))).status).toBe(404);
    await plain.close();
  });

  test('a request of more than sixteen megabytes is refused', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 + 1);
    expect((await fetch(emulator.url, { method: 'POST', body })).status).toBe(413);
  });
});

describe('phonestate emulator', () => {
  const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
  const temporary = useTemporaryFolder();
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [command, 'emulator', ...flags], { encoding: 'utf8', timeout: 10_000 });

  test('listens on an address of choice, and says that other machines can reach it', async () => {
    const child = spawn(process.execPath, [command, 'emulator', '--host', '0.0.0.0'], { stdio: 'pipe' });
    const [warning] = (await once(child.stderr, 'data')) as [Buffer];
    expect(warning.toString()).toBe('Warning: other machines can reach the emulator at 0.0.0.0.\n');
    child.kill();
    await once(child, 'exit');
  });

  test('prints the names of a fork', async () => {
    const started = await EmulatorProcess.start('--build', '20201226-1', '--version-name', '9.1', '--build-name', 'x');
    expect(await (await fetch(`${started.url}?function=version`)).text()).toContain('VERSION: 9.1|BUILD: x|');
    await started.stop();
  });

  test('says in plain words what is wrong with an option', async () => {
    expect(run('--build', 'newest').stderr).toContain('The build newest is not a date such as 241004');
    expect(run('--host', '192.0.2.1').stderr).toBe(
      'phonestate: The emulator cannot listen on 192.0.2.1, port 0: this machine does not have the address.\n',
    );
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    expect(run('--port', port).stderr).toContain(`port ${port}: another program uses the port`);
    await emulator.close();
  });

  test('prints its URL, saves phones in its file without touching the rest, and stops on Ctrl-C', async () => {
    const file = join(temporary.path, 'system.yaml');
    writeFileSync(
      file,
      '# Our lab.\nservers: [10.0.0.11]\nusers:\n  - { user: "6666", password: admin1234 } # the one user\n',
    );
    const started = await EmulatorProcess.start('--data', file, '--build', '200622');
    expect(await post(started.url, add)).toContain('SUCCESS');
    expect(await started.stop('SIGINT')).toBe(0);
    const saved = readFileSync(file, 'utf8');
    expect(saved).toContain('# Our lab.');
    expect(saved).toContain('# the one user');
    expect(saved).toContain('phone_login: "55000"');
  });

  test.each([
    ['servers: []\nusers:\n  - { user: "6666", password: x }\n', /system\.yaml:1: servers: /u],
    ['servers: [a]\nusers:\n  - user: "6666"\n    password: x\n    level: 12\n', /system\.yaml:5: users\.0\.level: /u],
    ['servers: [a\nusers: []\n', /system\.yaml:\d: /u],
    [
      'servers:\n  - a\n  - server_ip: b\n    active: true\nusers:\n  - { user: "6666", password: x }\n',
      /system\.yaml:4: servers\.1\.active: expected one of "Y" or "N"$/mu,
    ],
    [
      'servers: [7]\nusers:\n  - { user: "6666" }\n',
      /system\.yaml:1: servers\.0: expected string, not number\n.*:3: users\.0\.password: is missing; expected string/u,
    ],
    [
      'servers: [a]\nusers:\n  - { user: "6666", password: x }\nphp: old\n',
      /:4: php: expected one of "strict" or "silent"/u,
    ],
  ])('reports file, line and field of an error: %j', (text, message) => {
    const file = join(temporary.path, 'system.yaml');
    writeFileSync(file, text);
    const { status, stderr } = run('--data', file);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });
});
