import { phone, useTestbed } from './harness';
import { changeUser, expectRefusedPlan } from './refused-plan';

jest.setTimeout(600_000);

/* What a plan checks on the server, where the engine adds something; __tests__/provider/preflight.test.ts has the rest. */
const testbed = useTestbed();

test('a plan fails without the permission to create', async () => {
  testbed.declare({ a: phone('55000') });
  changeUser(testbed, { level: 7 });
  await expectRefusedPlan(testbed, 'permission-missing', 'level 8', 'planner');
});

test('a plan fails where the server is not found, or the extension or the phone login exists', async () => {
  testbed.serve({ a: phone('55000') });
  testbed.store({ other: phone('55001') });
  testbed.declare({ a: phone('55000') });
  await expectRefusedPlan(testbed, 'phone-exists', 'terraform import vicidial_phone.NAME 10.0.0.11/55000');
  testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.9.9.9' }) });
  await expectRefusedPlan(testbed, 'server-not-found', 'SERVER DOES NOT EXIST');
  testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.0.0.12', phone_login: '55001' }) });
  await expectRefusedPlan(testbed, 'login-taken', 'PHONE LOGIN ALREADY EXISTS');
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
  expect(output.split('Give the user these permissions')).toHaveLength(2);
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
