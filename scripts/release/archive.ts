/** Zip archives whose bytes depend on nothing but what is in them, and the checksums that engines make of them. */
import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';

/** A file in an archive. */
export interface ArchiveFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly isExecutable?: boolean;
}

/** The first time that a zip archive can state. It is written as the local time of the machine, so it is one. */
const time = new Date(1980, 0, 1);
/** In a zip archive, permissions are those of the system with this number: Unix. */
const unix = 3;
const regularFile = 0o100000;

/**
 * The same bytes for the same files, whatever their order, the time and the machine. Not by zlib of Node.js: it compresses
 * in another way on other processors.
 *
 * @param level 0 stores the files as they are
 */
export function zip(files: readonly ArchiveFile[], level: 0 | 6 = 6): Uint8Array {
  const entries: Zippable = {};
  for (const { name, content, isExecutable = false } of byName(files)) {
    const mode = regularFile | (isExecutable ? 0o755 : 0o644);
    entries[name] = [content, { os: unix, attrs: mode << 16, mtime: time, level }];
  }
  return zipSync(entries);
}

/** The checksum `h1:` of a package in lock files: of its files, however they are packed. */
export function packageHash(files: readonly ArchiveFile[]): string {
  const lines = byName(files).map(({ name, content }) => `${sha256(content)}  ${name}\n`);
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}

/** In hexadecimal digits. */
export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function byName(files: readonly ArchiveFile[]): ArchiveFile[] {
  return [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
}
