import { phone, useTestbed, type Fields } from './harness';
import { changeUser, expectRefusedPlan } from './refused-plan';

jest.setTimeout(600_000);

const testbed = useTestbed();
const configure = (check: string, phones: Readonly<Record<string, Fields>>, readFrom = 'auto') =>
  testbed.workspace.configure({
    provider: { vicidial: { delete_permission_check: check, read_from: readFrom } },
    ...(Object.keys(phones).length > 0 ? { resource: { vicidial_phone: phones } } : {}),
  });
const both = { a: phone('55000'), b: phone('55001') };

beforeEach(() => testbed.store(both));

test('a plan fails without the permission to delete, by default and without a write', async () => {
  changeUser(testbed, { delete_phones: false });
  testbed.declare({});
  await expectRefusedPlan(testbed, 'permission-delete', 'has no "AST Delete Phones"');
  testbed.declare({ ...both, a: phone('55009') });
  const replaced = await testbed.workspace.plan(['-replace=vicidial_phone.b']);
  expect(replaced.code).toBe(1);
  for (const extension of ['55000', '55001'])
    expect(replaced.output).toMatch(
      new RegExp(`permission-delete\\s+Object: vicidial_phone 10.0.0.11/${extension}`, 'u'),
    );
  expect(testbed.writes()).toEqual([]);
  changeUser(testbed, { delete_phones: true });
  testbed.declare({});
  const permitted = await testbed.workspace.plan();
  expect(permitted.code).toBe(2);
  expect(permitted.output).not.toContain('delete-unchecked');
});

test('a plan warns where the permission to delete cannot be read', async () => {
  changeUser(testbed, { api_only_user: true });
  testbed.declare({});
  const { code, output } = await testbed.workspace.plan();
  expect(code).toBe(2);
  expect(output).toContain('delete-unchecked');
  expect(output.replace(/\s+/gu, ' ')).toContain('it is api_only_user, or its level is below 8');
  // Once for the run, not for each phone.
  expect(output.split('Code: reading-limited')).toHaveLength(2);
  configure('auto', {}, 'api');
  expect((await testbed.workspace.plan()).output).not.toContain('reading-limited');
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
  configure('canary', {}, 'api');
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

test('no canary is written where the admin pages show that the permission is missing', async () => {
  configure('canary', {});
  changeUser(testbed, { delete_phones: false });
  await expectRefusedPlan(testbed, 'permission-delete');
  expect(testbed.emulator.store.aliases).toEqual([]);
});
