/** Which packages are in a bundle, from the metafiles of esbuild. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * The packages of which something is in the bundles, sorted by name.
 *
 * @param {{ inputs: Record<string, unknown> }[]} metafiles
 * @returns {{ name: string, version: string, licence: string, folder: string }[]} with the folder relative to the checkout
 */
export function bundledPackages(metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ inputs }) => Object.keys(inputs).map(packageFolder)).filter((folder) => folder !== undefined),
  );
  return [...folders]
    .map((folder) => {
      const { name, version, license: licence = 'not stated' } = readPackage(folder);
      return { name, version, licence, folder };
    })
    .sort((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1));
}

/** `node_modules/NAME` of an input, also where that is in the folder of another package. */
function packageFolder(input) {
  return /^(?:[^:]*:)?(?:.*\/)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1];
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}
