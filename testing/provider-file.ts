/** The provider that the tests run: the bundle for Node.js, or the executable where PHONESTATE_PROVIDER asks for it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { platformName } from '../src/cli/install';

const root = join(__dirname, '..');

/** The bundle for Node.js, as `node scripts/build.mjs` makes it. */
export const bundle = join(root, 'dist', 'terraform-provider-vicidial.js');

/** Whether end-to-end tests run the executable. */
export const isExecutable = process.env.PHONESTATE_PROVIDER === 'executable';

/** This platform's executables, as `node scripts/executables.mjs` makes them. */
export function executables(): { readonly provider: string; readonly command: string } {
  const place = join(root, 'executables', platformName());
  if (!existsSync(place)) throw new Error(`${place} does not exist. Run node scripts/executables.mjs first.`);
  const [command = ''] = readdirSync(place).filter((name) => name.startsWith('phonestate'));
  return { provider: join(place, 'provider', 'terraform-provider-vicidial'), command: join(place, command) };
}

/** What an engine starts in end-to-end tests. */
export const providerFile = isExecutable ? executables().provider : bundle;
