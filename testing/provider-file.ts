/** The provider that the tests run: the bundle for Node.js, or the executable where PHONESTATE_PROVIDER asks for it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** The bundle for Node.js, as `node scripts/build.mjs` makes it. */
export const bundle = join(root, 'dist', 'terraform-provider-vicidial.js');

/** Whether end-to-end tests run the executable. */
export const isExecutable = process.env.PHONESTATE_PROVIDER === 'executable';

/** This platform's executables, as `node scripts/executables.mjs` makes them. */
export function executables(): { readonly provider: string; readonly command: string } {
  const folder = join(root, 'executables');
  const [platform] = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  if (!platform) throw new Error(`There are no executables in ${folder}. Run node scripts/executables.mjs first.`);
  const place = join(folder, platform.name);
  const [command = ''] = readdirSync(place).filter((name) => name.startsWith('phonestate'));
  return { provider: join(place, 'provider', 'terraform-provider-vicidial'), command: join(place, command) };
}

/** What an engine starts in end-to-end tests. */
export const providerFile = isExecutable ? executables().provider : bundle;
