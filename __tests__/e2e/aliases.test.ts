import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();
const desks = (fields: Record<string, unknown> = {}) => ({
  desks: {
    alias_id: 'desks',
    alias_name: 'Desks',
    phone_logins: ['${vicidial_phone.a.phone_login}', '${vicidial_phone.b.phone_login}'],
    ...fields,
  },
});

test('phone aliases are created after their phones, changed by field, kept in order and deleted', async () => {
  const phones = { a: phone('55000'), b: phone('55001') };
  testbed.declare(phones, desks());
  await testbed.workspace.expectApply();
  expect(testbed.writes().at(-1)).toBe('add_phone_alias alias_id=desks alias_name=Desks phone_logins=55000,55001');
  expect((await testbed.workspace.plan()).code).toBe(0);

  testbed.declare(phones, desks({ phone_logins: ['55001', '55000'] }));
  await testbed.workspace.expectApply();
  expect(testbed.writes()).toEqual(['update_phone_alias alias_id=desks phone_logins=55001,55000']);

  testbed.declare(phones);
  await testbed.workspace.expectApply();
  expect(testbed.writes()).toEqual(['update_phone_alias alias_id=desks delete_alias=Y']);
});

test('a phone alias that was deleted is planned for creation again', async () => {
  const phones = { a: phone('55000'), b: phone('55001') };
  testbed.store(phones, desks({ phone_logins: ['55000', '55001'] }));
  testbed.emulator.store.removeAlias('desks');
  testbed.declare(phones, desks());
  const { output } = await testbed.workspace.plan();
  expect(output).toContain('# vicidial_phone_alias.desks will be created');
  expect(output).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
});

test('a phone alias with a login that no phone has is refused on that attribute', async () => {
  testbed.declare({ a: phone('55000'), b: phone('55001') }, desks({ phone_logins: ['55000', '59999'] }));
  const run = await testbed.workspace.apply();
  expect(run.code).toBe(1);
  expect(run.output).toContain('alias-login-unknown');
  expect(run.output).toMatch(/in resource\.vicidial_phone_alias\.desks:\s+\d+:\s+"phone_logins": \[/u);
});
