/** The configuration for Atlantis: the hook that makes the projects, and the steps of a plan. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { secrets } from '../e2e/harness';
import { runProgram, type Ended } from './process';
import { examples, Repository } from './repository';
import { ReviewBed } from './review-bed';

jest.setTimeout(120_000);

type Step = string | { readonly run: { readonly command: string; readonly output: 'show' | 'hide' } };

// The test uses what is named here.
const server = parse(readFileSync(join(examples, 'atlantis', 'repos.yaml'), 'utf8')) as {
  readonly repos: readonly [
    Readonly<Record<string, unknown>> & {
      readonly pre_workflow_hooks: readonly [{ readonly run: string; readonly shell: string }];
    },
  ];
  readonly workflows: { readonly phonestate: Readonly<Record<'plan' | 'apply', { readonly steps: readonly Step[] }>> };
};
let bed: ReviewBed;
let repository: Repository;

beforeAll(async () => {
  bed = await ReviewBed.start();
  repository = await Repository.create('atlantis', { production: bed.file(['55000']), staging: bed.file(['55900']) });
});

afterAll(async () => {
  repository.remove();
  await bed.stop();
});

test('each environment is a project, and a changed one is planned and reported without secrets', async () => {
  const head = await repository.commit({ production: bed.file(['55000', '55001']) });
  await repository.push('HEAD:refs/pull/7/head');
  const folder = await repository.checkout(head);
  repository.installPackages(folder);
  const run = (
    shell: string,
    command: string,
    where: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<Ended> =>
    runProgram(shell, ['-c', command], { folder: where, environment: { ...repository.environment, ...variables } });

  const [hook] = server.repos[0].pre_workflow_hooks;
  const script = hook.run.replace(/^npm ci .*$/mu, '');
  const prepared = await run(hook.shell, script, folder, { BASE_BRANCH_NAME: 'main' });
  expect([prepared.code, prepared.output]).toEqual([0, expect.any(String)]);
  const { projects, version } = parse(readFileSync(join(folder, 'atlantis.yaml'), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  const project = (name: string, enabled: boolean) => ({
    name,
    dir: `cdktf.out/stacks/${name}`,
    autoplan: { enabled, when_modified: ['../../../**'] },
  });
  expect([version, projects]).toEqual([3, [project('production', true), project('staging', false)]]);

  const stack = join(folder, 'cdktf.out', 'stacks', 'production');
  const files = mkdtempSync(join(repository.folder, 'plan-'));
  const variables = {
    ...{
      PLANFILE: join(files, 'production.tfplan'),
      SHOWFILE: join(files, 'production.json'),
      PROJECT_NAME: 'production',
    },
    ...{ VICIDIAL_URL: bed.emulator.url, VICIDIAL_USER: 'planner', VICIDIAL_PASSWORD: secrets.api },
    ...{ TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device },
  };
  let comment = '';
  for (const step of server.workflows.phonestate.plan.steps) {
    // Steps without a command are those that Atlantis has itself.
    const [command, output] =
      typeof step === 'string' ? [`terraform ${step} -input=false`, 'hide'] : [step.run.command, step.run.output];
    const ended = await run('sh', command, stack, variables);
    expect([command, ended.code, ended.output]).toEqual([command, 0, expect.any(String)]);
    if (output === 'show') comment += ended.output;
  }
  expect(comment).toContain('## production: changes\n\n2 to create.');
  for (const value of Object.values(secrets)) expect(comment).not.toContain(value);

  // A plan that fails is reported, and is none that can be applied.
  const failing = server.workflows.phonestate.plan.steps.flatMap((step) =>
    typeof step === 'string' ? [] : [step.run.command],
  );
  const results: (number | null)[] = [];
  for (const command of failing)
    results.push((await run('sh', command, stack, { ...variables, VICIDIAL_PASSWORD: 'wrongSecret1' })).code);
  expect(results).toEqual([0, 0, 0, 1]);
});

test('a repository can change neither its workflow nor what an apply requires', () => {
  expect(server.repos[0]).toMatchObject({
    apply_requirements: ['approved', 'mergeable', 'undiverged'],
    allowed_overrides: [],
    allow_custom_workflows: false,
  });
  expect(server.workflows.phonestate.apply.steps).toEqual(['apply']);
});
