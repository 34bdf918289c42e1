import { isFullMatrix } from '../../testing/full-matrix';
import { fleet, type Fields } from './harness';
import { describeReaders, unwrap } from './reading-bed';

jest.setTimeout(300_000);

const withoutPassword = { VICIDIAL_PASSWORD: '' };

/** Of each kind of change. */
const share = isFullMatrix ? 100 : 15;

describeReaders(['database'], (testbed) => {
  test('creations, changes and deletions are planned with a user alone, and applied with its password', async () => {
    const { workspace, emulator } = testbed;
    const phones = Object.entries(fleet(3 * share));
    const [changed, removed, added] = [0, 1, 2].map((part) => phones.slice(part * share, (part + 1) * share));
    testbed.store(Object.fromEntries([...(changed ?? []), ...(removed ?? [])]));
    const renamed = (changed ?? []).map(([name, fields]): [string, Fields] => [
      name,
      { ...fields, phone_full_name: 'Another name' },
    ]);
    testbed.declare(Object.fromEntries([...renamed, ...(added ?? [])]));

    const plan = await workspace.plan([], withoutPassword);
    expect(plan.output).toContain(`Plan: ${share} to add, ${share} to change, ${share} to destroy.`);
    expect(emulator.journal.entries).toEqual([]);
    expect(emulator.pages.entries).toEqual([]);

    const refused = await workspace.run(['apply', '-input=false', '-no-color', 'plan.out'], withoutPassword);
    expect(refused.code).toBe(1);
    expect(unwrap(refused.output)).toContain('password is not set, and neither is the environment variable');
    expect(emulator.journal.entries).toEqual([]);
    expect(Object.keys(workspace.state())).toHaveLength(2 * share);

    // A failed apply writes the state that was refreshed, and the plan is out of date.
    await workspace.plan([], withoutPassword);
    expect(emulator.journal.entries).toEqual([]);
    const apply = await workspace.expectSuccess(['apply', '-input=false', '-no-color', 'plan.out']);
    expect(apply.output).toContain(`Resources: ${share} added, ${share} changed, ${share} destroyed.`);
    expect((await workspace.plan([], withoutPassword)).code).toBe(0);
  });
});
