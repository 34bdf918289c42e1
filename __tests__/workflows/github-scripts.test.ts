/** The scripts of the workflows of GitHub, with an emulated forge: comments, what was reviewed, issues. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, readWorkflow } from './github-runner';
import { GitHubServer, repositoryName } from './github-server';
import { runProgram, type Ended } from './process';
import { examples } from './repository';

const folder = mkdtempSync(join(tmpdir(), 'phonestate-scripts-'));
const ours = { login: 'github-actions[bot]' };
let server: GitHubServer;

beforeEach(async () => {
  server = new GitHubServer();
  await server.start();
});
afterEach(() => server.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runProgram('node', [join(examples, 'ci', name), ...args], {
    folder,
    environment: { ...server.environment, GITHUB_TOKEN: 'job-token', PULL: '7', ...environment },
  });
}

describe('the comment of an environment', () => {
  const markerOf = (name: string) => `<!-- phonestate report: ${name} -->`;

  /** Writes the comment of a report, as the job of an environment does. */
  async function comment(name: string, text: string, result = 'changes'): Promise<void> {
    const [markdown, json] = [join(folder, 'report.md'), join(folder, 'report.json')];
    writeFileSync(markdown, `${markerOf(name)}\n${text}\n`);
    writeFileSync(json, JSON.stringify({ reports: [{ result }] }));
    expect(await script('github-comment.mjs', [markdown, json])).toEqual({ code: 0, output: '' });
  }
  const bodies = () => server.comments.map(({ body }) => body);

  test('is written once and replaced by later reports; other environments have their own', async () => {
    await comment('production', 'first');
    await comment('staging', 'other');
    await comment('production', 'second');
    expect(bodies()).toEqual([`${markerOf('production')}\nsecond\n`, `${markerOf('staging')}\nother\n`]);
  });

  test('is replaced by a report without changes, which makes no comment of its own', async () => {
    await comment('production', 'nothing', 'no-changes');
    expect(bodies()).toEqual([]);
    await comment('production', 'first');
    await comment('production', 'nothing', 'no-changes');
    expect(bodies()).toEqual([`${markerOf('production')}\nnothing\n`]);
  });

  test('is found behind a hundred others, and is never one that someone else wrote', async () => {
    const foreign = { id: 1, user: { login: 'someone' }, body: `${markerOf('production')}\nforged\n` };
    server.comments.push(foreign);
    while (server.comments.length < 150)
      server.comments.push({ ...foreign, id: server.comments.length + 1, body: 'text' });
    await comment('production', 'first');
    await comment('production', 'second');
    expect(bodies()).toHaveLength(151);
    expect(bodies()[0]).toBe(foreign.body);
    expect(bodies()[150]).toContain('second');
  });

  test('is cleared where the pull request does not change the environment any more', async () => {
    await comment('lab%2D1', 'first');
    await comment('production', 'first');
    server.comments.push({ id: 3, user: ours, body: 'another comment' });
    const args = ['--unaffected', '["production"]'];
    expect(await script('github-comment.mjs', args)).toEqual({ code: 0, output: '' });
    expect(bodies()[0]).toContain(`${markerOf('lab%2D1')}\n## lab-1: no changes\n`);
    expect(bodies().slice(1)).toEqual([`${markerOf('production')}\nfirst\n`, 'another comment']);
    const { length } = server.writes;
    await script('github-comment.mjs', args);
    expect(server.writes).toHaveLength(length);
  });

  test('is an error where the token may not write it', async () => {
    writeFileSync(join(folder, 'report.md'), 'x');
    writeFileSync(join(folder, 'report.json'), '{"reports":[]}');
    const { code, output } = await script('github-comment.mjs', ['report.md', 'report.json'], { GITHUB_TOKEN: 'none' });
    expect(code).toBe(1);
    expect(output).toContain('GitHub answered GET /issues/7/comments');
    expect(output).not.toContain('Bearer');
  });
});

describe('what was reviewed of a merge', () => {
  const [head, merged] = ['a'.repeat(40), 'b'.repeat(40)];
  const approval = {
    ...{ user: { login: 'reviewer' }, state: 'APPROVED', commit_id: head, author_association: 'MEMBER' },
    submitted_at: '2026-01-02T12:00:00Z',
  };
  const report = { name: 'phonestate-report-production', expired: false, created_at: '2026-01-02T11:00:00Z' };

  beforeEach(() => {
    server.pulls = [
      { number: 7, merged_at: 'now', merge_commit_sha: merged, base: { ref: 'main' }, head: { sha: head } },
    ];
    server.reviews = [approval];
    server.runs = [{ id: 31, head_sha: head, conclusion: 'success' }];
    server.artifacts.set(31, [report]);
  });

  async function reviewed(affected: readonly string[] = ['production']): Promise<Ended> {
    const output = join(folder, 'output');
    writeFileSync(output, '');
    const variables = {
      GITHUB_SHA: merged,
      GITHUB_REF_NAME: 'main',
      GITHUB_OUTPUT: output,
      AFFECTED: JSON.stringify(affected),
    };
    const ended = await script('github-reviewed.mjs', ['phones-review.yml'], variables);
    return ended.code === 0 ? { code: 0, output: readFileSync(output, 'utf8') } : ended;
  }

  test('is the run of the approved commit', async () => {
    expect(await reviewed()).toEqual({
      code: 0,
      output: `pull=7\nhead=${head}\nrun=31\nenvironments=["production"]\n`,
    });
  });

  test('is the latest run before the approval', async () => {
    server.runs = [29, 31, 33].map((id) => ({ id, head_sha: head, conclusion: 'success' }));
    server.artifacts.set(29, [report]);
    server.artifacts.set(33, [{ ...report, created_at: '2026-01-02T13:00:00Z' }]);
    expect((await reviewed()).output).toContain('run=31\n');
  });

  test('is nothing where no environment is changed', async () => {
    server.artifacts.set(31, []);
    expect((await reviewed([])).output).toContain('environments=[]\n');
  });

  const change = (fields: object) => () => (server.reviews = [{ ...approval, ...fields }]);
  test.each<readonly [string, () => unknown, string]>([
    ['a push without a pull request', () => (server.pulls = []), 'was not merged by a pull request'],
    [
      'a pull request into another branch',
      () => Object.assign(server.pulls[0] ?? {}, { base: { ref: 'other' } }),
      'was not merged by',
    ],
    ['no approval', () => (server.reviews = []), 'No one has approved the commit'],
    ['an approval of an earlier commit', change({ commit_id: 'c'.repeat(40) }), 'No one has approved the commit'],
    ['an approval that was dismissed', change({ state: 'DISMISSED' }), 'No one has approved the commit'],
    ['an approval of anyone', change({ author_association: 'NONE' }), 'No one has approved the commit'],
    [
      'requested changes',
      () => server.reviews.push({ ...approval, user: { login: 'other' }, state: 'CHANGES_REQUESTED' }),
      'requests changes',
    ],
    [
      'a plan that failed',
      () => (server.runs = [{ id: 31, head_sha: head, conclusion: 'failure' }]),
      'No run of phones-review.yml',
    ],
    [
      'a report that is newer than the approval',
      change({ submitted_at: '2026-01-02T10:00:00Z' }),
      'made again after it',
    ],
    [
      'a report that has expired',
      () => server.artifacts.set(31, [{ ...report, expired: true }]),
      'No run of phones-review.yml',
    ],
    [
      'a changed environment without a report',
      () => server.artifacts.set(31, [{ ...report, name: 'phonestate-report-lab' }]),
      'no report of production',
    ],
  ])('is refused: %s', async (_name, arrange, message) => {
    arrange();
    const { code, output } = await reviewed();
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).toContain('Nothing is applied');
  });
});

describe('the issue of an environment', () => {
  async function issue(status: string, text = 'drift'): Promise<Ended> {
    writeFileSync(join(folder, 'drift.md'), text);
    return script('github-issue.mjs', ['production', status, 'drift.md']);
  }

  test('is opened with drift, updated, closed without it, and opened again', async () => {
    const steps = [['0'], ['2', 'one'], ['2', 'two'], ['0'], ['0'], ['2', 'three']] as const;
    const seen: unknown[] = [];
    for (const [status, text] of steps) {
      expect(await issue(status, text)).toEqual({ code: 0, output: '' });
      seen.push(server.issues.map(({ state, body }) => [state, body]));
    }
    const [none, ...later] = seen;
    expect(none).toEqual([]);
    expect(later).toEqual(
      [
        ['open', 'one'],
        ['open', 'two'],
        ['closed', 'two'],
        ['closed', 'two'],
        ['open', 'three'],
      ].map((each) => [each]),
    );
    expect(server.issues[0]).toMatchObject({ title: 'production: phones have drifted', labels: ['phonestate-drift'] });
  });

  test('is left as it is where it is not known whether there is drift', async () => {
    await issue('2');
    const { code, output } = await issue('1');
    expect(code).toBe(1);
    expect(output).toContain('it is not known whether production has drifted');
    expect(server.issues[0]).toMatchObject({ state: 'open' });
  });
});

test('pull requests of forks are validated, and get neither a plan nor a token that writes', () => {
  const { jobs, permissions } = readWorkflow('phones-review');
  const context = (fork: string) => ({
    github: { repository: repositoryName, event: { pull_request: { head: { repo: { full_name: fork } } } } },
    needs: { validate: { outputs: { environments: '["production"]' } } },
  });
  const running = (fork: string) =>
    Object.keys(jobs).filter((name) => evaluate(jobs[name]?.if ?? 'true', context(fork)) === true);
  expect(running(repositoryName)).toEqual(['validate', 'plan', 'clear']);
  expect(running('someone/phones')).toEqual(['validate']);
  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.validate?.permissions).toBeUndefined();
  expect(JSON.stringify(jobs.validate)).not.toContain('secrets.');
});
