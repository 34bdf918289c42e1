/** A folder for files that no other user of the machine may read or replace. */
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Windows has a temporary folder for each user, and no user ids. */
export const defaultPrivateFolder = () => join(tmpdir(), `phonestate-${process.getuid?.() ?? 'user'}`);

/**
 * Makes the folder, or checks the one that is there: a folder that another user made under this name is not used.
 *
 * @throws Error if it cannot be made, or is not private
 */
export function openPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) throw new Error(`${folder} is not a folder.`);
  if (!process.getuid) return;
  if (stat.uid !== process.getuid()) throw new Error(`${folder} belongs to another user.`);
  if (stat.mode & 0o077) throw new Error(`${folder} is open to other users.`);
}

/** Removes the files that were last written before a time (milliseconds since 1970). */
export function removeOldFiles(folder: string, before: number): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.mtimeMs < before) rmSync(file, { force: true });
  }
}
