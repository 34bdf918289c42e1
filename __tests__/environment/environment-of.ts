/** Environments of tests: from a file as it is written, or from several. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Environment } from '../../src';
import type { EnvironmentChanges } from '../../src/environment/environment-file';
import type { FileSource } from '../../src/environment/file-source';
import { EnvironmentReader } from '../../src/environment/read-environment';

/** A folder of files that is not on a disk. */
export function memorySource(files: Readonly<Record<string, string | Buffer>>): FileSource {
  return {
    folder: 'environments',
    nameOf: (path) => path,
    list: () => Object.keys(files),
    read: (path) => {
      const text = files[path];
      return typeof text === 'string' ? Buffer.from(text) : text;
    },
  };
}

/** Reads one of several files. */
export function readFrom(files: Readonly<Record<string, string | Buffer>>, file = 'lab.yaml'): Environment {
  return new EnvironmentReader(memorySource(files)).readFile(file);
}

/** The environment of one file with this content. */
export function environmentOf(content: EnvironmentChanges): Environment {
  return readFrom({ 'lab.yaml': stringify({ version: 1, ...content }) });
}

/** The lines of the error about a file; none where it has no error. */
export function errorsOf(files: string | Readonly<Record<string, string | Buffer>>, file = 'lab.yaml'): string[] {
  try {
    readFrom(typeof files === 'string' ? { [file]: files } : files, file);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}

/** Writes files into a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
