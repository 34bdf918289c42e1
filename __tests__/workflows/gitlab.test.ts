/** The pipeline of GitLab, from a merge request to the apply: its shell, the real command and engine, an emulated forge. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { secrets } from '../e2e/harness';
import { GitLabServer } from './gitlab-server';
import { runProgram, type Ended } from './process';
import { examples, Repository } from './repository';
import { ReviewBed } from './review-bed';

jest.setTimeout(300_000);

interface Job {
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string }[];
  readonly parallel?: { readonly matrix: unknown };
  readonly environment?: { readonly name: string; readonly action?: string };
  readonly resource_group?: string;
  readonly artifacts?: { readonly paths?: readonly string[]; readonly reports: Readonly<Record<string, string>> };
}

// The test below uses each of the jobs.
const pipeline = parse(readFileSync(join(examples, 'gitlab', '.gitlab-ci.yml'), 'utf8')) as Readonly<
  Record<'validate' | 'plan' | 'apply' | 'drift', Job>
> & { readonly default: { readonly before_script: readonly string[] } };

const server = new GitLabServer();
let bed: ReviewBed;
let repository: Repository;

beforeAll(async () => {
  [bed] = await Promise.all([ReviewBed.start(), server.start()]);
  repository = await Repository.create('gitlab', { production: bed.file(['55000']), staging: bed.file(['55900']) });
});

afterAll(async () => {
  repository.remove();
  await Promise.all([bed.stop(), server.close()]);
});

/** Runs the script of a job on a checkout, as the runner does: all lines in one shell. */
async function run(
  job: Job,
  ref: string,
  variables: Readonly<Record<string, string>>,
): Promise<Ended & { folder: string }> {
  const folder = await repository.checkout(ref);
  repository.installPackages(folder);
  const before = pipeline.default.before_script.filter((line) => !line.startsWith('npm ci'));
  const script = join(mkdtempSync(join(repository.folder, 'script-')), 'script.sh');
  writeFileSync(script, [...before, ...job.script].join('\n'));
  const environment = { ...repository.environment, ...server.environment, ...variables };
  return { ...(await runProgram('bash', ['-eo', 'pipefail', script], { folder, environment })), folder };
}

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

test('a merge request gets a report, and its merge applies that plan', async () => {
  const before = await repository.git('rev-parse', 'HEAD');
  const head = await repository.commit({ production: bed.file(['55000', '55001']) });
  await repository.push('HEAD:refs/merge-requests/7/head');
  const secret = {
    ...{ VICIDIAL_URL: bed.emulator.url, VICIDIAL_USER: 'planner', VICIDIAL_PASSWORD: secrets.api },
    ...{ TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device },
  };
  const ofRequest = { CI_MERGE_REQUEST_IID: '7', CI_MERGE_REQUEST_DIFF_BASE_SHA: before };
  const validated = await run(pipeline.validate, head, ofRequest);
  expect([validated.code, validated.output]).toEqual([0, expect.any(String)]);
  expect(read(validated.folder, 'validate.xml')).toContain('<testsuites');

  // An environment that is not changed gets no note.
  const other = await run(pipeline.plan, head, { ...ofRequest, ENVIRONMENT: 'staging' });
  expect([other.code, server.notes]).toEqual([0, []]);

  const planned = await run(pipeline.plan, head, { ...ofRequest, ...secret, ENVIRONMENT: 'production' });
  expect([planned.code, planned.output]).toEqual([0, expect.any(String)]);
  expect(server.notes[0]?.body).toContain('<!-- phonestate report: production -->\n## production: changes');
  expect(JSON.parse(read(planned.folder, 'terraform.json'))).toEqual({ create: 2, update: 0, delete: 0 });
  const { paths = [], reports } = pipeline.plan.artifacts ?? { reports: {} };
  expect([paths, reports]).toEqual([['report.json', 'report.html'], { terraform: 'terraform.json' }]);
  const shown = [
    planned.output,
    String(server.notes[0]?.body),
    ...paths.map((path) => read(planned.folder, path)),
  ].join();
  for (const value of Object.values(secrets)) expect(shown).not.toContain(value);

  await repository.push('HEAD:refs/heads/main');
  server.requests = [{ iid: 7, state: 'merged', target_branch: 'main', sha: head }];
  server.approvals = [{ user: { id: 8 } }];
  const approval = { id: 2, author: { id: 8 }, system: true, body: 'approved this merge request' };
  server.notes.push({ ...approval, created_at: '2026-01-02T12:00:00Z' });
  server.pipelines = [{ id: 40, sha: head, status: 'success' }];
  server.jobs = [{ id: 41, name: 'plan: [production]', status: 'success', finished_at: '2026-01-02T11:00:00Z' }];
  server.reports.set('41', read(planned.folder, 'report.json'));
  const merge = {
    CI_COMMIT_BEFORE_SHA: before,
    CI_COMMIT_SHA: head,
    CI_COMMIT_BRANCH: 'main',
    ENVIRONMENT: 'production',
  };

  // Planned again after the approval, so that no one has reviewed it.
  server.jobs = [{ ...server.jobs[0], finished_at: '2026-01-02T13:00:00Z' }];
  const late = await run(pipeline.apply, 'main', { ...merge, ...secret });
  expect([late.code, late.output]).toEqual([1, expect.stringContaining('or was made again after it')]);
  server.jobs = [{ ...server.jobs[0], finished_at: '2026-01-02T11:00:00Z' }];

  const applied = await run(pipeline.apply, 'main', { ...merge, ...secret });
  expect([applied.code, applied.output]).toEqual([0, expect.stringContaining('2 added, 0 changed, 0 destroyed')]);
  expect(bed.stored()).toEqual(['55000', '55001']);
});

test('merge requests of forks are validated only, and jobs of one environment wait for each other', () => {
  const fork = '$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID';
  expect(pipeline.plan.rules.map((rule) => rule.if)).toEqual([expect.stringContaining(fork)]);
  expect(pipeline.apply.resource_group).toBe('apply-$ENVIRONMENT');
  expect(pipeline.plan.environment).toMatchObject({ name: 'plan/$ENVIRONMENT', action: 'access' });
});

describe('the scripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-gitlab-'));
  const script = (name: string, ...args: readonly string[]) =>
    runProgram('node', [join(examples, 'ci', name), ...args], {
      folder,
      environment: { ...server.environment, CI_MERGE_REQUEST_IID: '7', CI_COMMIT_SHA: 'b', CI_COMMIT_BRANCH: 'main' },
    });

  beforeEach(() => server.notes.splice(0));

  test('write one note for each environment, replace it, and clear it', async () => {
    const marker = '<!-- phonestate report: lab%2D1 -->';
    server.notes.push({ id: 1, author: { id: 9 }, system: false, body: `${marker}\nforged` });
    for (const [text, result] of [
      ['none', 'no-changes'],
      ['first', 'changes'],
      ['second', 'changes'],
    ]) {
      writeFileSync(join(folder, 'report.md'), `${marker}\n${text}\n`);
      writeFileSync(join(folder, 'report.json'), JSON.stringify({ reports: [{ result }] }));
      expect(await script('gitlab-note.mjs', 'report.md', 'report.json')).toEqual({ code: 0, output: '' });
    }
    const bodies = () => server.notes.map(({ body }) => body);
    expect(bodies()).toEqual([`${marker}\nforged`, `${marker}\nsecond\n`]);
    await script('gitlab-note.mjs', '--unaffected', 'lab-1');
    await script('gitlab-note.mjs', '--unaffected', 'other');
    expect(bodies()).toEqual([`${marker}\nforged`, expect.stringContaining('## lab-1: no changes')]);
  });

  test.each([
    ['without a merge request', () => (server.requests = []), 'was not merged by a merge request'],
    ['without an approval', () => (server.approvals = []), 'No one has approved'],
    [
      'with a failed pipeline',
      () => (server.pipelines = [{ id: 40, sha: 'a', status: 'failed' }]),
      'No pipeline has planned',
    ],
    ['without a report of what is changed', () => server.reports.clear(), 'has no report'],
  ])('refuse a merge %s', async (_name, arrange, message) => {
    server.requests = [{ iid: 7, state: 'merged', target_branch: 'main', sha: 'a', merge_commit_sha: 'b' }];
    server.approvals = [{ user: { id: 8 } }];
    server.notes.push({
      author: { id: 8 },
      system: true,
      body: 'approved this merge request',
      created_at: '2026-01-02',
    });
    server.pipelines = [{ id: 40, sha: 'a', status: 'success' }];
    server.jobs = [{ id: 41, name: 'plan: [lab]', status: 'success', finished_at: '2026-01-01' }];
    server.reports.set('41', '{}');
    expect(await script('gitlab-reviewed.mjs', 'lab', '["lab"]')).toEqual({ code: 0, output: '' });
    expect(read(folder, 'reviewed.head')).toBe('a');
    arrange();
    const { code, output } = await script('gitlab-reviewed.mjs', 'lab', '["lab"]');
    expect([code, output]).toEqual([1, expect.stringContaining(message)]);
  });

  test('open one issue for each environment, update it, close it and open it again', async () => {
    const states: unknown[] = [];
    for (const [status, text] of [
      ['0', ''],
      ['2', 'one'],
      ['2', 'two'],
      ['0', ''],
      ['2', 'three'],
    ] as const) {
      writeFileSync(join(folder, 'drift.md'), text);
      expect(await script('gitlab-issue.mjs', 'lab', status, 'drift.md')).toEqual({ code: 0, output: '' });
      states.push(server.issues.map(({ state, description }) => [state, description]).flat());
    }
    expect(states).toEqual([[], ['opened', 'one'], ['opened', 'two'], ['closed', 'two'], ['opened', 'three']]);
    expect((await script('gitlab-issue.mjs', 'lab', '1', 'drift.md')).code).toBe(1);
  });
});
