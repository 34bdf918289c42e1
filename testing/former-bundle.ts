/** The provider of version 0.1.0, built from the history of this repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
/** The last commit of version 0.1.0. */
const commit = '1d9d2015b75aa1e80cf41a87c4f37c311b76da2b';

/** Why the version cannot be built here; undefined where it can. */
export const formerVersionMissing = isInHistory() ? undefined : `commit ${commit} is not in this clone`;

function isInHistory(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{tree}`], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds it with its own script, and with the packages that are installed here.
 *
 * @param folder to build in
 * @returns the path of the bundle
 */
export function buildFormerVersion(folder: string): string {
  const source = join(folder, 'phonestate-0.1.0');
  const archive = join(folder, 'phonestate-0.1.0.tar');
  mkdirSync(source);
  execFileSync('git', ['archive', `--output=${archive}`, commit], { cwd: root });
  execFileSync('tar', ['-xf', archive, '-C', source]);
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  execFileSync(process.execPath, [join(source, 'scripts', 'build.mjs')], { cwd: source, stdio: 'pipe' });
  return join(source, 'dist', 'terraform-provider-vicidial.js');
}
