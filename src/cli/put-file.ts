/** Puts a whole file in its place, or none: also where two processes do it at once, or one is ended in the middle. */
import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Temporary files have this prefix. They are not beside the target, whose folder the engines take for the package. */
const workPrefix = '.phonestate-install-';
/** A write of a file takes seconds: what is older was left by a process that was ended. */
const abandonedAfterMs = 600_000;

export interface PutOptions {
  /** Where the file is written first: on the same file system as the target. */
  readonly workFolder: string;
  /** Replaces a file with another content. */
  readonly replace: boolean;
}

/**
 * Makes an executable file with a content.
 *
 * @returns the content of the file that is there already, where that is another one and is not replaced
 * @throws Error in plain words where a folder or a file cannot be written
 */
export async function putFile(
  target: string,
  content: Uint8Array,
  { workFolder, replace }: PutOptions,
): Promise<Uint8Array | undefined> {
  const work = join(workFolder, `${workPrefix}${randomUUID()}`);
  try {
    await makeFolder(dirname(target));
    await removeAbandoned(workFolder);
    const present = await readIfExists(target);
    if (present && !replace) {
      if (!present.equals(content)) return present;
      await chmod(target, 0o755);
      return undefined;
    }
    await writeFile(work, content, { flag: 'wx', mode: 0o755 });
    // The mode of a new file depends on the umask.
    await chmod(work, 0o755);
    return await place(work, target, content, replace);
  } catch (error) {
    throw plainError(target, error);
  } finally {
    await rm(work, { force: true }).catch(() => undefined);
  }
}

/** A provider that is running keeps the file that it was started from. */
async function place(work: string, target: string, content: Uint8Array, replace: boolean) {
  if (replace) {
    await rename(work, target);
    return undefined;
  }
  try {
    await link(work, target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      // A file system without hard links.
      await rename(work, target);
      return undefined;
    }
    // Another process was faster.
    const present = await readFile(target);
    if (!present.equals(content)) return present;
  }
  return undefined;
}

/** By hand: the recursive mkdir of Node.js never ends where a folder can never be made, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch((again: unknown) => {
      // Another process was faster.
      if (codeOf(again) !== 'EEXIST') throw again;
    });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(workPrefix)) continue;
    const path = join(folder, name);
    const changed = await stat(path).catch(() => undefined);
    if (changed && changed.mtimeMs < Date.now() - abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}

/**
 * The content of a file; undefined where there is none.
 *
 * @throws Error in plain words where it cannot be read
 */
export async function readIfExists(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw plainError(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the file system is full',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOENT: 'the system makes no folder there',
  EISDIR: 'there is a folder of that name',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path has a loop of symbolic links',
};

/** An error in plain words. Anything else says by itself what it is, or has been put into words already. */
function plainError(target: string, error: unknown): unknown {
  const code = codeOf(error);
  const reason = reasons[code];
  if (reason === undefined) return error;
  const what = `${target} cannot be written: ${reason} (${code}). Choose another folder with --mirror, or correct this one.`;
  return new Error(what, { cause: error });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
