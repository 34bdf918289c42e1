/** Writes files of a command, without losing what is there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes files into a folder, which is made where it does not exist.
 *
 * @param force whether files that exist with another content are replaced
 * @returns the paths
 * @throws Error that names the files which exist, before any is written
 */
export function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  { force }: { readonly force: boolean },
): string[] {
  const paths = [...files].map(([name, text]) => ({ path: join(folder, name), text }));
  const differing = paths.filter(({ path, text }) => existsSync(path) && readFileSync(path, 'utf8') !== text);
  if (differing.length > 0 && !force) {
    const names = differing.map(({ path }) => path).join(', ');
    throw new Error(`${names} would be replaced, and may have been edited. Use another folder, or add --force.`);
  }
  for (const { path, text } of paths) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return paths.map(({ path }) => path);
}

/** Writes a file that only its owner may read. */
export function writePrivateFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // The mode is that of a new file; one that exists may be open to others, and must not get the text before it is closed.
  if (existsSync(path)) chmodSync(path, 0o600);
  writeFileSync(path, text, { mode: 0o600 });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
};

/**
 * Writes what a command prints: to a file where one is given, else to standard output.
 *
 * @throws Error that says in plain words why the file cannot be written
 */
export function writeOutput(file: string | undefined, text: string): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new Error(`${file} cannot be written: ${reason}. Give --output another file.`, { cause: error });
  }
}
