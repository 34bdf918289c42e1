/** Where environment files are read: a folder, or the same folder at a commit of its Git repository. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FileSource {
  /** The folder of the environment files. */
  readonly folder: string;
  /** The commit that is read; undefined for the files of the folder itself. */
  readonly commit?: string | undefined;
  /** The name of a file in messages. */
  nameOf(path: string): string;
  /** The names of the files of the folder. */
  list(): readonly string[];
  /** Reads a file by its path in the folder; undefined where it does not exist. */
  read(path: string): Buffer | undefined;
}

/** The files of a folder. */
export function folderSource(folder: string): FileSource {
  return {
    folder,
    nameOf: (path) => join(folder, path),
    list: () => withMissing(() => readdirSync(folder)) ?? [],
    read: (path) => withMissing(() => readFileSync(join(folder, path))),
  };
}

/** The same files, listed once: at a commit, each list is a process of Git, and every phone may name an environment. */
export function listedOnce(source: FileSource): FileSource {
  let files: readonly string[] | undefined;
  return { ...source, list: () => (files ??= source.list()) };
}

function withMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    // NodeJS.ErrnoException is what these functions throw.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const extensions = ['.yaml', '.yml'];

/** The names of the environments of a folder. */
export function environmentNames(source: FileSource): string[] {
  const names = source
    .list()
    .flatMap((file) => extensions.filter((end) => file.endsWith(end)).map((end) => file.slice(0, -end.length)));
  return [...new Set(names)].filter((name) => name !== '').sort();
}

/**
 * The file of an environment.
 *
 * @throws Error where there are two
 */
export function environmentFileName(source: FileSource, name: string): string | undefined {
  const files = source.list().filter((file) => extensions.some((end) => file === `${name}${end}`));
  if (files.length > 1) throw new Error(`${source.folder} has ${files.join(' and ')}; an environment has one file`);
  return files[0];
}
