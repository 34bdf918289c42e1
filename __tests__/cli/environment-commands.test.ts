import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitRepository } from '../environment/git-repository';
import { useTemporaryFolder } from '../temporary-folder';

const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
const temporary = useTemporaryFolder('file');
const folder = 'stacks/environments';
const production = `version: 1
servers: { east: 10.0.0.11 }
phones: [{ server: east, extensions: 55000-55001, phone_login: "{extension}" }]
`;

let repository: GitRepository;

beforeAll(() => {
  repository = new GitRepository(temporary.path);
  repository.commit({ [`${folder}/production.yaml`]: production });
  repository.git('tag', 'v1');
  repository.commit({
    [`${folder}/staging.yml`]:
      'version: 1\nextends: { environment: production, ref: main }\nservers: { east: 10.9.0.11 }\n',
    'broken.yaml': 'version: 1\nphone: []\n',
  });
});

/** Without a server, an engine and anything else but Git. */
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: temporary.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr };
}

describe('phonestate validate', () => {
  test('validates all files of the folder; a warning is no error', () => {
    const { status, stdout, stderr } = run('validate');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '2 environment files, 0 with errors.\n' });
    expect(stdout).toMatch(/^warning: stacks\/environments\/staging\.yml:2: extends: main is a branch/u);
  });

  test('validates named files, by name or path, and ends with 1 where one has errors', () => {
    expect(run('validate', 'production', 'broken.yaml', '--format', 'github')).toEqual({
      status: 1,
      stdout: '::error file=broken.yaml,line=2::phone: unknown key; did you mean phones?\n',
      stderr: '2 environment files, 1 with errors.\n',
    });
    expect(run('validate', 'missing.yaml')).toMatchObject({ status: 1, stdout: 'missing.yaml: does not exist\n' });
  });

  test('refuses another format, an unknown environment and an empty folder', () => {
    expect(run('validate', '--format', 'xml').stderr).toContain('Allowed choices are text, github, sarif, junit.');
    expect(run('validate', 'prodction')).toMatchObject({
      status: 1,
      stderr: 'phonestate: unknown environment "prodction"; did you mean production?\n',
    });
    expect(run('validate', '--folder', 'nowhere')).toMatchObject({
      status: 1,
      stderr: 'phonestate: nowhere has no environment files; name them, or their folder with --folder\n',
    });
  });
});

describe('phonestate render', () => {
  test('prints the effective environment to standard output, and warnings to standard error', () => {
    const { status, stdout, stderr } = run('render', 'staging', '--phone', 'east/55001', '--origins');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^ {2}# vicidial_phone\.phone-east-55001\n {2}- server: east # base stacks\/environments\/production\.yaml@main:3\n/u,
    );
    expect(stderr).toMatch(/^warning: .*main is a branch/u);
    expect(run('render', `${folder}/production.yaml`).stdout).toMatch(
      /^# Environment production \(stacks\/environments\/production\.yaml\)\nversion: 1\n/u,
    );
  });

  test('ends with 1 and the errors of the file', () => {
    expect(run('render', 'broken.yaml')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'phonestate: broken.yaml:2: phone: unknown key; did you mean phones?\n',
    });
  });
});

describe('phonestate affected', () => {
  test('lists what differs from a ref', () => {
    const { status, stdout, stderr } = run('affected', '--since', 'v1');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'staging new\n' });
    expect(stderr).toMatch(/^Compared with v1 \([0-9a-f]{40}\): these differ\.\n$/u);
  });

  test('prints an object for a matrix, also where nothing differs', () => {
    const affected = (since: string) => JSON.parse(run('affected', '--since', since, '--json').stdout) as unknown;
    const commit = (ref: string) => repository.git('rev-parse', ref);
    expect(affected('v1')).toEqual({
      since: { ref: 'v1', commit: commit('v1') },
      affected: [{ environment: 'staging', change: 'new', file: `${folder}/staging.yml` }],
    });
    expect(affected('HEAD')).toEqual({ since: { ref: 'HEAD', commit: commit('HEAD') }, affected: [] });
  });

  test('ends with 1 where there is no such ref', () => {
    const { status, stderr } = run('affected', '--since', 'v9');
    expect(status).toBe(1);
    expect(stderr).toContain('the Git repository has no "v9"');
  });
});

test('the command has no cdktf in it', () => {
  expect(existsSync(command)).toBe(true);
  // Every class of cdktf has this; its name alone is also in the programs that an export writes.
  expect(/JSII_RTTI|require\("cdktf"\)/u.test(readFileSync(command, 'utf8'))).toBe(false);
});
