import { fleet, useTestbed } from './harness';

jest.setTimeout(600_000);

const testbed = useTestbed();
const count = 50;

test('a plan makes at most one call for each phone, and two more', async () => {
  const { emulator, workspace } = testbed;
  testbed.declare(fleet(count));
  expect((await workspace.plan()).code).toBe(2);
  const { entries } = emulator.journal;
  expect(
    entries
      .filter(({ fields }) => Object.keys(fields).length === 0)
      .map((entry) => entry.function)
      .sort(),
  ).toEqual(['add_phone', 'version']);
  expect(entries.length).toBeLessThanOrEqual(count + 2);

  await workspace.expectApply();
  emulator.journal.clear();
  expect((await workspace.plan()).code).toBe(0);
  expect(emulator.journal.entries.length).toBeLessThanOrEqual(count);
  emulator.journal.clear();
  expect((await workspace.plan(['-refresh=false'])).code).toBe(0);
  expect(emulator.journal.entries).toEqual([]);
});

test('a delete is looked up once in the plan, and once after it', async () => {
  const { emulator, workspace } = testbed;
  testbed.store(fleet(count));
  testbed.declare({});
  emulator.journal.clear();
  const { output } = await workspace.plan();
  expect(output).toContain(`${count} to destroy`);
  // One of them finds out whether the user may call update_phone.
  expect(emulator.journal.entries.length).toBeLessThanOrEqual(count + 2);

  emulator.journal.clear();
  await workspace.expectSuccess(['apply', '-input=false', 'plan.out']);
  expect(emulator.journal.entries.filter(({ changed }) => changed)).toHaveLength(count);
  expect(emulator.journal.entries.length).toBeLessThanOrEqual(2 * count);
});
