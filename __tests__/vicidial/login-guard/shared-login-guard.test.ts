import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../../src/model/secret';
import { createSharedLoginGuard, type SharedLoginOptions } from '../../../src/vicidial/login-guard/shared-login-guard';
import { useTemporaryFolder } from '../../temporary-folder';

// Ends a test that hangs. Each hash of a password takes long on a busy machine.
jest.setTimeout(60_000);

const minute = 60_000;
const wrong = 'wr0ng-pAssw0rd';
const good = 'g00d-pAssw0rd';
const temporary = useTemporaryFolder();
let folder = '';

beforeEach(() => {
  folder = join(temporary.path, 'private');
});

const contents = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const recordFile = () => join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? 'none');

let start = 0;
let clock = 0;
beforeEach(() => {
  start = clock = Date.now();
});

const messages: string[] = [];
const log = { debug: (text: string, fields?: object) => void messages.push(`${text} ${JSON.stringify(fields)}`) };
beforeEach(() => messages.splice(0));

const guard = (command: string, options: Partial<SharedLoginOptions> = {}) =>
  createSharedLoginGuard({
    url: 'http://server.example/vicidial/non_agent_api.php',
    user: 'apiuser',
    password: new Secret(wrong),
    waitMs: 10 * minute,
    command,
    folder,
    log,
    now: () => clock,
    ...options,
  });
const refuse = async (command: string, options: Partial<SharedLoginOptions> = {}) => {
  const login = guard(command, options);
  const refusal = await login.begin();
  if (!refusal) await login.end('login-incorrect');
  return refusal;
};
const refuseFiveTimes = async () => {
  for (const command of ['one', 'two', 'three', 'four', 'five']) expect(await refuse(command)).toBeUndefined();
};

test('a command tries once; five tries in fifteen minutes are the last, until the first of them is that old', async () => {
  expect(await refuse('one')).toBeUndefined();
  expect(await refuse('one')).toEqual({ rule: 'command', code: 'login-incorrect' });
  clock += minute;
  for (const command of ['two', 'three', 'four', 'five']) expect(await refuse(command)).toBeUndefined();
  clock = start + 15 * minute - 1;
  const until = new Date(start + 15 * minute);
  expect(await refuse('six')).toEqual({ rule: 'limit', code: 'login-incorrect', until });
  clock += 1;
  expect(await refuse('six')).toBeUndefined();
  expect(await refuse('seven')).toMatchObject({ rule: 'limit', until: new Date(start + 16 * minute) });
});

test('the code of the refusal is kept', async () => {
  const first = guard('one');
  await first.begin();
  await first.end('login-locked');
  expect(await refuse('one')).toEqual({ rule: 'command', code: 'login-locked' });
});

test.each([
  ['password', { password: new Secret(good) }],
  ['user', { user: 'another' }],
  ['url', { url: 'http://other.example/vicidial/non_agent_api.php' }],
])('another %s is another login', async (_name, options) => {
  await refuseFiveTimes();
  expect(await refuse('one', options)).toBeUndefined();
});

test('the name of a server and of a user are case-insensitive', async () => {
  await refuse('one');
  const options = { url: 'HTTP://Server.example:80/vicidial/non_agent_api.php', user: 'ApiUser' };
  expect(await refuse('one', options)).toMatchObject({ rule: 'command' });
});

test('a login that is accepted clears the refusals of its password, and of no other', async () => {
  await refuse('one');
  await refuse('one', { password: new Secret(good) });
  const login = guard('two');
  expect(await login.begin()).toBeUndefined();
  await login.end('accepted');
  expect(await refuse('one')).toBeUndefined();
  expect(await refuse('one', { password: new Secret(good) })).toMatchObject({ rule: 'command' });
});

test('a call without a reply about its login counts for nothing, and gives its turn away', async () => {
  const first = guard('one');
  expect(await first.begin()).toBeUndefined();
  const second = guard('one');
  const turn = second.begin();
  await first.end(undefined);
  expect(await turn).toBeUndefined();
  await second.end('login-incorrect');
  expect(await refuse('one')).toMatchObject({ rule: 'command' });
});

test('a refusal of a later call, without a turn of its own, is recorded', async () => {
  const first = guard('one');
  await first.begin();
  await first.end('accepted');
  await first.end('login-incorrect');
  expect(await refuse('one')).toMatchObject({ rule: 'command' });
});

test('a process waits for its turn for a limited time, and no longer than its run', async () => {
  const first = guard('one');
  await first.begin();
  const briefWait = guard('one', { waitMs: 20 });
  expect(await briefWait.begin()).toBeUndefined();
  // A lock that is older than this guard waits counts as abandoned, so it may have taken it.
  await briefWait.end(undefined);
  await first.end(undefined);
  await first.begin();
  const interrupted = new AbortController();
  const waiting = guard('one', { signal: interrupted.signal }).begin();
  interrupted.abort();
  expect(await waiting).toBeUndefined();
  await first.end(undefined);
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock that is older than any call is free, and not removed by its first holder', async () => {
  const [first, second] = [guard('one'), guard('two')];
  await first.begin();
  const [lock = ''] = readdirSync(folder);
  const past = new Date(Date.now() - 11 * minute);
  utimesSync(join(folder, lock), past, past);
  expect(await second.begin()).toBeUndefined();
  const held = contents();
  await first.end(undefined);
  expect(contents()).toEqual(held);
  await second.end(undefined);
  expect(readdirSync(folder)).toEqual([]);
});

test('files hold neither password nor user nor url, and are open to their owner only', async () => {
  const login = guard('one');
  await login.begin();
  const files = contents();
  await login.end('login-incorrect');
  await guard('two').begin();
  files.push(...contents(), ...readdirSync(folder));
  expect(files).toHaveLength(5);
  for (const secret of [wrong, 'apiuser', 'server.example']) {
    for (const encoded of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
      expect(files.join('\n')).not.toContain(encoded);
    }
  }
  const modes = ['.', ...readdirSync(folder)].map((name) => lstatSync(join(folder, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

test('one password has another hash in each record', async () => {
  await refuse('one');
  await refuse('one', { user: 'another' });
  const hashes = contents().map((text) => /"passwordHash":"([0-9a-f]{64})"/u.exec(text)?.[1]);
  expect(new Set(hashes)).toHaveProperty('size', 2);
  expect(hashes).not.toContain(undefined);
});

test('files of which the fifteen minutes are over are removed, others are kept', async () => {
  await refuse('one');
  guard('two', { user: 'another' });
  expect(readdirSync(folder)).toHaveLength(1);
  clock += 16 * minute;
  guard('three', { user: 'another' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a record stays small', async () => {
  await refuse('one');
  const record = JSON.parse(readFileSync(recordFile(), 'utf8')) as { refusals: object[] };
  const others = Array.from({ length: 80 }, () => ({ ...record.refusals[0], passwordHash: 'of another password' }));
  writeFileSync(recordFile(), JSON.stringify({ ...record, refusals: others }));
  await refuse('two');
  expect(JSON.parse(readFileSync(recordFile(), 'utf8'))).toMatchObject({ refusals: { length: 50 } });
  expect(await refuse('two')).toMatchObject({ rule: 'command' });
});

test.each([
  ['no JSON', '{"salt":'],
  ['another shape', '{"salt":1,"refusals":{}}'],
  ['too large', `{"salt":"a","refusals":[]}${' '.repeat(70_000)}`],
])('a record that is %s counts as none, and is replaced', async (_name, text) => {
  await refuse('one');
  writeFileSync(recordFile(), text);
  expect(await refuse('one')).toBeUndefined();
  expect(await refuse('one')).toMatchObject({ rule: 'command' });
});

test('a refusal from the future, after a clock was set back, does not count', async () => {
  await refuse('one');
  clock -= minute;
  expect(await refuse('one')).toBeUndefined();
});

test.each<[string, () => void, string]>([
  ['a file', () => writeFileSync(folder, ''), 'EEXIST'],
  ['a link', () => symlinkSync(mkdtempSync(`${folder}-target-`), folder), 'is not a folder'],
  [
    'open to others',
    () => {
      mkdirSync(folder);
      chmodSync(folder, 0o755);
    },
    'is open to other users',
  ],
])('a folder that is %s is not used, and the login goes out unshared', async (_name, prepare, reason) => {
  prepare();
  await refuse('one');
  expect(await refuse('one')).toBeUndefined();
  expect(messages).toEqual(Array(2).fill(expect.stringContaining(reason)));
  expect(statSync(folder).isDirectory() ? readdirSync(folder) : []).toEqual([]);
});

test('a folder of another user is not used', async () => {
  const getuid = jest.spyOn(process, 'getuid');
  mkdirSync(folder, { mode: 0o700 });
  getuid.mockReturnValue(lstatSync(folder).uid + 1);
  await refuse('one');
  getuid.mockRestore();
  expect(messages).toEqual([expect.stringContaining('belongs to another user')]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is removed under way ends the sharing, and nothing else', async () => {
  const login = guard('one');
  await login.begin();
  rmSync(folder, { recursive: true });
  await login.end('login-incorrect');
  expect(await login.begin()).toBeUndefined();
  expect(messages).toEqual([expect.stringContaining('ENOENT')]);
});
