/** The scripts that the workflows of all forges share: which environments are planned, and what is behind. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type Ended } from './process';
import { Repository } from './repository';

jest.setTimeout(60_000);

const file = (extension: string) => `version: 1
servers: { east: 10.0.0.11 }
phones: [{ server: east, extension: '${extension}', phone_login: '${extension}' }]
`;
let repository: Repository;
let first: string;

beforeAll(async () => {
  repository = await Repository.create('github', { production: file('55000'), staging: file('55900') });
  first = await repository.git('rev-parse', 'HEAD');
});
afterAll(() => repository.remove());

async function bash(script: string, folder = repository.work, input = ''): Promise<Ended> {
  repository.installPackages(folder);
  const path = `${join(folder, 'node_modules', '.bin')}:${repository.environment.PATH ?? ''}`;
  const environment = { ...repository.environment, PATH: path };
  return runProgram('bash', ['-eo', 'pipefail', '-c', script], { folder, environment, input });
}

const affected = (...changes: readonly (readonly [string, string])[]) =>
  JSON.stringify({ affected: changes.map(([environment, change]) => ({ environment, change })) });

describe('the environments of a pipeline', () => {
  test.each([
    ['changed and new ones', affected(['production', 'changed'], ['lab', 'new']), '[]', '["lab","production"]\n'],
    ['those of labels', affected(['production', 'changed']), '["bug","plan:staging"]', '["production","staging"]\n'],
    ['none', affected(), '[]', '[]\n'],
  ])('are %s', async (_name, input, labels, expected) => {
    expect(await bash(`node ci/environments.mjs '${labels}'`, undefined, input)).toEqual({ code: 0, output: expected });
  });

  test('are without one whose file is removed, which is said', async () => {
    const { output } = await bash('node ci/environments.mjs', undefined, affected(['lab', 'removed']));
    expect(output).toMatch(/The file of lab is removed\. Its phones stay as they are.*\n\[\]\n/u);
  });

  test.each(['plan:lab', 'plan:../production', 'plan:$(id)'])('are refused with the label %s', async (label) => {
    const { code, output } = await bash(`node ci/environments.mjs '["${label}"]'`, undefined, affected());
    expect([code, output]).toEqual([1, expect.stringContaining('names no environment')]);
  });
});

test('a merge is refused where the reviewed commit lacks what was merged before, or is not what was merged', async () => {
  const commitOn = async (start: string, name: string, extension: string) => {
    await repository.git('checkout', '--quiet', '--detach', start);
    return repository.commit({ [name]: file(extension) });
  };
  const base = await commitOn(first, 'staging', '55901');
  const [behind, upToDate] = [
    await commitOn(first, 'production', '55001'),
    await commitOn(base, 'production', '55001'),
  ];
  const squashed = await repository.git('commit-tree', `${upToDate}^{tree}`, '-p', base, '-m', 'Squash');
  const merge = (head: string, merged: string) => bash(`bash ci/refuse-behind.sh ${base} ${head} ${merged}`);
  expect(await merge(upToDate, squashed)).toEqual({ code: 0, output: '' });
  expect(await merge(behind, squashed)).toMatchObject({
    code: 1,
    output: expect.stringContaining('does not contain') as string,
  });
  const other = await commitOn(upToDate, 'production', '55002');
  expect(await merge(upToDate, other)).toMatchObject({
    code: 1,
    output: expect.stringContaining('has other files') as string,
  });
});

test('a commit is not applied where a later one of the branch changes the same environment', async () => {
  await repository.git('checkout', '--quiet', '--detach', first);
  const merged = await repository.commit({ production: file('55001') });
  await repository.commit({ staging: file('55901') });
  await repository.push('HEAD:refs/heads/main');
  const folder = await repository.checkout(merged);
  const apply = (name: string) => bash(`bash ci/refuse-outdated.sh ${name} ${merged} main`, folder);
  expect(await apply('production')).toMatchObject({ code: 0 });
  const refused = { code: 1, output: expect.stringContaining('A later commit of main changes staging') as string };
  expect(await apply('staging')).toMatchObject(refused);
});

describe('a plan that fails', () => {
  const log = '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No phone","detail":"Why."}}';
  const errored = '{"format_version":"1.2","errored":true,"resource_changes":[]}';
  test.each([
    ['before there is a plan', 'init) echo "no backend" >&2; exit 1 ;;', 'init failed'],
    ['without a plan file', `init) ;; plan) echo '${log}'; exit 1 ;;`, 'No phone'],
    [
      'with a plan file',
      `init) ;; plan) touch plan.bin; echo '${log}'; exit 1 ;; show) echo '${errored}' ;;`,
      'No phone',
    ],
  ])('%s is reported as failed, and has no fingerprint', async (_name, cases, summary) => {
    const [folder, engine] = ['cdktf.out/stacks/production', join(repository.folder, 'engine')];
    writeFileSync(engine, `#!/bin/sh\ncase $1 in ${cases} esac\n`, { mode: 0o755 });
    const report = `phonestate report production=${folder}/plan.json --log ${folder}/plan.log`;
    const { code, output } = await bash(
      `rm -rf cdktf.out; mkdir -p ${folder}; PHONESTATE_ENGINE='${engine}' bash ci/plan.sh production; cat ${folder}/plan.status; ${report}`,
    );
    expect(code).toBe(0);
    expect(output).toContain('1\n<!-- phonestate report: production -->\n## production: plan failed, not approvable');
    expect(output).toContain(summary);
    expect(output).not.toContain('Fingerprint');
  });
});
