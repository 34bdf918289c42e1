/** The npm package of a release. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface NpmTarballOptions {
  /** The checkout, with the library compiled. */
  readonly root: string;
  readonly version: string;
  /** The bundles of that version. */
  readonly bundles: string;
  /** An empty folder to work in. */
  readonly work: string;
  /** Where the tarball goes. */
  readonly folder: string;
}

/**
 * Packs what npm would pack of the checkout, with the version of the release in package.json and in the bundles.
 *
 * @returns the name of the file
 */
export function packNpm({ root, version, bundles, work, folder }: NpmTarballOptions): string {
  const [{ files }] = npmPack(root, ['--dry-run']);
  for (const { path } of files) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    cpSync(join(root, path), join(work, path));
  }
  cpSync(bundles, join(work, 'dist'), { recursive: true });
  const described = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  // It is built: the scripts of the checkout are not in the package.
  const published = { ...described, version, scripts: undefined };
  writeFileSync(join(work, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const [{ filename }] = npmPack(work, ['--pack-destination', folder]);
  return filename;
}

type Packed = [{ readonly filename: string; readonly files: readonly { readonly path: string }[] }];

function npmPack(folder: string, flags: readonly string[]): Packed {
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...flags], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(printed) as Packed;
}
