/** A repository of environment files with the workflows of the examples, as a forge has it: a bare one, and checkouts. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findEngine } from '../../testing/engine';
import { expectProgram } from './process';

const root = join(__dirname, '..', '..');
export const examples = join(root, 'examples', 'workflows');

/** The program of a repository that uses the package: a stack for each environment file. */
const program = `import { readdirSync } from 'node:fs';
import { App } from 'cdktf';
import { EnvironmentStack, readEnvironment } from 'phonestate';

const app = new App();
for (const file of readdirSync('stacks/environments'))
  new EnvironmentStack(app, file.replace('.yaml', ''), readEnvironment(\`stacks/environments/\${file}\`));
app.synth();
`;

const identity = { NAME: 'test', EMAIL: 'test@example.com' };
/** No configuration of Git of this machine changes what a test does. */
const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    Object.entries(identity).flatMap(([name, value]) => [
      [`GIT_AUTHOR_${name}`, value],
      [`GIT_COMMITTER_${name}`, value],
    ]),
  ),
};

export class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'phonestate-workflows-'));
  readonly origin = join(this.folder, 'origin.git');
  /** Where a person works; also what the environment files are written in. */
  readonly work = join(this.folder, 'work');
  /** Programs that runners have: the engine, by the name that the workflows use. */
  readonly programs = join(this.folder, 'bin');
  /** Shell that stands in for `phonestate drift` in checkouts to come, which would need a system that has drifted. */
  drift: string | undefined;
  private readonly temporary = join(this.folder, 'tmp');
  private checkouts = 0;

  private constructor() {}

  /** Makes a repository with a branch main that has the workflows of a forge, and its first commit. */
  static async create(
    forge: 'github' | 'gitlab' | 'atlantis',
    environments: Readonly<Record<string, string>>,
  ): Promise<Repository> {
    const repository = new Repository();
    const { folder, origin, work, programs } = repository;
    mkdirSync(programs);
    mkdirSync(repository.temporary);
    symlinkSync(findEngine(), join(programs, 'terraform'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    await expectProgram('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin], { folder });
    await expectProgram('git', ['init', '--quiet', '--initial-branch=main', work], { folder });
    cpSync(join(examples, 'ci'), join(work, 'ci'), { recursive: true });
    cpSync(join(examples, forge), work, { recursive: true });
    repository.write('main.ts', program);
    const synth = `tsx --tsconfig ${join(root, 'tsconfig.json')} main.ts`;
    repository.write('package.json', JSON.stringify({ private: true, scripts: { synth } }));
    repository.write('.gitignore', 'node_modules/\ncdktf.out/\n');
    await repository.git('remote', 'add', 'origin', origin);
    await repository.commit(environments);
    await repository.push('main');
    return repository;
  }

  write(file: string, text: string): void {
    const path = join(this.work, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Runs Git where a person works. */
  git(...args: readonly string[]): Promise<string> {
    return expectProgram('git', args, { folder: this.work, environment: gitEnvironment });
  }

  /** Commits environment files, and returns the commit. */
  async commit(environments: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, text] of Object.entries(environments)) this.write(`stacks/environments/${name}.yaml`, text);
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message=Change the phones');
    return this.git('rev-parse', 'HEAD');
  }

  async push(...refs: readonly string[]): Promise<void> {
    await this.git('push', '--quiet', '--force', 'origin', ...refs);
  }

  /** A new checkout of a ref, as a job has it, without packages. */
  async checkout(ref: string): Promise<string> {
    const folder = join(this.folder, `job${(this.checkouts += 1)}`);
    await expectProgram('git', ['clone', '--quiet', '--no-checkout', this.origin, folder], { folder: this.folder });
    await expectProgram('git', ['fetch', '--quiet', 'origin', ref], { folder });
    await expectProgram('git', ['checkout', '--quiet', '--detach', 'FETCH_HEAD'], { folder });
    return folder;
  }

  /** What `npm ci` installs: the command, and tsx. The other packages are found in a folder above. */
  installPackages(folder: string): void {
    const bin = join(folder, 'node_modules', '.bin');
    if (existsSync(bin)) return;
    mkdirSync(bin, { recursive: true });
    symlinkSync(join(root, 'node_modules', '.bin', 'tsx'), join(bin, 'tsx'));
    const command = join(root, 'dist', 'phonestate.js');
    if (this.drift === undefined) symlinkSync(command, join(bin, 'phonestate'));
    else writeProgram(join(bin, 'phonestate'), `if [ "$1" = drift ]; then ${this.drift}; fi\nexec '${command}' "$@"`);
  }

  /** Variables of Git for jobs. */
  get environment(): Readonly<Record<string, string>> {
    return {
      ...gitEnvironment,
      HOME: this.folder,
      // Where providers keep the refused logins that they share, which must not count for other tests.
      TMPDIR: this.temporary,
      PATH: `${this.programs}:${process.env.PATH ?? ''}`,
      CHECKPOINT_DISABLE: '1',
      npm_config_update_notifier: 'false',
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function writeProgram(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
