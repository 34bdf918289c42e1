/** What holds for every workflow of the examples, whose form `npm run lint` checks: pinned actions, permissions, and where plans and secrets may be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkflow } from './github-runner';
import { examples } from './repository';

const folder = join(examples, 'github', '.github');
const names = readdirSync(join(folder, 'workflows')).map((file) => file.replace('.yml', ''));
const textOf = (name: string) => readFileSync(join(folder, 'workflows', `${name}.yml`), 'utf8');
const action = readFileSync(join(folder, 'actions', 'phonestate', 'action.yml'), 'utf8');

test('actions are pinned to a commit, with their version', () => {
  const used = [...names.map(textOf), action].flatMap((text) => text.match(/uses: .*/gu) ?? []);
  expect(used.length).toBeGreaterThan(10);
  for (const each of used) expect(each).toMatch(/^uses: (\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/u);
});

describe.each(names)('%s', (name) => {
  const workflow = readWorkflow(name);
  const jobs = Object.entries(workflow.jobs);

  test('may read only, unless a job says what it writes', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const written = jobs.flatMap(([job, { permissions = {} }]) =>
      Object.keys(permissions).flatMap((key) => (permissions[key] === 'write' ? [`${job} ${key}`] : [])),
    );
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'phones-review': ['plan pull-requests', 'clear pull-requests'],
      'phones-drift': ['drift issues'],
    };
    expect(written).toEqual(allowed[name] ?? []);
  });

  test('fails in a pipe, and has secrets in variables of single steps only', () => {
    expect(workflow.defaults?.run?.shell).toBe('bash');
    for (const [, { steps, ...job }] of jobs) {
      expect(JSON.stringify(job)).not.toContain('secrets.');
      // Text of a pull request in a script would be run.
      for (const { run = '' } of steps) expect(run).not.toContain('${{');
    }
  });

  test('uploads reports and no plan', () => {
    const uploads = jobs.flatMap(([, { steps }]) => steps.filter(({ uses }) => uses?.includes('upload-artifact')));
    const paths = uploads.flatMap(({ with: inputs }) => String(inputs?.path).trim().split('\n'));
    expect(paths).toEqual(name === 'phones-review' ? ['report.json', 'report.html'] : []);
  });
});
