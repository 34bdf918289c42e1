/** The policy of examples/policies, with OPA, which reads the same policies as conftest. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import which from 'which';
import { mixedPlan, samplePlans } from '../../testing/sample-plans';

const opa = which.sync('opa', { nothrow: true });
const withOpa = opa === null ? describe.skip : describe;

withOpa(`the policy${opa === null ? ' (skipped: there is no opa)' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-policy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the policy refuses. */
  function deny(plan: string, allowed: Readonly<Record<string, number>> = {}): string[] {
    const [input, data] = [join(folder, 'plan.json'), join(folder, 'data.json')];
    writeFileSync(input, plan);
    writeFileSync(data, JSON.stringify({ phonestate: allowed }));
    const policies = join(__dirname, '..', '..', 'examples', 'policies');
    const args = ['eval', '--format=raw', `--data=${policies}`, `--data=${data}`, `--input=${input}`, 'data.main.deny'];
    const { stdout, stderr, status } = spawnSync(opa ?? '', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr + stdout);
    // A set of messages is a list in JSON.
    return JSON.parse(stdout) as string[];
  }

  test.each([
    ['destroy', ['1 objects are destroyed, 0 are allowed: vicidial_phone.phone-55000', '2 objects']],
    ['replace', ['1 objects are destroyed']],
    ['forgotten', ['1 objects are forgotten, 0 are allowed: vicidial_phone.desk']],
    ['adopt', ['1 objects are adopted, 0 are allowed: vicidial_phone.phone-55001']],
    ['moved server', ['1 objects are adopted']],
    ['errors without a log', ['the plan has errors', 'the plan is not complete']],
    ['targeted', ['the plan is not complete']],
  ])('refuses: %s', (name, messages) => {
    const denied = deny(samplePlans[name]?.plan ?? '');
    expect(denied.some((each) => messages.some((message) => each.startsWith(message)))).toBe(true);
  });

  test.each(['create', 'update', 'import', 'moved', 'no changes'])('allows: %s', (name) => {
    expect(deny(samplePlans[name]?.plan ?? '')).toEqual([]);
  });

  test('numbers that are allowed are data', () => {
    expect(deny(mixedPlan)).toHaveLength(3);
    expect(deny(mixedPlan, { destroy: 4, forget: 1, adopt: 1 })).toEqual([]);
  });
});
