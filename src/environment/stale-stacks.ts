/** Stacks in the output of cdktf whose environments no longer exist. */
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes stacks that are of no environment, so that no pipeline applies one of them. A folder in which there is
 * something else, such as a state file, is kept without its stack.
 *
 * @param outdir the output folder of cdktf
 * @param names the environments that have a stack, whether it was written in this run or not
 * @returns the names of the stacks that were removed
 */
export function removeStaleStacks(outdir: string, names: readonly string[]): string[] {
  const stacks = join(outdir, 'stacks');
  const stale = foldersOf(stacks).filter((name) => !names.includes(name));
  for (const name of stale) {
    const folder = join(stacks, name);
    rmSync(join(folder, 'cdk.tf.json'), { force: true });
    rmSync(join(folder, '.terraform'), { recursive: true, force: true });
    rmSync(join(folder, '.terraform.lock.hcl'), { force: true });
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
  return stale;
}

function foldersOf(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // There is no output yet.
    return [];
  }
}
