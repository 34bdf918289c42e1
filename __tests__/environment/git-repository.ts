/** Git repositories of tests. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from './environment-of';

export class GitRepository {
  constructor(readonly path: string) {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  /**
   * Commits files.
   *
   * @param files null for one that is deleted
   * @returns the commit
   */
  commit(files: Readonly<Record<string, string | null>>): string {
    for (const [file, text] of Object.entries(files)) {
      if (text === null) rmSync(join(this.path, file));
      else writeFiles(this.path, { [file]: text });
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'Change');
    return this.git('rev-parse', 'HEAD');
  }
}
