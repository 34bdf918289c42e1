/** Reads files at a commit of the Git repository that a folder is in. Never uses the network. */
import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import type { FileSource } from './file-source';

/** A commit that a name of Git stands for. */
export interface ResolvedRef {
  readonly ref: string;
  readonly commit: string;
  /** The name may stand for another commit tomorrow: it is a branch. */
  readonly isBranch: boolean;
}

/**
 * Finds the commit of a tag, commit or branch.
 *
 * @throws Error that says what to do where the repository does not have it
 */
export function resolveRef(folder: string, ref: string): ResolvedRef {
  // Git would read a leading dash as an option.
  if (ref.startsWith('-') || ref === '') throw new Error(`"${ref}" is no Git ref`);
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])?.trim();
  if (commit === undefined || commit === '') throw new Error(missingRef(folder, ref));
  const fullName = git(folder, ['rev-parse', '--symbolic-full-name', '--end-of-options', ref]) ?? '';
  return { ref, commit, isBranch: /^refs\/(?:heads|remotes)\//mu.test(fullName) };
}

function missingRef(folder: string, ref: string): string {
  if (git(folder, ['rev-parse', '--git-dir']) === undefined)
    return `${folder} is in no Git repository (or git is not installed), so "${ref}" cannot be read`;
  const isShallow = git(folder, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';
  const remedy = isShallow
    ? 'this clone is shallow: check out the whole history, in GitHub Actions with fetch-depth: 0'
    : 'check its name; in a pipeline, check out the whole history with its tags (in GitHub Actions, fetch-depth: 0)';
  return `the Git repository has no "${ref}"; ${remedy}`;
}

/** The files of a folder at a commit. */
export function commitSource(folder: string, { ref, commit }: Pick<ResolvedRef, 'ref' | 'commit'>): FileSource {
  // Empty at the top of the repository.
  const prefix = git(folder, ['rev-parse', '--show-prefix'])?.trim() ?? '';
  const pathOf = (path: string) => posix.normalize(posix.join(prefix, path));
  return {
    folder,
    commit,
    nameOf: (path) => `${posix.normalize(posix.join(folder, path))}@${ref}`,
    list: () =>
      (git(folder, ['ls-tree', '--name-only', '-z', commit, './']) ?? '')
        .split('\0')
        .map((path) => path.replace(/^.*\//u, '')),
    read: (path) => gitBytes(folder, ['cat-file', 'blob', `${commit}:${pathOf(path)}`]),
  };
}

/** What a command of Git prints; undefined where it fails. */
function git(folder: string, args: readonly string[]): string | undefined {
  return gitBytes(folder, args)?.toString('utf8');
}

function gitBytes(folder: string, args: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 256 * 1024 * 1024,
      // A partial clone would otherwise fetch what it lacks.
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    });
  } catch {
    return undefined;
  }
}
