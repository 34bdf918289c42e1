import { phone, useTestbed } from './harness';
import { changeUser, expectRefusedPlan, type UserInput } from './refused-plan';

jest.setTimeout(600_000);

/*
 * Could run in process, as they test the provider's `Preflight` against the emulator and nothing of the engine: the table
 * of users, the locked user, the missing permissions, hidden phones and existing phone aliases. What the engine adds is
 * several resources in one plan, prior state, replacement and the provider block.
 */
const testbed = useTestbed();
const aliases = {
  desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.a.phone_login}'] },
};

test.each<[string, UserInput, string, string]>([
  ['a wrong password', { password: 'other' }, 'login-incorrect', 'refused the login'],
  ['an inactive user', { active: false }, 'login-incorrect', 'inactive'],
  ['a user of too low a level to log in', { level: 6 }, 'login-incorrect', 'level is below 7'],
  ['an address that is not on the list', { blocked_address: true }, 'login-address', 'IP list'],
  ['a second factor', { second_factor: true }, 'login-second-factor', 'two-factor'],
  ['a level of 7', { level: 7 }, 'permission-missing', 'level 8'],
  ['no API access', { api_access: false }, 'permission-missing', 'API Access'],
  ['no AST admin access', { ast_admin_access: false }, 'permission-missing', 'AST Admin Access'],
  [
    'add_phone not among its functions',
    { allowed_functions: ['update_phone', 'update_phone_alias', 'add_phone_alias'] },
    'function-not-allowed',
    'add_phone',
  ],
])('a plan fails with %s', async (_name, permissions, code, text) => {
  testbed.declare({ a: phone('55000') });
  changeUser(testbed, permissions);
  await expectRefusedPlan(testbed, code, text, 'planner');
});

test('a plan fails with a locked user, says how long to wait, and makes one call', async () => {
  const badLogin = new Map([
    ['function', 'update_phone'],
    ['user', 'planner'],
    ['pass', 'guess'],
  ]);
  for (let attempt = 0; attempt < 10; attempt += 1) testbed.emulator.api.call(badLogin);
  testbed.declare({ a: phone('55000'), b: phone('55001'), c: phone('55002') });
  testbed.emulator.journal.clear();
  const plan = await testbed.workspace.plan();
  expect(plan.code).toBe(1);
  expect(plan.output).toContain('Wait 15 minutes');
  expect(testbed.emulator.journal.entries).toHaveLength(1);
});

test('a plan fails without update_phone only where a second call is needed', async () => {
  changeUser(testbed, { allowed_functions: ['add_phone'] });
  testbed.declare({ a: phone('55000') });
  expect((await testbed.workspace.plan()).code).toBe(2);
  testbed.declare({ a: phone('55000', { phone_ring_timeout: 45 }) });
  await expectRefusedPlan(testbed, 'function-not-allowed', 'to update_phone');
});

test('a plan fails without the permission to add phone aliases', async () => {
  changeUser(testbed, { allowed_functions: ['add_phone', 'update_phone'] });
  testbed.declare({ a: phone('55000') }, aliases);
  await expectRefusedPlan(testbed, 'function-not-allowed', 'to add_phone_alias');
});

test('a plan fails where the server is not found, or the extension or the phone login exists', async () => {
  testbed.declare({ a: phone('55000'), other: phone('55001') });
  await testbed.workspace.expectApply();
  await testbed.workspace.forget('vicidial_phone.a');
  testbed.declare({ a: phone('55000') });
  await expectRefusedPlan(testbed, 'phone-exists', 'terraform import vicidial_phone.NAME 10.0.0.11/55000');
  testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.9.9.9' }) });
  await expectRefusedPlan(testbed, 'server-not-found', 'SERVER DOES NOT EXIST');
  testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.0.0.12', phone_login: '55001' }) });
  await expectRefusedPlan(testbed, 'login-taken', 'PHONE LOGIN ALREADY EXISTS');
});

test('a plan fails where the phone exists but is hidden', async () => {
  testbed.emulator.store.putPhone({
    server_ip: '10.0.0.11',
    extension: '55000',
    phone_login: '55000',
    admin_user_group: 'ADMIN',
  });
  changeUser(testbed, { user_group: 'SALES' });
  testbed.declare({ a: phone('55000') });
  await expectRefusedPlan(testbed, 'phone-hidden', 'cannot see it');
});

test('a plan fails where the phone alias exists', async () => {
  testbed.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'x', phone_logins: '1' });
  testbed.declare({ a: phone('55000') }, aliases);
  await expectRefusedPlan(testbed, 'alias-exists', 'terraform import vicidial_phone_alias.NAME desks');
});

test('a plan fails where two resources have the same key (case-insensitive) or the same phone login', async () => {
  testbed.declare({
    a: phone('cc100', { phone_login: 'a1', voicemail_id: '100' }),
    b: phone('CC100', { phone_login: 'a2', voicemail_id: '100' }),
  });
  await expectRefusedPlan(testbed, 'duplicate-in-plan', 'the key');
  testbed.declare({ a: phone('55000'), b: phone('55001', { phone_login: '55000' }) });
  await expectRefusedPlan(testbed, 'duplicate-in-plan', 'phone_login "55000"');
});

test('a plan explains a missing permission once, however many phones need it', async () => {
  changeUser(testbed, { ast_admin_access: false });
  testbed.declare(
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, phone(String(55_000 + index))])),
  );
  const output = await expectRefusedPlan(testbed, 'permission-missing');
  expect(output.split('Give the user these rights')).toHaveLength(2);
  expect(output.split('Code: permission-missing')).toHaveLength(21);
  expect(testbed.emulator.journal.entries).toHaveLength(0);
});

test('a plan warns about passwords that are easy to guess', async () => {
  testbed.declare({ a: phone('55000', { registration_password: 'test', phone_pass: '55000' }) });
  const { code, output } = await testbed.workspace.plan();
  expect(code).toBe(2);
  expect(output).toContain('password-default');
  expect(output).toContain('password-is-extension');
});

test('a plan accepts letters of every script only where the system stores them', async () => {
  const name = { phone_full_name: 'Käthe' };
  testbed.declare({ a: phone('55000', name) });
  await expectRefusedPlan(testbed, 'value-characters', 'Kthe');
  testbed.workspace.configure({
    provider: { vicidial: { non_latin: true } },
    resource: { vicidial_phone: { a: phone('55000', name) } },
  });
  expect((await testbed.workspace.plan()).code).toBe(2);
});
