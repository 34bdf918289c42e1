import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fetch } from 'undici';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';

const add = {
  function: 'add_phone',
  source: 'test',
  user: '6666',
  pass: 'admin1234',
  extension: '55000',
  server_ip: '10.0.0.11',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: 'agentSecret',
  registration_password: 'deviceSecret',
  protocol: 'SIP',
  phone_full_name: 'Desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
};
const post = async (url: string, fields: Record<string, string>) =>
  (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();

describe('over HTTP', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ inspect: true });
  });
  afterEach(() => emulator.close());

  test('GET and POST are both read, and the query string wins', async () => {
    expect(await (await fetch(`${emulator.url}?function=version`)).text()).toContain('BUILD: 241004');
    expect(await post(`${emulator.url}?function=version`, add)).toContain('BUILD: 241004');
    expect((await fetch(emulator.url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('the journal keeps the order, masks what is secret, and tells writing calls from harmless ones', async () => {
    await post(emulator.url, { ...add, local_gmt: '99' });
    await post(emulator.url, { ...add, protocol: 'PJSIP' });
    await post(emulator.url, add);
    await post(emulator.url, { ...add, function: 'update_phone', local_gmt: '99' });
    await post(emulator.url, { function: 'update_phone', user: '6666', pass: 'admin1234', source: 'test' });
    const { entries } = emulator.journal;
    expect(entries.map(({ function: name, writing, changed }) => [name, writing, changed])).toEqual([
      ['add_phone', false, false],
      ['add_phone', true, false],
      ['add_phone', true, true],
      ['update_phone', false, false],
      ['update_phone', false, false],
    ]);
    expect(entries[2]?.sent('phone_pass')).toBe('agentSecret');
    expect(`${entries.map(String).join()}${JSON.stringify(entries)}`).not.toMatch(
      /agentSecret|deviceSecret|admin1234/u,
    );
  });

  test('what is stored is served as JSON, passwords only on demand', async () => {
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
    expect((await fetch(new URL('/_emulator/nothing', emulator.url))).status).toBe(404);
  });

  test('nothing is served about it unless asked', async () => {
    const plain = await startEmulator();
    expect((await fetch(new URL('/_emulator/phones', plain.url))).status).toBe(404);
    await plain.close();
  });
});

describe('phonestate emulator', () => {
  const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'phonestate-emulator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('prints its URL, keeps its phones in the file beside what was written there, and stops on Ctrl-C', async () => {
    const file = join(folder, 'system.yaml');
    writeFileSync(
      file,
      '# Our lab.\nservers: [10.0.0.11]\nusers:\n  - { user: "6666", password: admin1234 } # the one user\n',
    );
    const child = spawn(process.execPath, [command, 'emulator', '--data', file, '--build', '200622'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const url = line.split(' ').at(-1) ?? '';
    expect(await post(url, add)).toContain('SUCCESS');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const kept = readFileSync(file, 'utf8');
    expect(kept).toContain('# Our lab.');
    expect(kept).toContain('# the one user');
    expect(kept).toContain('phone_login: "55000"');
  });

  test.each([
    ['servers: []\nusers:\n  - { user: "6666", password: x }\n', /system\.yaml:1: servers: /u],
    ['servers: [a]\nusers:\n  - user: "6666"\n    password: x\n    level: 12\n', /system\.yaml:5: users\.0\.level: /u],
    ['servers: [a\nusers: []\n', /system\.yaml:\d: /u],
  ])('says file, line and field of what is wrong: %j', (text, message) => {
    const file = join(folder, 'system.yaml');
    writeFileSync(file, text);
    let said = '';
    try {
      execFileSync(process.execPath, [command, 'emulator', '--data', file], { stdio: 'pipe', timeout: 10_000 });
    } catch (error) {
      said = String((error as { stderr: Buffer }).stderr);
    }
    expect(said).toMatch(message);
    expect(said).not.toContain('    at ');
  });
});
