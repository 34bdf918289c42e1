/** Which version a release has. There is one place for it: package.json. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface VersionOptions {
  /** Of package.json. */
  readonly version: string;
  /** `v` and the version, for the release itself. Without a tag it is a prerelease. */
  readonly tag?: string;
  /** Distinguishes this build from all others. */
  readonly buildId: string;
}

/**
 * The version that programs, packages and file names get. A prerelease has the build id, so that two builds never share a
 * version: lock files have the checksum of one.
 *
 * @throws Error where the tag is not that of the version
 */
export function releaseVersion({ version, tag, buildId }: VersionOptions): string {
  if (tag === undefined) return `${version}-dev.${buildId}`;
  if (tag !== `v${version}`) {
    throw new Error(`The tag is "${tag}", and package.json has the version ${version}: the tag has to be v${version}.`);
  }
  return version;
}

/**
 * The start of a SHA-256 of all files of the checkout that Git does not ignore: sources, scripts, and the lock file with
 * the packages that are bundled. It begins with a letter, as no part of a version may be a number with a leading zero.
 */
export function sourceId(root: string): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return `b${hash.digest('hex').slice(0, 12)}`;
}

/** Files that differ from the last commit, of which a release for a tag has none. */
export function changedFiles(root: string): string[] {
  return git(root, ['status', '--porcelain']).split('\n').filter(Boolean);
}

function sourceFiles(root: string): string[] {
  const listed = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0');
  return [...new Set(listed)]
    .filter((file) => file !== '' && statSync(join(root, file), { throwIfNoEntry: false })?.isFile())
    .sort();
}

function git(root: string, args: readonly string[]): string {
  return execFileSync('git', [...args], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
