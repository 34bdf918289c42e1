/** How the commands of environment files find them. */
import { basename, dirname } from 'node:path';
import { Option } from 'commander';
import type { EnvironmentReader } from '../environment/read-environment';

export interface FolderFlag {
  readonly folder: string;
}

/** The option `--folder`, which all of these commands have. */
export function folderOption(): Option {
  return new Option('--folder <folder>', 'folder of the environment files').default('stacks/environments');
}

/** A reader, and the file in its folder. */
export interface LocatedFile {
  readonly reader: EnvironmentReader;
  readonly file: string;
}

/**
 * Finds an environment by its name, or by the path of its file.
 *
 * @throws Error where there is none of that name
 */
export async function locate(environment: string, folder: string): Promise<LocatedFile> {
  // Loaded here, so that the other commands do not wait for it.
  const [{ EnvironmentReader }, { folderSource }] = await Promise.all([
    import('../environment/read-environment'),
    import('../environment/file-source'),
  ]);
  if (environment.includes('/') || /\.ya?ml$/u.test(environment))
    return { reader: new EnvironmentReader(folderSource(dirname(environment))), file: basename(environment) };
  const reader = new EnvironmentReader(folderSource(folder));
  return { reader, file: reader.fileNameOf(environment) };
}
