/** The archives of a release: the packages of the provider, and those of the command. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveOf } from '../../src/cli/install-archive';
import type { ArchiveFile } from './archive';

export interface Archive {
  readonly name: string;
  readonly files: readonly ArchiveFile[];
}

export interface ProgramsOptions {
  /** What `scripts/executables.mjs` made for a platform. */
  readonly folder: string;
  readonly platform: string;
  readonly version: string;
  /** Licences, which are in each archive. */
  readonly legal: readonly ArchiveFile[];
}

/**
 * The package of the provider, under the name that registries and mirrors expect. There is one for each operating system
 * and processor: on Linux it holds an executable for each of the two C libraries, and a script that starts the right one.
 * Lock files have one checksum for a platform, so a team with both kinds of Linux needs one package for both.
 */
export function providerPackage({ folder, platform, version, legal }: ProgramsOptions): Archive {
  const files = readdirSync(join(folder, 'provider')).map((file) => ({
    name: file.replace(/^terraform-provider-vicidial/u, `terraform-provider-vicidial_v${version}`),
    content: readFileSync(join(folder, 'provider', file)),
    isExecutable: true,
  }));
  return { name: archiveOf(version, platform), files: [...files, ...legal] };
}

/** The archives of the command: for Linux one for each C library, `_musl` in its name for that of Alpine Linux. */
export function commandArchives({ folder, platform, version, legal }: ProgramsOptions): Archive[] {
  const programs = readdirSync(folder).filter((name) => name.startsWith('phonestate'));
  return programs.sort().map((program) => {
    const name = program.replace('-musl', '');
    const suffix = program === name ? '' : '_musl';
    const file = { name, content: readFileSync(join(folder, program)), isExecutable: true };
    return { name: `phonestate_${version}_${platform}${suffix}.zip`, files: [file, ...legal] };
  });
}
