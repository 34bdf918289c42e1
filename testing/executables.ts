/** Makes this platform's executables for a test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasNewExecutables } from './provider-file';

const script = join(__dirname, '..', 'scripts', 'executables.mjs');
/** Of the script, where Bun is neither here nor can be downloaded. */
const withoutBun = 75;

/**
 * Makes them, unless they are newer than the bundle: then `npm test` has, and its tests run on them.
 *
 * @returns why there are none; undefined where there are
 * @throws Error with what was printed where they could not be made
 */
export function makeExecutables(): string | undefined {
  if (hasNewExecutables()) return undefined;
  const { PHONESTATE_DOWNLOAD_CA_CERTS: authorities } = process.env;
  const env = { ...process.env, ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities }) };
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', env });
  if (status === withoutBun) return stderr.trim();
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return undefined;
}
