import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { Faults } from '../../../src/emulator/faults';
import { valueOf } from './pages';

let emulator: Emulator;
let agent: Agent;
beforeEach(async () => {
  emulator = await startEmulator({ inspect: true });
  agent = new Agent({ connections: 1 });
  emulator.store.putPhone({
    server_ip: '10.0.0.11',
    extension: '55000',
    phone_login: '55000',
    phone_full_name: 'Käthe',
  });
});
afterEach(async () => {
  await agent.close();
  await emulator.close();
});

const onePhone = 'ADD=31111111111&extension=55000&server_ip=10.0.0.11';
const login = (user = '6666', password = 'admin1234') => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

async function get(query: string, headers: Record<string, string> = login()) {
  const response = await request(`${emulator.adminUrl}?${query}`, { dispatcher: agent, headers });
  return { ...response, bytes: Buffer.from(await response.body.arrayBuffer()) };
}
const code = (error: unknown) => (error as { code?: string }).code;

test('a page is sent plain, or compressed where the request accepts that', async () => {
  const plain = await get(onePhone);
  const compressed = await get(onePhone, { ...login(), 'accept-encoding': 'gzip, deflate' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(compressed.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/html; charset=utf-8' });
  expect(gunzipSync(compressed.bytes).equals(plain.bytes)).toBe(true);
  expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 5);
  expect(valueOf(plain.bytes.toString(), 'fullname')).toBe('Käthe');
  expect(emulator.pages.entries.map(({ bytes }) => bytes)).toEqual([plain.bytes.length, compressed.bytes.length]);
});

test('a request without a login, or with a wrong one, is asked for one', async () => {
  const without = await get(onePhone, {});
  expect([without.statusCode, without.bytes.toString()]).toEqual([401, 'Login incorrect, please try again: |||BAD|\n']);
  const wrong = await get(onePhone, login('6666', 'guess'));
  expect([wrong.statusCode, wrong.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic ')]);
  const redirected = await startEmulator({
    data: { servers: ['a'], users: [{ user: '6666', password: 'admin1234', admin_redirect: '/other.php' }] },
  });
  const { statusCode, headers, body } = await request(redirected.adminUrl, { headers: login() });
  await body.dump();
  expect([statusCode, headers.location]).toEqual([302, '/other.php']);
  await redirected.close();
});

test('only GET is served', async () => {
  const { statusCode, body } = await request(emulator.adminUrl, { method: 'POST', headers: login(), body: onePhone });
  await body.dump();
  expect(statusCode).toBe(405);
  expect(emulator.pages.entries).toEqual([]);
});

test('pages have a journal of their own, without passwords', async () => {
  await get(onePhone);
  await get('ADD=32111111111&alias_id=desks', login('6666', 'guessed'));
  await get('ADD=10000000000&status=display_all');
  expect(emulator.pages.entries).toMatchObject([
    { sequence: 1, user: '6666', add: '31111111111', key: '10.0.0.11/55000', status: 200 },
    { sequence: 2, user: '6666', add: '32111111111', key: 'desks', status: 401 },
    { sequence: 3, user: '6666', add: '10000000000', key: '', status: 200 },
  ]);
  expect(emulator.journal.entries).toEqual([]);
  const { body } = await request(new URL('/_emulator/pages', emulator.url));
  const shown = await body.text();
  expect(JSON.parse(shown)).toHaveLength(3);
  expect(shown).not.toMatch(/guessed|admin1234/u);
  emulator.pages.clear();
  expect(emulator.pages.entries).toEqual([]);
});

test('a page takes as long as a call', async () => {
  const slow = await startEmulator({ latencyMs: 60 });
  const start = performance.now();
  const { body } = await request(slow.adminUrl, { headers: login() });
  await body.dump();
  expect(performance.now() - start).toBeGreaterThan(55);
  await slow.close();
});

describe('faults', () => {
  test('a rule applies to calls only, or with page to pages only, by ADD and by the object', async () => {
    emulator.faults.add({ kind: 'busy' });
    emulator.faults.add({ kind: 'bad-gateway', page: true, function: '31111111111', extension: '55000' });
    expect((await get('ADD=10000000000')).statusCode).toBe(200);
    expect((await get(onePhone)).statusCode).toBe(502);
    const { statusCode, body } = await request(emulator.url);
    await body.dump();
    expect(statusCode).toBe(503);
    expect(emulator.pages.entries.map(({ fault }) => fault)).toEqual([undefined, 'bad-gateway']);
  });

  test('a page can arrive without its end, with status 200', async () => {
    const whole = (await get(onePhone)).bytes.toString();
    emulator.faults.add({ kind: 'cut-page', page: true, times: 1 });
    const half = await get(onePhone, { ...login(), 'accept-encoding': 'gzip' });
    const text = gunzipSync(half.bytes).toString();
    expect([half.statusCode, whole.startsWith(text), text.includes('old_extension')]).toEqual([200, true, false]);
    emulator.faults.add({ kind: 'cut-page', page: true, share: 0.6 });
    const later = (await get(onePhone)).bytes.toString();
    expect([later.includes('old_extension'), later.includes('name=template_id')]).toEqual([true, false]);
  });

  test('a page of another application has fields with the same names, but not the key', async () => {
    emulator.faults.add({ kind: 'other-application', page: true });
    const html = (await get(onePhone)).bytes.toString();
    expect([html.includes('name=login'), html.includes('old_extension')]).toEqual([true, false]);
  });

  test.each(['identity', 'gzip'])('a connection can break in the middle of a page, %s', async (encoding) => {
    emulator.faults.add({ kind: 'half-reply', page: true });
    expect(await get(onePhone, { ...login(), 'accept-encoding': encoding }).catch(code)).toMatch(
      /UND_ERR_SOCKET|ECONNRESET/u,
    );
  });

  test('kinds that make no sense for a page, or for a call, are refused', () => {
    expect(() => new Faults({ rules: [{ kind: 'success-without-work', page: true }] })).toThrow('does not fit');
    expect(() => new Faults({ rules: [{ kind: 'cut-page' }] })).toThrow('does not fit');
  });

  test('random faults spare pages by default, and do not depend on them', () => {
    const call = { function: 'add_phone', extension: '', writing: true };
    const kindsOf = (pages: boolean, ask: (faults: Faults) => unknown) => {
      const faults = new Faults({ random: { seed: 1, rate: 1, pages } });
      return Array.from({ length: 200 }, () => [ask(faults), faults.faultFor(call)?.kind][1]);
    };
    const page = { page: true, function: '', extension: '', writing: false };
    expect(kindsOf(false, (faults) => faults.faultFor(page))).toEqual(kindsOf(false, () => undefined));
    const faults = new Faults({ random: { seed: 1, rate: 1, pages: true } });
    const kinds = new Set(Array.from({ length: 200 }, () => faults.faultFor(page)?.kind));
    expect([kinds.has('cut-page'), kinds.has('success-without-work'), kinds.has(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('phonestate emulator prints the address of its pages', async () => {
  const command = join(__dirname, '..', '..', '..', 'dist', 'phonestate.js');
  const child = spawn(process.execPath, [command, 'emulator'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    [, url] = /^Admin pages at (\S+)$/u.exec(line) ?? [];
    if (url) break;
  }
  const { statusCode, body } = await request(url ?? '', { headers: login() });
  await body.dump();
  expect(statusCode).toBe(200);
  child.kill();
  await once(child, 'exit');
});
