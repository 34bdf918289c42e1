import { phone, useTestbed, type Fields } from './harness';
import { changeUser, expectRefusedPlan } from './refused-plan';

jest.setTimeout(600_000);

const testbed = useTestbed();
const configure = (check: string, phones: Readonly<Record<string, Fields>>) =>
  testbed.workspace.configure({
    provider: { vicidial: { delete_permission_check: check } },
    ...(Object.keys(phones).length > 0 ? { resource: { vicidial_phone: phones } } : {}),
  });
const both = { a: phone('55000'), b: phone('55001') };

beforeEach(async () => {
  testbed.declare(both);
  await testbed.workspace.expectApply();
  testbed.writes();
});

test('a plan warns that the permission to delete could not be checked', async () => {
  testbed.declare({});
  const { code, output } = await testbed.workspace.plan();
  expect(code).toBe(2);
  expect(output).toContain('delete-unchecked');
  expect(testbed.writes()).toEqual([]);
});

test('a plan fails where deletions are denied, and so does a replacement', async () => {
  configure('deny', {});
  await expectRefusedPlan(testbed, 'delete-denied');
  configure('deny', { ...both, a: phone('55009') });
  await expectRefusedPlan(testbed, 'delete-denied', '10.0.0.11/55000');
});

test('a plan checks the permission with one canary and deletes it', async () => {
  configure('canary', {});
  expect((await testbed.workspace.plan()).code).toBe(2);
  expect(testbed.writes()).toEqual([
    expect.stringMatching(/^add_phone_alias alias_id=phonestate_canary .*phone_logins=5500[01]$/u),
    'update_phone_alias alias_id=phonestate_canary delete_alias=Y',
  ]);
  expect(testbed.emulator.store.aliases).toEqual([]);
});

test('a plan fails where the canary cannot be deleted; the next check reuses it, and one with the permission deletes it', async () => {
  configure('canary', {});
  changeUser(testbed, { delete_phones: false });
  for (let time = 0; time < 2; time += 1) {
    const plan = await testbed.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('permission-delete');
  }
  expect(testbed.emulator.store.aliases.map(({ alias_id }) => alias_id)).toEqual(['phonestate_canary']);
  expect(testbed.emulator.store.phones).toHaveLength(2);
  changeUser(testbed, { delete_phones: true });
  expect((await testbed.workspace.plan()).code).toBe(2);
  expect(testbed.emulator.store.aliases).toEqual([]);
});
