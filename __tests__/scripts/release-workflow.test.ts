/** The workflow that makes a release on a tag. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}

const text = readFileSync(join(__dirname, '../../.github/workflows/release.yml'), 'utf8');
const { permissions, jobs } = parse(text) as {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly build: Job; readonly publish: Job };
};

test('each action is pinned to a commit, with its version beside it', () => {
  const actions = text.split('\n').filter((line) => line.includes('uses:'));
  expect(actions.length).toBeGreaterThan(4);
  for (const line of actions) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
});

test('what runs code of packages may only read, and has no secret', () => {
  expect(permissions).toEqual({});
  expect(jobs.build.permissions).toEqual({ contents: 'read' });
  expect(JSON.stringify(jobs.build)).not.toContain('secrets.');
  expect(jobs.build.steps.map(({ run }) => run)).toContain('npm run release -- --tag "$GITHUB_REF_NAME"');
  expect(jobs.publish.steps.filter(({ run }) => /npm (?:ci|install|run)/u.test(run ?? ''))).toEqual([]);
});

test('no expression is a part of a script', () => {
  for (const { run = '' } of [...jobs.build.steps, ...jobs.publish.steps]) expect(run).not.toContain('${{');
});
