import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import type { SystemInput } from '../../src/emulator/system-data';
import { compareWithServer, type ConformanceOptions } from '../../testing/conformance';
import { keysUnder, requireOwnKeys } from '../../testing/conformance-keys';
import { rowsOf } from '../../testing/soak-checks';

jest.setTimeout(60_000);

const [server, prefix, password] = ['10.0.0.11', 'pstest', 'conformance4417'];
/** Others of the same system, with keys and logins near the prefix. */
const others: Pick<SystemInput, 'phones' | 'aliases'> = {
  phones: ['pstes', 'pstess1', '1pstest'].map((extension) => ({
    server_ip: server,
    extension,
    phone_login: extension,
  })),
  aliases: [{ alias_id: 'pstes1', alias_name: 'Other', phone_logins: ['pstes'] }],
};

const started: Emulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((emulator) => emulator.close()));
});

/** The server to compare with: another emulator. */
async function startServer(options: EmulatorOptions = {}, data: Partial<SystemInput> = {}): Promise<Emulator> {
  const users = [{ user: 'tester', password }];
  const system = { servers: [server, '10.0.0.12'], templates: ['SIP_generic'], users, ...others, ...data };
  const emulator = await startEmulator({ data: system, ...options });
  started.push(emulator);
  return emulator;
}

const compare = ({ url }: Emulator, options: Partial<ConformanceOptions> = {}) =>
  compareWithServer({
    url,
    user: 'tester',
    password,
    servers: [server, '10.0.0.12'],
    template: 'SIP_generic',
    prefix,
    seed: 1,
    calls: 300,
    maxSeconds: 60,
    perSecond: 1000,
    ...options,
  });

/** The keys of the calls that changed something. */
const changedKeys = ({ journal }: Emulator) =>
  journal.entries
    .filter(({ changed }) => changed)
    .map((entry) => entry.sent('alias_id') ?? entry.sent('extension') ?? 'none');

test.each<[string, EmulatorOptions, Partial<SystemInput>]>([
  ['the newest build', {}, {}],
  ['an older one with use_non_latin and silent PHP', { build: '200622' }, { use_non_latin: true, php: 'silent' }],
  [
    'a fork with tables in latin1 and output buffering',
    { build: '241004', names: { build: '20241004-1', version: '3.0' } },
    { use_non_latin: true, latin1_tables: true, output_buffering: true },
  ],
])('a system of the same kind agrees in every call, and has what it had before: %s', async (_kind, options, data) => {
  const emulator = await startServer(options, data);
  const before = rowsOf(emulator);
  const { comparison, stopped, left } = await compare(emulator);
  expect([stopped, left]).toEqual([undefined, []]);
  expect(comparison).toEqual({ calls: 300, agreeing: 300, differences: [] });
  expect(rowsOf(emulator)).toBe(before);
  const keys = changedKeys(emulator);
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter((key) => !key.startsWith(prefix))).toEqual([]);
});

test('a server that does something else is found, without passwords, and is cleaned up as well', async () => {
  // It does not do what the build does whose name it prints.
  const emulator = await startServer({ build: '180301', names: { build: '241004-1518', version: '2.14-194' } });
  const before = rowsOf(emulator);
  const { comparison, left } = await compare(emulator);
  expect(comparison.agreeing).toBeLessThan(comparison.calls);
  expect(comparison.differences.map(({ kind }) => kind)).toContain(
    'NOTICE: update_phone NO UPDATES DEFINED / SUCCESS: update_phone PHONE HAS BEEN UPDATED',
  );
  expect(comparison.differences.map(({ example }) => example).join()).not.toContain(password);
  expect([rowsOf(emulator), left]).toEqual([before, []]);
});

test('the same seed makes the same calls', async () => {
  const callsOf = async (seed: number) => {
    const emulator = await startServer();
    await compare(emulator, { seed, calls: 50 });
    // Passwords are new in each run, and hidden here.
    return emulator.journal.entries.slice(-50).map(String);
  };
  expect(await callsOf(7)).toEqual(await callsOf(7));
  expect(await callsOf(7)).not.toEqual(await callsOf(8));
});

test.each<[string, Partial<SystemInput>, string]>([
  [
    'a phone',
    { phones: [{ server_ip: '10.0.0.12', extension: 'PSTESTA', phone_login: 'other' }] },
    '10.0.0.12/pstesta',
  ],
  ['a login', { phones: [{ server_ip: '10.0.0.13', extension: '1', phone_login: 'pstest2' }] }, '10.0.0.11/pstest2'],
  ['a phone alias', { aliases: [{ alias_id: 'pstest3', alias_name: 'x', phone_logins: [] }] }, 'alias pstest3'],
])('nothing is written where the server has %s under the prefix', async (_what, data, name) => {
  const emulator = await startServer({}, data);
  const { stopped } = await compare(emulator);
  expect(stopped).toMatch(new RegExp(`look-up of ${name} .*Nothing was written`, 'iu'));
  expect(emulator.journal.writes).toEqual([]);
});

test('a user who may not delete is found before more is made, and what is left is named', async () => {
  const emulator = await startServer({}, { users: [{ user: 'tester', password, delete_phones: false }] });
  const { comparison, stopped, left } = await compare(emulator);
  expect([comparison.calls, stopped]).toEqual([0, 'The server does not delete what the run has made.']);
  expect(left).toEqual([
    expect.stringContaining('10.0.0.11/pstest1: the server answers "NOTICE: update_phone USER DOES NOT HAVE'),
    expect.stringContaining('alias pstest00000000000000: the server answers'),
  ]);
});

test('what was made is deleted where the server fails in the middle', async () => {
  const emulator = await startServer();
  const before = rowsOf(emulator);
  let writes = 0;
  emulator.store.onChange = () => {
    writes += 1;
    if (writes === 20) emulator.faults.add({ kind: 'refuse', times: 2 });
  };
  const { comparison, stopped, left } = await compare(emulator);
  expect(comparison.calls).toBeLessThan(300);
  expect([stopped === undefined, left]).toEqual([false, []]);
  expect(rowsOf(emulator)).toBe(before);
});

test.each([
  ['extension', '55000'],
  ['alias_id', 'team'],
  ['phone_login', '1pstest'],
  ['phone_logins', 'pstest1,55000'],
])('a call with %s=%s is not sent', (name, value) => {
  const call = {
    method: 'POST',
    query: [],
    body: [
      ['function', 'update_phone'],
      [name, value],
    ] as [string, string][],
  };
  expect(() => requireOwnKeys(call, prefix)).toThrow('is not sent');
});

test.each(['', 'ab', "a'bc", 'pstest-1', 'abcdefghi'])('%j is no prefix', (given) => {
  expect(() => keysUnder(given)).toThrow('The prefix');
});

describe('npm run conformance', () => {
  /** Runs it, and does something once it has written. */
  async function run(emulator: Emulator, flags: readonly string[], whenWritten?: (pid: number) => void) {
    const args = ['--url', emulator.url, '--server', server, '--template', 'SIP_generic', '--seed', '1', ...flags];
    const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', 'conformance.ts'), ...args], {
      env: { ...process.env, VICIDIAL_USER: 'tester', VICIDIAL_PASSWORD: password },
      timeout: 60_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    let writes = 0;
    emulator.store.onChange = () => {
      writes += 1;
      if (writes === 12 && child.pid !== undefined) whenWritten?.(child.pid);
    };
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  }

  test('prints the system and one line, and ends with 0', async () => {
    const { code, output } = await run(await startServer(), ['--calls', '60', '--rate', '1000']);
    expect(output).toBe(
      'VICIdial 2.14-194, build 241004-1518, PHP ending on failed statements\nseed 1: 60 calls, 60 agree, 100.00 %\n',
    );
    expect(code).toBe(0);
  });

  test('prints each class that differs, and ends with 1', async () => {
    const flags = ['--calls', '60', '--rate', '1000', '--build', '180301'];
    const { code, output } = await run(await startServer(), flags);
    expect(output).toMatch(/build 241004-1518 taken for 180301.*60 calls, \d+ agree.*\n {2}\d+ × .*\n {4}call \d+\n/su);
    expect(output).not.toContain(password);
    expect(code).toBe(1);
  });

  test('deletes what it has made after Ctrl-C', async () => {
    const emulator = await startServer();
    const before = rowsOf(emulator);
    const { code, output } = await run(emulator, ['--rate', '200', '--calls', '100000'], (pid) =>
      process.kill(pid, 'SIGINT'),
    );
    expect(output).toMatch(/The run ended early: interrupted/u);
    expect([code, rowsOf(emulator)]).toEqual([1, before]);
  });
});
