/** The workflows of GitHub, from a pull request to the apply: their shell, the real command and engine, an emulated forge. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { secrets } from '../e2e/harness';
import { readWorkflow, Runner, type Context } from './github-runner';
import { GitHubServer, repositoryName } from './github-server';
import { Repository } from './repository';
import { ReviewBed } from './review-bed';

jest.setTimeout(300_000);

const review = readWorkflow('phones-review');
const apply = readWorkflow('phones-apply');
const drift = readWorkflow('phones-drift');
const server = new GitHubServer();
let bed: ReviewBed;
let repository: Repository;
let runner: Runner;

beforeAll(async () => {
  [bed] = await Promise.all([ReviewBed.start(), server.start()]);
  repository = await Repository.create('github', { production: bed.file(['55000']), staging: bed.file(['55900']) });
  runner = new Runner(repository, server.environment);
});

afterAll(async () => {
  repository.remove();
  await Promise.all([bed.stop(), server.close()]);
});

test('a pull request gets a report, and its merge applies that plan and no other', async () => {
  const before = await repository.git('rev-parse', 'HEAD');
  await repository.git('checkout', '--quiet', '-b', 'desks');
  const head = await repository.commit({ production: bed.file(['55000', '55001']) });
  await repository.git('checkout', '--quiet', '-b', 'merged', 'main');
  await repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'desks');
  const merged = await repository.git('rev-parse', 'HEAD');
  await repository.push('desks:refs/pull/7/head', 'merged:refs/pull/7/merge');

  const secret = {
    ...{
      VICIDIAL_USER: 'planner',
      VICIDIAL_PASSWORD: secrets.api,
      PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline',
    },
    ...{ PHONE_PASS: secrets.agent, REGISTRATION_PASSWORD: secrets.device },
  };
  const event = { number: 7, before, pull_request: { labels: [], head: { repo: { full_name: repositoryName } } } };
  const context: Context = {
    github: { token: 'job-token', repository: repositoryName, event, sha: merged, ref_name: 'main' },
    secrets: secret,
    vars: { VICIDIAL_URL: bed.emulator.url },
    matrix: { environment: 'production' },
  };

  const validated = await runner.run(review, 'validate', 'refs/pull/7/merge', { ...context, secrets: {} });
  expect([validated.failed, validated.log]).toEqual([
    undefined,
    expect.stringContaining('2 environment files, 0 with errors'),
  ]);
  expect(validated.outputs).toEqual({ environments: '["production"]' });

  const planned = await runner.run(review, 'plan', 'refs/pull/7/merge', context);
  expect([planned.failed, planned.log]).toEqual([undefined, expect.any(String)]);
  const [comment] = server.comments;
  expect(comment?.body).toContain('<!-- phonestate report: production -->\n## production');
  expect(comment?.body).toContain('55001');
  expect([...runner.artifacts.keys()]).toEqual(['phonestate-report-production']);
  const artifact = runner.artifacts.get('phonestate-report-production') ?? '';
  expect(readdirSync(artifact).sort()).toEqual(['report.html', 'report.json']);
  const shown = [
    planned.log,
    String(comment?.body),
    ...readdirSync(artifact).map((name) => readFileSync(join(artifact, name), 'utf8')),
  ];
  for (const value of Object.values(secrets)) expect(shown.join()).not.toContain(value);
  expect(bed.stored()).toEqual([]);

  await repository.push('merged:main');
  server.pulls = [
    { number: 7, merged_at: 'now', merge_commit_sha: merged, base: { ref: 'main' }, head: { sha: head } },
  ];
  server.reviews = [
    {
      user: { login: 'reviewer' },
      state: 'APPROVED',
      commit_id: head,
      author_association: 'MEMBER',
      submitted_at: '2026-01-02T12:00:00Z',
    },
  ];
  server.runs = [{ id: 31, head_sha: head, conclusion: 'success' }];
  server.artifacts.set(31, [
    { name: 'phonestate-report-production', expired: false, created_at: '2026-01-02T11:00:00Z' },
  ]);
  const found = await runner.run(apply, 'reviewed', 'main', context);
  expect([found.failed, found.log]).toEqual([undefined, expect.any(String)]);
  expect(found.outputs).toEqual({ run: '31', environments: '["production"]' });

  // Another password would be written than the one that was reviewed.
  const needs = { reviewed: { outputs: found.outputs } };
  const other = { ...context, needs, secrets: { ...secret, PHONE_PASS: 'anotherSecret4711' } };
  const refused = await runner.run(apply, 'apply', 'main', other);
  expect(refused.failed).toBe('Verify that the plan is the reviewed one');
  expect(refused.log).toContain('the plan is not the one that was reviewed');
  expect(bed.stored()).toEqual([]);

  const applied = await runner.run(apply, 'apply', 'main', { ...context, needs });
  expect([applied.failed, applied.log]).toEqual([
    undefined,
    expect.stringContaining('2 added, 0 changed, 0 destroyed'),
  ]);
  expect(bed.stored()).toEqual(['55000', '55001']);
  for (const value of Object.values(secrets)) expect(applied.log).not.toContain(value);
});

test('each night every environment is compared, and drift is an issue of it', async () => {
  const context = { github: { token: 'job-token' }, secrets: {}, vars: {}, matrix: { environment: 'production' } };
  const listed = await runner.run(drift, 'environments', 'main', context);
  expect([listed.failed, listed.outputs]).toEqual([undefined, { environments: '["production","staging"]' }]);

  repository.drift = 'echo "10.0.0.11/55000 has another email"; exit 2';
  const compared = await runner.run(drift, 'drift', 'main', context);
  expect([compared.failed, compared.log]).toEqual([undefined, expect.stringContaining('has another email')]);
  expect(server.issues).toEqual([
    expect.objectContaining({ title: 'production: phones have drifted', body: '10.0.0.11/55000 has another email\n' }),
  ]);
});
