// Bundles the provider and the command into dist/, one file each, and with --lib compiles the constructs into lib/.
import { chmodSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundles = {
  'dist/terraform-provider-vicidial.js': 'src/provider/main.ts',
  'dist/phonestate.js': 'src/cli/main.ts',
};

for (const [outfile, entry] of Object.entries(bundles)) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  chmodSync(join(root, outfile), 0o755);
}

if (process.argv.includes('--lib')) {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.lib.json'], { cwd: root, stdio: 'inherit' });
}
