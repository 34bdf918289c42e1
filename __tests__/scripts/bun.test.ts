/** How Bun gets into a checkout. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BunMissing, bunFor, bunVersion } from '../../scripts/build/bun.mjs';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();
const target = 'linux-x64';

/** Puts a package into a folder as `npm pack` does. */
function pack(_name: string, folder: string): void {
  const content = join(temporary.path, 'package');
  mkdirSync(join(content, 'bin'), { recursive: true });
  writeFileSync(join(content, 'bin', 'bun'), 'a program');
  execFileSync('tar', ['-czf', archiveIn(folder), '-C', temporary.path, 'package']);
}

const archiveIn = (folder: string) => join(folder, `oven-bun-${target}-${bunVersion}.tgz`);

function integrityOfPacked(): string {
  pack('', temporary.path);
  return `sha512-${createHash('sha512')
    .update(readFileSync(archiveIn(temporary.path)))
    .digest('base64')}`;
}

/** The same archive each time: it states when it was made. */
const copy = (_name: string, folder: string) =>
  writeFileSync(archiveIn(folder), readFileSync(archiveIn(temporary.path)));

beforeEach(() => jest.spyOn(console, 'error').mockReturnValue());
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.PHONESTATE_NO_DOWNLOAD;
});

test('it is brought once, and checked against its integrity', () => {
  const cache = join(temporary.path, 'cache');
  const integrity = integrityOfPacked();
  const packed = jest.fn(copy);
  const bun = bunFor(target, { cache, pack: packed, integrity });
  expect(readFileSync(bun, 'utf8')).toBe('a program');
  expect(bunFor(target, { cache, pack: packed, integrity })).toBe(bun);
  expect(packed).toHaveBeenCalledTimes(1);
  expect(packed.mock.calls[0]?.[0]).toBe(`@oven/bun-linux-x64@${bunVersion}`);
});

test('of a package with another content nothing is used', () => {
  const cache = join(temporary.path, 'cache');
  expect(() => bunFor(target, { cache, pack, integrity: 'sha512-other' })).toThrow(/sha512-other is expected/u);
  expect(existsSync(join(cache, bunVersion))).toBe(false);
});

test('without a download it says what to do, and is no failure of the build', () => {
  process.env.PHONESTATE_NO_DOWNLOAD = '1';
  const attempt = () => bunFor(target, { cache: join(temporary.path, 'cache'), pack });
  expect(attempt).toThrow(BunMissing);
  expect(attempt).toThrow(/PHONESTATE_NO_DOWNLOAD=1 forbids/u);
});
