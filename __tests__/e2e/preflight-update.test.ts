import { phone, useTestbed } from './harness';
import { changeUser, expectRefusedPlan } from './refused-plan';

jest.setTimeout(600_000);

const testbed = useTestbed();

test('a plan fails where the new phone login is in use, on another server and on the same one, which the API accepts', async () => {
  const others = { here: phone('55001'), there: phone('56000', { server_ip: '10.0.0.12' }) };
  testbed.store({ a: phone('55000'), ...others });
  for (const login of ['55001', '56000']) {
    testbed.declare({ a: phone('55000', { phone_login: login }), ...others });
    await expectRefusedPlan(testbed, 'login-taken', `phone_login "${login}"`);
  }
  testbed.declare({ a: phone('55000', { phone_login: '55009' }), ...others });
  expect((await testbed.workspace.plan()).code).toBe(2);
});

test('a plan that only has the API fails without the permission to update, and says why planning needs it', async () => {
  const resource = { vicidial_phone: { a: phone('55000'), b: phone('55001') } };
  testbed.workspace.configure({ provider: { vicidial: { read_from: 'api' } }, resource });
  testbed.store(resource.vicidial_phone);
  changeUser(testbed, { allowed_functions: ['version'] });
  const output = await expectRefusedPlan(testbed, 'permission-to-plan', 'no call that shows an object', 'update_phone');
  expect(output.split('no call that shows an object')).toHaveLength(2);
});

test('a plan fails where a phone is not found and the user lacks the permission to see whether it is deleted or hidden', async () => {
  testbed.store({ a: phone('55000') });
  testbed.declare({ a: phone('55000') });
  testbed.emulator.store.removePhone('10.0.0.11', '55000');
  changeUser(testbed, { allowed_functions: ['update_phone'] });
  await expectRefusedPlan(testbed, 'phone-visibility-unknown', 'may not call add_phone');
  expect(Object.keys(testbed.workspace.state())).toEqual(['vicidial_phone.a']);
});

test('a plan accepts the phone login of the phone that it replaces', async () => {
  testbed.store({ a: phone('55000') });
  testbed.declare({ a: phone('55000', { extension: '55009' }) });
  await testbed.workspace.expectApply();
  expect(testbed.emulator.store.phone('10.0.0.11', '55009')?.phone_login).toBe('55000');
});

test('a plan accepts the replacement of what is tainted or named by -replace', async () => {
  testbed.store({ a: phone('55000') });
  testbed.declare({ a: phone('55000') });
  await testbed.workspace.expectApply(['-replace=vicidial_phone.a']);
  await testbed.workspace.expectApply(['-replace=vicidial_phone.a', '-refresh=false']);
  await testbed.workspace.expectSuccess(['taint', 'vicidial_phone.a']);
  await testbed.workspace.expectApply();
  expect((await testbed.workspace.plan()).code).toBe(0);
});
