import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment, type Environment } from '../../src';
import { affectedEnvironments } from '../../src/environment/affected';
import { renderEnvironment } from '../../src/environment/render';
import { useTemporaryFolder } from '../temporary-folder';
import { writeFiles } from './environment-of';
import { GitRepository } from './git-repository';

const temporary = useTemporaryFolder();

const url = (name: string) => `provider: { url: "https://${name}.example.com/vicidial/non_agent_api.php" }\n`;
const production = (protocol: string) =>
  `version: 1\n${url('production')}servers: { east: 10.0.0.11 }\ndefaults: { protocol: ${protocol} }\nphones: [{ csv: agents.csv, server: east }]\n`;
const staging = (from: string) => `version: 1\nextends: ${from}\n${url('staging')}servers: { east: 10.9.0.11 }\n`;
const agents = 'extension,phone_login\n55000,55000\n';

/** The folder of the environments, below the top of its repository. */
function folder(): string {
  return join(temporary.path, 'live', 'environments');
}

function inFolder(files: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`live/environments/${file}`, text]));
}

/** A repository with one commit, tagged v1. */
function repository(): GitRepository {
  const created = new GitRepository(temporary.path);
  created.commit(inFolder({ 'production.yaml': production('SIP'), 'agents.csv': agents }));
  created.git('tag', 'v1');
  return created;
}

function read(text: string): Environment {
  writeFiles(folder(), { 'staging.yaml': text });
  return readEnvironment(join(folder(), 'staging.yaml'));
}

function errorOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message.replaceAll(temporary.path, '');
  }
  return '';
}

describe('a base at a Git ref', () => {
  test('is read with its CSV file as they were then, from a folder below the top', () => {
    const git = repository();
    const first = git.git('rev-parse', 'HEAD');
    git.commit(inFolder({ 'production.yaml': production('IAX2'), 'agents.csv': 'extension\n56000\n' }));
    const now = read(staging('production'));
    expect(now.phones.map(({ extension, values }) => [extension, values.protocol])).toEqual([['56000', 'IAX2']]);
    for (const ref of ['v1', first, first.slice(0, 8)]) {
      const then = read(staging(`{ environment: production, ref: "${ref}" }`));
      expect(then.phones.map(({ extension, values }) => [extension, values.protocol])).toEqual([['55000', 'SIP']]);
      expect(then.bases).toMatchObject([{ name: 'production', ref, commit: first }]);
      expect(then.warnings).toEqual([]);
      expect(then.phones[0]?.origins.protocol?.file).toBe(join(folder(), `production.yaml@${ref}`));
      expect(renderEnvironment(then)).toContain(`production.yaml@${ref}, ref ${ref}, commit ${first})`);
    }
  });

  test('that is a branch is a warning', () => {
    repository().git('branch', 'release');
    const messages = (ref: string) =>
      read(staging(`{ environment: production, ref: ${ref} }`)).warnings.map(({ line, message }) => [line, message]);
    const warning = (ref: string) => [
      [2, `${ref} is a branch, which may change without a change of this file; name a tag or commit`],
    ];
    expect(messages('release')).toEqual(warning('release'));
    expect(messages('HEAD')).toEqual(warning('HEAD'));
  });

  test('that does not exist is an error; in a shallow clone it says fetch-depth: 0', () => {
    const git = repository();
    git.commit(inFolder({ 'production.yaml': production('IAX2') }));
    const text = staging('{ environment: production, ref: v9 }');
    expect(errorOf(text)).toBe(
      '/live/environments/staging.yaml:2: extends: the Git repository has no "v9"; check its name; in a pipeline, check out the whole history with its tags (in GitHub Actions, fetch-depth: 0)',
    );
    expect(errorOf(staging('{ environment: production, ref: --help }'))).toContain('"--help" is no Git ref');
    expect(errorOf(staging('{ environment: prod, ref: v1 }'))).toContain('unknown environment "prod"');
    const clone = join(temporary.path, 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${temporary.path}`, clone], { stdio: 'pipe' });
    writeFiles(join(clone, 'live', 'environments'), {
      'staging.yaml': staging('{ environment: production, ref: v1 }'),
    });
    expect(() => readEnvironment(join(clone, 'live', 'environments', 'staging.yaml'))).toThrow(
      /has no "v1"; this clone is shallow: check out the whole history, in GitHub Actions with fetch-depth: 0$/u,
    );
  });

  test('outside a repository is an error', () => {
    mkdirSync(folder(), { recursive: true });
    writeFiles(folder(), { 'production.yaml': production('SIP') });
    expect(errorOf(staging('{ environment: production, ref: v1 }'))).toContain('is in no Git repository');
  });
});

describe('the affected environments', () => {
  const affected = (since = 'v1') =>
    affectedEnvironments(folder(), since).affected.map(({ environment, change }) => `${environment} ${change}`);

  test('are those whose content differs, by a change of their file, base or CSV file', () => {
    const git = repository();
    git.commit(inFolder({ 'staging.yaml': staging('production'), 'other.yaml': `version: 1\n${url('other')}` }));
    git.git('tag', 'v2');
    expect(affected('v1')).toEqual(['other new', 'staging new']);
    expect(affected('v2')).toEqual([]);
    git.commit(inFolder({ 'agents.csv': `${agents}55001,55001\n` }));
    expect(affected('v2')).toEqual(['production changed', 'staging changed']);
    git.commit(
      inFolder({ 'agents.csv': agents, 'staging.yaml': `${staging('production')}defaults: { protocol: IAX2 }\n` }),
    );
    expect(affected('v2')).toEqual(['staging changed']);
    git.commit(inFolder({ 'staging.yaml': null }));
    expect(affected('v2')).toEqual(['staging removed']);
  });

  test('are not those where only the text differs', () => {
    repository().commit(
      inFolder({
        'production.yaml': `# Another text\n${production('SIP').replace('defaults: { protocol: SIP }\n', '').replace('server: east }', 'server: east, protocol: SIP }')}`,
        'agents.csv': agents.replaceAll(',', ';').replaceAll('\n', '\r\n'),
      }),
    );
    expect(affected()).toEqual([]);
  });

  test('do not follow a base at a ref when the base changes', () => {
    const git = repository();
    git.commit(inFolder({ 'staging.yaml': staging('{ environment: production, ref: v1 }') }));
    git.git('tag', 'v2');
    git.commit(inFolder({ 'production.yaml': production('IAX2') }));
    expect(affected('v2')).toEqual(['production changed']);
  });

  test('are by their bases where these are abstract, and removed where they become abstract', () => {
    const git = repository();
    git.commit(
      inFolder({ 'production.yaml': `abstract: true\n${production('SIP')}`, 'staging.yaml': staging('production') }),
    );
    git.git('tag', 'v2');
    expect(affected('v1')).toEqual(['production removed', 'staging new']);
    git.commit(inFolder({ 'production.yaml': `abstract: true\n${production('IAX2')}` }));
    expect(affected('v2')).toEqual(['staging changed']);
  });

  test('include the file of a phone alias that lists a phone of another file', () => {
    const git = repository();
    const east = `version: 1\nservers: { east: 10.0.0.11 }\naliases: [{ alias_id: desks, alias_name: Desks, phone_logins: [{ environment: west, phone_login: "56000" }] }]\n`;
    const west = (extension: string) =>
      `version: 1\nservers: { west: 10.0.0.12 }\nphones: [{ server: west, extension: "${extension}", phone_login: "56000" }]\n`;
    git.commit(inFolder({ 'east.yaml': east, 'west.yaml': west('56000') }));
    git.git('tag', 'v2');
    git.commit(inFolder({ 'west.yaml': west('57000') }));
    expect(affected('v2')).toEqual(['east changed', 'west changed']);
  });

  test('say so where the file at the ref has errors; errors of today are thrown', () => {
    const git = repository();
    git.commit(inFolder({ 'production.yaml': 'url: https://production.example.com\nphones: []\n' }));
    git.git('tag', 'v2');
    expect(() => affected('v1')).toThrow(
      /production\.yaml:1: version: is missing, and this is a file of version 0\.1/u,
    );
    git.commit(inFolder({ 'production.yaml': production('SIP') }));
    expect(affectedEnvironments(folder(), 'v2').affected).toEqual([
      {
        environment: 'production',
        change: 'changed',
        file: join(folder(), 'production.yaml'),
        reason: expect.stringContaining('it has errors at v2: ') as unknown,
      },
    ]);
  });
});
