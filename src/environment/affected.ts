/** Which environments differ from those at a Git ref: for the jobs of a pipeline. */
import type { Environment } from './environment';
import { folderSource } from './file-source';
import { commitSource, resolveRef } from './git';
import { EnvironmentError } from './problems';
import { EnvironmentReader } from './read-environment';
import { fingerprint } from './render';

/** An environment whose effective content differs. */
export interface AffectedEnvironment {
  readonly environment: string;
  readonly change: 'changed' | 'new' | 'removed';
  readonly file: string;
  /** Why both sides could not be compared. */
  readonly reason?: string;
}

export interface AffectedEnvironments {
  /** What the folder is compared with. */
  readonly since: { readonly ref: string; readonly commit: string };
  readonly affected: readonly AffectedEnvironment[];
}

/**
 * Renders the environments of a folder and those of the same folder at a ref, both with this version of the format.
 * Abstract environments are deployed nowhere, so they are in the result by those that are derived from them only.
 *
 * @throws EnvironmentError where a file of the folder has errors, Error where there is no such ref
 */
export function affectedEnvironments(folder: string, since: string): AffectedEnvironments {
  const { ref, commit } = resolveRef(folder, since);
  const after = new EnvironmentReader(folderSource(folder));
  const before = new EnvironmentReader(commitSource(folder, { ref, commit }));
  const errors = after.names().flatMap((name) => errorsOf(after, name));
  if (errors.length > 0) throw new EnvironmentError(errors);
  const [namesAfter, namesBefore] = [after.deployed(), before.deployed()];
  const names = [...new Set([...namesAfter, ...namesBefore])].sort();
  const affected = names.flatMap((name): AffectedEnvironment[] => {
    if (!namesAfter.includes(name))
      return [{ environment: name, change: 'removed', file: before.source.nameOf(before.fileNameOf(name)) }];
    const file = after.source.nameOf(after.fileNameOf(name));
    if (!namesBefore.includes(name)) return [{ environment: name, change: 'new', file }];
    const former = errorOrEnvironment(before, name);
    if (typeof former === 'string')
      return [{ environment: name, change: 'changed', file, reason: `it has errors at ${ref}: ${former}` }];
    const isSame = fingerprintOf(after, after.read(name)) === fingerprintOf(before, former);
    return isSame ? [] : [{ environment: name, change: 'changed', file }];
  });
  return { since: { ref, commit }, affected };
}

function fingerprintOf(reader: EnvironmentReader, environment: Environment): string {
  return fingerprint(environment, (name) => {
    const other = errorOrEnvironment(reader, name);
    return typeof other === 'string' ? undefined : other;
  });
}

function errorsOf(reader: EnvironmentReader, name: string) {
  try {
    reader.read(name);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

/** The environment, or the first line of what is wrong with it. */
function errorOrEnvironment(reader: EnvironmentReader, name: string): Environment | string {
  try {
    return reader.read(name);
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  }
}
