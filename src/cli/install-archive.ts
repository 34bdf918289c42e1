/** Puts the package of a release, an archive, into a filesystem mirror. Engines unpack it. */
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { address } from '../address';
import { buildOf, otherBuild, registries } from './install';
import { putFile } from './put-file';

export interface InstallArchiveOptions {
  /** The archive, with the name that it has in the release. */
  readonly archive: string;
  /** Root of a filesystem mirror. */
  readonly mirror: string;
  /** Replaces another build of the same version. Default: it is an error. */
  readonly replace?: boolean;
}

export interface InstalledArchive {
  /** The version in the name of the archive. */
  readonly version: string;
  /** The start of the SHA-256 of the archive. */
  readonly build: string;
  readonly files: readonly string[];
}

const archiveName = /^terraform-provider-vicidial_(?<version>[0-9][^_]*)_(?<platform>[a-z0-9]+_[a-z0-9]+)\.zip$/u;

/**
 * Puts it where both engines look for packed providers.
 *
 * @throws Error in plain words where the name is not that of a release, another build of the version is installed, or a
 *   file cannot be written
 */
export async function installArchive({
  archive,
  mirror,
  replace = false,
}: InstallArchiveOptions): Promise<InstalledArchive> {
  const { version, platform } = archiveName.exec(basename(archive))?.groups ?? {};
  if (version === undefined || platform === undefined) {
    throw new Error(
      `${archive} has not the name of a package of a release, terraform-provider-vicidial_VERSION_OS_ARCH.zip: the version and the platform are read from it. Rename it back.`,
    );
  }
  const content = await readFile(archive);
  const build = buildOf(content);
  const files: string[] = [];
  for (const registry of registries) {
    const target = join(mirror, registry, address, basename(archive));
    // An engine would have the choice between the two.
    const unpacked = join(dirname(target), version, platform);
    if (replace) await rm(unpacked, { recursive: true, force: true });
    else if (await exists(unpacked))
      throw otherBuild({ place: unpacked, version, installed: 'not packed', given: build });
    const other = await putFile(target, content, { workFolder: mirror, replace });
    if (other) throw otherBuild({ place: target, version, installed: buildOf(other), given: build });
    files.push(target);
  }
  return { version, build, files };
}

/** The name of the archive of a version. */
export function archiveOf(version: string, platform: string): string {
  return `terraform-provider-vicidial_${version}_${platform}.zip`;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
