/** The folder of a static network mirror: what `terraform providers mirror` writes, for both engines. */
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { address } from '../../src/address';
import { registries } from '../../src/cli/install';

/** The package of the provider for one platform. */
export interface ProviderPackage {
  /** `linux_amd64` and the like. */
  readonly platform: string;
  readonly archive: string;
  /** The file name of the archive. */
  readonly name: string;
  /** What lock files have of it. */
  readonly hashes: readonly string[];
}

/**
 * Writes it. The same folder is a filesystem mirror, with the packages in it as archives; they are hard links, and take
 * no space of their own.
 */
export function writeMirror(folder: string, version: string, packages: readonly ProviderPackage[]): void {
  for (const registry of registries) {
    const place = join(folder, registry, address);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'index.json'), json({ versions: { [version]: {} } }));
    const archives = Object.fromEntries(
      packages.map(({ platform, name, hashes }) => [platform, { url: name, hashes }]),
    );
    writeFileSync(join(place, `${version}.json`), json({ archives }));
    for (const { archive, name } of packages) link(archive, join(place, name));
  }
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  linkSync(from, to);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
