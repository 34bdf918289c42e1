/**
 * The provider that end-to-end tests run. PHONESTATE_PROVIDER=node or =executable is one for all of them. By default they
 * share the work: the executable, of which a run of the engine takes half of the processor time, and the bundle for Node.js
 * in those that name it.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { platformName } from '../src/cli/install';

const root = join(__dirname, '..');
const place = join(root, 'executables', platformName());
const executable = join(place, 'provider', 'terraform-provider-vicidial');
const chosen = process.env.PHONESTATE_PROVIDER;

/** The bundle for Node.js, as `node scripts/build.mjs` makes it. */
export const bundle = join(root, 'dist', 'terraform-provider-vicidial.js');

/** This platform's executables, as `node scripts/executables.mjs` makes them. */
export function executables(): { readonly provider: string; readonly command: string } {
  if (!existsSync(place)) throw new Error(`${place} does not exist. Run node scripts/executables.mjs first.`);
  const [command = ''] = readdirSync(place).filter((name) => name.startsWith('phonestate'));
  return { provider: executable, command: join(place, command) };
}

/** Whether there are executables that were made after the bundle: otherwise they may be of other sources. */
export function hasNewExecutables(): boolean {
  return existsSync(bundle) && existsSync(executable) && statSync(executable).mtimeMs >= statSync(bundle).mtimeMs;
}

/** What the engine starts in end-to-end tests, which need not care what it is. */
export const providerFile =
  chosen === 'executable' ? executables().provider : chosen !== 'node' && hasNewExecutables() ? executable : bundle;

/** What it starts where the bundle for Node.js is to be tested: the same, unless only executables are. */
export const nodeProviderFile = chosen === 'executable' ? providerFile : bundle;
