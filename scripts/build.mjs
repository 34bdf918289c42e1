/**
 * Bundles the provider and the command into dist/, one file each. With --lib, compiles the library into lib/. `--output`
 * is another folder for dist/, `--version` another version. With --executables, or PHONESTATE_PROVIDER=executable, makes
 * the executables that the tests run, too.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForNode } from './build/node-bundles.mjs';
import { thirdPartyNotices } from './build/notices.mjs';
import { bundledPackages } from './build/packages.mjs';
import { packageJson, root } from './build/root.mjs';
import { buildLibrary } from './library.mjs';

const { values } = parseArgs({
  options: {
    lib: { type: 'boolean', default: false },
    executables: { type: 'boolean', default: false },
    output: { type: 'string', default: root },
    version: { type: 'string', default: packageJson().version },
  },
});
const tested = process.env.PHONESTATE_PROVIDER;
/** Of scripts/executables.mjs, where there is no Bun. */
const withoutBun = 75;

const dist = join(values.output, 'dist');
const packages = bundledPackages(await bundleForNode({ folder: dist, version: values.version }));
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(packages));

if (values.lib) buildLibrary();

if (tested === 'executable' || (values.executables && tested !== 'node')) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'executables.mjs')], { stdio: 'inherit' });
  // Then all tests run on Node.js.
  if (status !== withoutBun || tested === 'executable') process.exitCode = status ?? 1;
}
