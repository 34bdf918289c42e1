/** The bundles that Node.js runs: dist/terraform-provider-vicidial.js and dist/phonestate.js. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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
  const bundles = {
    'terraform-provider-vicidial.js': { entry: 'src/provider/main.ts', head: launcher() },
    // It exports nothing. publint sees an ES module in the texts of programs that it has, unless something is CommonJS too.
    'phonestate.js': {
      entry: 'src/cli/main.ts',
      head: '#!/usr/bin/env node\nmodule.exports = {};',
    },
  };
  const metafiles = [];
  mkdirSync(folder, { recursive: true });
  for (const [name, { entry, head }] of Object.entries(bundles)) {
    const parts = new Parts(metafiles, [unused, withVersion(version)]);
    const main = await parts.build(entry);
    writeFileSync(join(folder, name), `${head}\n${loadPart}\n${main}${parts.comments()}`, { mode: 0o755 });
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
 * open SQL connections or read HTML. Otherwise Node.js would parse all of it at start, which takes longer than the rest of
 * the start.
 */
const lazyPaths = /\/(?:plugin|undici-subset|mysql-subset|html-parser)$/;

/**
 * The parts of a bundle that are loaded when they are first imported. Each is a comment at the end of the file: a line
 * that begins with its name, with its text as JSON. The file stays one, and valid JavaScript.
 */
class Parts {
  #texts = new Map();
  #plugins;

  constructor(metafiles, plugins) {
    this.metafiles = metafiles;
    this.#plugins = [this.#lazyModules(), ...plugins];
  }

  /** The text of a module and of all that it needs at once. */
  async build(entry) {
    const { outputFiles, metafile } = await build({
      ...options,
      entryPoints: [entry],
      plugins: this.#plugins,
      write: false,
    });
    this.metafiles.push(metafile);
    return outputFiles[0].text;
  }

  comments() {
    return [...this.#texts].map(([name, text]) => `//./${name} ${commentOf(text)}\n`).join('');
  }

  #lazyModules() {
    return {
      name: 'lazy-modules',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: lazyPaths }, ({ path, resolveDir }) => ({
          path: join(resolveDir, `${path}.ts`),
          namespace: 'lazy',
        }));
        onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => {
          const name = basename(path, '.ts');
          if (!this.#texts.has(name)) {
            this.#texts.set(name, '');
            this.#texts.set(name, await this.build(path));
          }
          return { contents: `module.exports = loadPart(${JSON.stringify(name)})`, loader: 'js' };
        });
      },
    };
  }
}

/** JSON on one line: two characters that it may contain end a line of JavaScript. */
function commentOf(text) {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/**
 * At the head of both: `bundleContent` is that of the file, which may be another one when a part is loaded. The launcher
 * gives it as `bundle`.
 */
const loadPart = `"use strict";
const bundleContent = typeof bundle === "undefined" ? require("fs").readFileSync(__filename) : bundle;
function loadPart(name) {
  const mark = "\\n//./" + name + " ";
  const start = bundleContent.indexOf(mark) + mark.length;
  const text = JSON.parse(bundleContent.toString("utf8", start, bundleContent.indexOf("\\n", start)));
  const module = { exports: {} };
  require("vm").compileFunction(text, ["module", "require", "loadPart"], { filename: name })(module, require, loadPart);
  return module.exports;
}`;
