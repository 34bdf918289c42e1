/**
 * Bundles the provider and the command into dist/, one file each. With --lib, compiles the library into lib/. `--output`
 * is another folder for dist/, `--version` another version. With PHONESTATE_PROVIDER=executable, the tests run the
 * executables: they are made too.
 */
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
    output: { type: 'string', default: root },
    version: { type: 'string', default: packageJson().version },
  },
});

const dist = join(values.output, 'dist');
const packages = bundledPackages(await bundleForNode({ folder: dist, version: values.version }));
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(packages));

if (values.lib) buildLibrary();

if (process.env.PHONESTATE_PROVIDER === 'executable') await import('./executables.mjs');
