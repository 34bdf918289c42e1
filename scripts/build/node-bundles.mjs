/** The bundles that Node.js runs: dist/terraform-provider-vicidial.js and dist/phonestate.js. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { options, unused, withVersion } from './esbuild-options.mjs';
import { packageJson, root } from './root.mjs';

/**
 * Writes both.
 *
 * @param {{ folder: string, version: string }} target where, and the version that they state
 * @returns the metafile of each build by esbuild, for the licences of what is in them
 */
export async function bundleForNode({ folder, version }) {
  const heads = {
    'terraform-provider-vicidial.js': { entry: 'src/provider/main.ts', head: launcher() },
    // It exports nothing. publint sees an ES module in the texts of programs that it has, unless something is CommonJS too.
    'phonestate.js': { entry: 'src/cli/main.ts', head: '#!/usr/bin/env node\nmodule.exports = {};' },
  };
  const metafiles = [];
  const plugins = [lazyModules(metafiles), unused, withVersion(version)];
  for (const [name, { entry, head }] of Object.entries(heads)) {
    const outfile = join(folder, name);
    const { metafile } = await build({ ...options, entryPoints: [entry], outfile, banner: { js: head }, plugins });
    metafiles.push(metafile);
    chmodSync(outfile, 0o755);
  }
  return metafiles;
}

/** The shell script with which the provider begins, for the lowest version of Node.js that package.json admits. */
function launcher() {
  const minimum = packageJson().engines.node.replace('>=', '');
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
const lazyPaths = /\/(?:plugin|undici-subset|mysql-subset|html-parser)$/;
const rarelyUsed = /\/(?:mysql-subset|html-parser)\.ts$/;

function lazyModules(metafiles) {
  const lazy = {
    name: 'lazy-modules',
    setup({ onResolve, onLoad, initialOptions }) {
      const others = initialOptions.plugins.filter(({ name }) => name !== 'lazy-modules');
      onResolve({ filter: lazyPaths }, ({ path, resolveDir }) => ({
        path: join(resolveDir, `${path}.ts`),
        namespace: 'lazy',
      }));
      onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => {
        const plugins = [lazy, ...others];
        const { outputFiles, metafile } = await build({ ...options, entryPoints: [path], plugins, write: false });
        metafiles.push(metafile);
        const [{ text }] = outputFiles;
        const expression = rarelyUsed.test(path) ? compressed(text) : JSON.stringify(text);
        return { contents: `new Function('module', 'require', ${expression})(module, require)`, loader: 'js' };
      });
    },
  };
  return lazy;
}

/** An expression whose value is a text. */
function compressed(text) {
  const encoded = deflateRawSync(text, { level: 9 }).toString('base64');
  return `require('node:zlib').inflateRawSync(Buffer.from('${encoded}', 'base64')).toString()`;
}
