/** Makes this platform's executables for a test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isExecutable } from './provider-file';

const script = join(__dirname, '..', 'scripts', 'executables.mjs');
/** Of the script, where Bun is neither here nor can be downloaded. */
const withoutBun = 75;

/**
 * Makes them, unless the tests run on them: then `npm test` has.
 *
 * @returns why there are none; undefined where there are
 * @throws Error with what was printed where they could not be made
 */
export function makeExecutables(): string | undefined {
  if (isExecutable) return undefined;
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status === withoutBun) return stderr.trim();
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return undefined;
}
