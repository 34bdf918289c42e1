import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessLock, processIdentity } from '../../../src/vicidial/login-guard/process-lock';

const folder = mkdtempSync(join(tmpdir(), 'phonestate-lock-'));
const path = join(folder, 'lock');
const running = `${processIdentity(process.pid)} another lock`;
// Process ids end at 4,194,304 on Linux, and below that elsewhere.
const dead = '2000000000:1 a lock';

afterEach(() => {
  readdirSync(folder).forEach((name) => rmSync(join(folder, name)));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('one holder at a time', () => {
  const [first, second] = [new ProcessLock(path, 60_000), new ProcessLock(path, 60_000)];
  expect([first.tryAcquire(), second.tryAcquire(), first.tryAcquire()]).toEqual([true, false, true]);
  first.release();
  expect(second.tryAcquire()).toBe(true);
  second.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a dead process is free at the second attempt', () => {
  writeFileSync(path, dead);
  const lock = new ProcessLock(path, 60_000);
  expect([lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, true]);
});

(existsSync('/proc/self/stat') ? test : test.skip)('an id that another process has by now is no holder', () => {
  expect(processIdentity(process.pid)).toMatch(/^\d+:\d+$/u);
  writeFileSync(path, `${process.pid}:1 a lock`);
  const lock = new ProcessLock(path, 60_000);
  expect([lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, true]);
});

test('the process of another user is a holder', () => {
  writeFileSync(path, running);
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('Operation not permitted'), { code: 'EPERM' });
  });
  const lock = new ProcessLock(path, 60_000);
  expect([lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, false]);
  kill.mockRestore();
});

test('a lock that is empty yet has a holder, who is about to write its name', () => {
  writeFileSync(path, '');
  const lock = new ProcessLock(path, 60_000);
  expect([lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, false]);
});

test('a new lock is not removed in place of the dead one that was seen before', () => {
  writeFileSync(path, dead);
  const lock = new ProcessLock(path, 60_000);
  let looks = 0;
  const kill = jest.spyOn(process, 'kill').mockImplementation((pid) => {
    if (pid === process.pid) return true;
    // Another process is faster, between the look and the removal.
    if (++looks === 2) writeFileSync(path, running);
    throw Object.assign(new Error('No such process'), { code: 'ESRCH' });
  });
  expect([lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, false]);
  kill.mockRestore();
  expect(readFileSync(path, 'utf8')).toBe(running);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('of two processes that find a dead holder one removes its lock; if that one crashes, another does soon', () => {
  writeFileSync(path, dead);
  writeFileSync(`${path}.takeover`, '');
  const lock = new ProcessLock(path, 60_000);
  expect([lock.tryAcquire(), lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, false, false]);
  const past = new Date(Date.now() - 11_000);
  utimesSync(`${path}.takeover`, past, past);
  expect([lock.tryAcquire(), lock.tryAcquire(), lock.tryAcquire()]).toEqual([false, false, true]);
});
