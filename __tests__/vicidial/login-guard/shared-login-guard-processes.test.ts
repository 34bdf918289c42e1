/** Several processes that share a login, as the processes of an engine do. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { useTemporaryFolder } from '../../temporary-folder';

// Ends a test that hangs. Starting twelve processes takes long on a busy machine.
jest.setTimeout(300_000);

const wrong = 'wr0ng-pAssw0rd';
const good = 'g00d-pAssw0rd';
const build = useTemporaryFolder('file');
const temporary = useTemporaryFolder();
let folder = '';
beforeEach(() => {
  folder = join(temporary.path, 'private');
});

let program = '';
let server: Server;
let url = '';
let accepted = new Set<string>();
let logins: string[] = [];
let underWay = 0;
let maxUnderWay = 0;

beforeAll(async () => {
  program = join(build.path, 'login.js');
  buildSync({
    entryPoints: [join(__dirname, 'fixture-login.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  server = createServer((request, response) => {
    let password = '';
    maxUnderWay = Math.max(maxUnderWay, ++underWay);
    request.setEncoding('utf8').on('data', (text: string) => (password += text));
    request.on('end', () => {
      logins.push(password);
      // Long enough for the other processes to come to the lock.
      setTimeout(() => {
        underWay--;
        response.end(accepted.has(password) ? 'good' : 'bad');
      }, 50);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => {
  accepted = new Set([good]);
  logins = [];
  maxUnderWay = 0;
});
afterAll(() => {
  server.close();
});

const command = async (password: string, processes: number) => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    url,
    password,
    folder,
    '--times',
    String(processes),
  ]);
  return stdout.split('\n').sort();
};
const heldBack = (rule: string, times: number) => Array<string>(times).fill(`held back: ${rule}`);

test('twelve processes of one command send a wrong password once', async () => {
  expect(await command(wrong, 12)).toEqual([...heldBack('command', 11), 'refused']);
  expect(logins).toEqual([wrong]);
});

test('the processes of one command all get in with a good password, one after another', async () => {
  expect(await command(good, 4)).toEqual(Array(4).fill('accepted'));
  expect(maxUnderWay).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('seven commands at once send a wrong password five times in all', async () => {
  const outcomes = await Promise.all(Array.from({ length: 7 }, () => command(wrong, 1)));
  expect(outcomes.flat().sort()).toEqual([...heldBack('limit', 2), ...Array<string>(5).fill('refused')]);
  expect(logins).toHaveLength(5);
});

test('a corrected password, and a user who was repaired on the server, get in', async () => {
  await command(wrong, 2);
  expect(await command(good, 2)).toEqual(['accepted', 'accepted']);
  accepted.add(wrong);
  expect(await command(wrong, 2)).toEqual(['accepted', 'accepted']);
  expect(readdirSync(folder)).toEqual([]);
});

test('a process that was killed while it held the lock leaves its turn to one other', async () => {
  const holder = spawn(process.execPath, [program, url, wrong, folder, '--hang']);
  await once(holder.stdout, 'data');
  const others = command(wrong, 4);
  holder.kill('SIGKILL');
  // They would wait ten minutes for a holder that runs.
  expect(await others).toEqual([...heldBack('command', 3), 'refused']);
  expect(logins).toHaveLength(1);
});

test('eight processes that find the lock of a dead one send a wrong password once', async () => {
  const holder = spawn(process.execPath, [program, url, wrong, folder, '--hang']);
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.lock$/u)]);
  expect(await command(wrong, 8)).toEqual([...heldBack('command', 7), 'refused']);
  expect(logins).toHaveLength(1);
});
