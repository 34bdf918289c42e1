import type { BuildName } from '../../src/emulator/builds';
import type { SystemInput } from '../../src/emulator/system-data';
import { fleet, phone, useTestbed, type Fields, type Testbed } from './harness';

jest.setTimeout(600_000);

type UserInput = Partial<SystemInput['users'][number]>;

/*
 * Of these, the following test the provider's `Preflight` against the emulator and nothing of the engine. They could run
 * in process: the table of users, the locked user, the missing permissions, hidden phones and existing aliases of "a plan
 * that creates"; "on build" and "on an old build". What the engine adds is shown by the rest: several resources in one
 * plan, prior state, replacement, saved plans and the number of calls.
 */

/** Helpers for plans by a user that lacks a permission: they expect an error with a code and texts, and no write. */
function planning(testbed: Testbed) {
  const asUser = (permissions: UserInput) => {
    const user = testbed.emulator.store.users.get('planner');
    if (user) Object.assign(user, permissions);
  };
  const expectRefusal = async (code: string, ...texts: string[]) => {
    testbed.emulator.journal.clear();
    const plan = await testbed.workspace.plan();
    const output = plan.output.replace(/\s+/gu, ' ');
    expect(plan.code).toBe(1);
    expect(output).toContain(`Code: ${code}`);
    for (const text of texts) expect(output).toContain(text);
    expect(testbed.writes()).toEqual([]);
    return output;
  };
  return { asUser, expectRefusal };
}

describe('a plan that creates', () => {
  const testbed = useTestbed();
  const { asUser, expectRefusal } = planning(testbed);
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
  ])('fails with %s', async (_name, permissions, code, text) => {
    testbed.declare({ a: phone('55000') });
    asUser(permissions);
    await expectRefusal(code, text, 'planner');
  });

  test('fails with a locked user, says how long to wait, and makes one call', async () => {
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

  test('fails without update_phone only where a second call is needed', async () => {
    asUser({ allowed_functions: ['add_phone'] });
    testbed.declare({ a: phone('55000') });
    expect((await testbed.workspace.plan()).code).toBe(2);
    testbed.declare({ a: phone('55000', { phone_ring_timeout: 45 }) });
    await expectRefusal('function-not-allowed', 'to update_phone');
  });

  test('fails without the permission to add phone aliases', async () => {
    asUser({ allowed_functions: ['add_phone', 'update_phone'] });
    testbed.declare({ a: phone('55000') }, aliases);
    await expectRefusal('function-not-allowed', 'to add_phone_alias');
  });

  test('fails where the server is not found, or the extension or the phone login exists', async () => {
    testbed.declare({ a: phone('55000'), other: phone('55001') });
    await testbed.workspace.expectApply();
    await testbed.workspace.forget('vicidial_phone.a');
    testbed.declare({ a: phone('55000') });
    await expectRefusal('phone-exists', 'terraform import vicidial_phone.NAME 10.0.0.11/55000');
    testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.9.9.9' }) });
    await expectRefusal('server-not-found', 'SERVER DOES NOT EXIST');
    testbed.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.0.0.12', phone_login: '55001' }) });
    await expectRefusal('login-taken', 'PHONE LOGIN ALREADY EXISTS');
  });

  test('fails where the phone exists but is hidden', async () => {
    testbed.emulator.store.putPhone({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      admin_user_group: 'ADMIN',
    });
    asUser({ user_group: 'SALES' });
    testbed.declare({ a: phone('55000') });
    await expectRefusal('phone-hidden', 'cannot see it');
  });

  test('fails where the phone alias exists', async () => {
    testbed.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'x', phone_logins: '1' });
    testbed.declare({ a: phone('55000') }, aliases);
    await expectRefusal('alias-exists', 'terraform import vicidial_phone_alias.NAME desks');
  });

  test('fails where two resources have the same key (case-insensitive) or the same phone login', async () => {
    testbed.declare({
      a: phone('cc100', { phone_login: 'a1', voicemail_id: '100' }),
      b: phone('CC100', { phone_login: 'a2', voicemail_id: '100' }),
    });
    await expectRefusal('duplicate-in-plan', 'the key');
    testbed.declare({ a: phone('55000'), b: phone('55001', { phone_login: '55000' }) });
    await expectRefusal('duplicate-in-plan', 'phone_login "55000"');
  });

  test('explains a missing permission once, however many phones need it', async () => {
    asUser({ ast_admin_access: false });
    testbed.declare(
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, phone(String(55_000 + index))])),
    );
    const output = await expectRefusal('permission-missing');
    expect(output.split('Give the user these rights')).toHaveLength(2);
    expect(output.split('Code: permission-missing')).toHaveLength(21);
    expect(testbed.emulator.journal.entries).toHaveLength(0);
  });

  test('warns about passwords that are easy to guess', async () => {
    testbed.declare({ a: phone('55000', { registration_password: 'test', phone_pass: '55000' }) });
    const { code, output } = await testbed.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('password-default');
    expect(output).toContain('password-is-extension');
  });

  test('accepts letters of every script only where the system stores them', async () => {
    const name = { phone_full_name: 'Käthe' };
    testbed.declare({ a: phone('55000', name) });
    await expectRefusal('value-characters', 'Kthe');
    testbed.workspace.configure({
      provider: { vicidial: { non_latin: true } },
      resource: { vicidial_phone: { a: phone('55000', name) } },
    });
    expect((await testbed.workspace.plan()).code).toBe(2);
  });
});

describe('a plan that updates', () => {
  const testbed = useTestbed();
  const { asUser, expectRefusal } = planning(testbed);

  test('fails where the new phone login is in use, on another server and on the same one, which the API accepts', async () => {
    const others = { here: phone('55001'), there: phone('56000', { server_ip: '10.0.0.12' }) };
    testbed.declare({ a: phone('55000'), ...others });
    await testbed.workspace.expectApply();
    for (const login of ['55001', '56000']) {
      testbed.declare({ a: phone('55000', { phone_login: login }), ...others });
      await expectRefusal('login-taken', `"${login}" is in use`);
    }
    testbed.declare({ a: phone('55000', { phone_login: '55009' }), ...others });
    expect((await testbed.workspace.plan()).code).toBe(2);
  });

  test('fails without the permission to update, and says why planning needs it', async () => {
    testbed.declare({ a: phone('55000'), b: phone('55001') });
    await testbed.workspace.expectApply();
    asUser({ allowed_functions: ['version'] });
    const output = await expectRefusal('permission-to-plan', 'reads nothing back', 'update_phone');
    expect(output.split('reads nothing back')).toHaveLength(2);
  });

  test('fails where a phone is not found and the user lacks the permission that tells deleted from hidden', async () => {
    testbed.declare({ a: phone('55000') });
    await testbed.workspace.expectApply();
    testbed.emulator.store.removePhone('10.0.0.11', '55000');
    asUser({ allowed_functions: ['update_phone'] });
    await expectRefusal('phone-visibility-unknown', 'may not call add_phone');
    expect(Object.keys(testbed.workspace.state())).toEqual(['vicidial_phone.a']);
  });

  test('accepts the phone login of the phone that it replaces', async () => {
    testbed.declare({ a: phone('55000') });
    await testbed.workspace.expectApply();
    testbed.declare({ a: phone('55000', { extension: '55009' }) });
    await testbed.workspace.expectApply();
    expect(testbed.emulator.store.phone('10.0.0.11', '55009')?.phone_login).toBe('55000');
  });

  test('accepts the replacement of what is tainted or named by -replace', async () => {
    testbed.declare({ a: phone('55000') });
    await testbed.workspace.expectApply();
    await testbed.workspace.expectApply(['-replace=vicidial_phone.a']);
    await testbed.workspace.expectApply(['-replace=vicidial_phone.a', '-refresh=false']);
    await testbed.workspace.expectSuccess(['taint', 'vicidial_phone.a']);
    await testbed.workspace.expectApply();
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});

describe('a plan that deletes', () => {
  const testbed = useTestbed();
  const { asUser, expectRefusal } = planning(testbed);
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

  test('warns that the permission to delete could not be checked', async () => {
    testbed.declare({});
    const { code, output } = await testbed.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('delete-unchecked');
    expect(testbed.writes()).toEqual([]);
  });

  test('fails where deletions are denied, and so does a replacement', async () => {
    configure('deny', {});
    await expectRefusal('delete-denied');
    configure('deny', { ...both, a: phone('55009') });
    await expectRefusal('delete-denied', '10.0.0.11/55000');
  });

  test('checks the permission with one canary and deletes it', async () => {
    configure('canary', {});
    expect((await testbed.workspace.plan()).code).toBe(2);
    expect(testbed.writes()).toEqual([
      expect.stringMatching(/^add_phone_alias alias_id=phonestate_canary .*phone_logins=5500[01]$/u),
      'update_phone_alias alias_id=phonestate_canary delete_alias=Y',
    ]);
    expect(testbed.emulator.store.aliases).toEqual([]);
  });

  test('fails where the canary cannot be deleted; the next check reuses it, and one with the permission deletes it', async () => {
    configure('canary', {});
    asUser({ delete_phones: false });
    for (let time = 0; time < 2; time += 1) {
      const plan = await testbed.workspace.plan();
      expect(plan.code).toBe(1);
      expect(plan.output).toContain('permission-delete');
    }
    expect(testbed.emulator.store.aliases.map(({ alias_id }) => alias_id)).toEqual(['phonestate_canary']);
    expect(testbed.emulator.store.phones).toHaveLength(2);
    asUser({ delete_phones: true });
    expect((await testbed.workspace.plan()).code).toBe(2);
    expect(testbed.emulator.store.aliases).toEqual([]);
  });
});

describe.each<[BuildName, Fields, string, string]>([
  ['180301', { phone_ring_timeout: 45 }, 'field-unknown-to-build', 'came with build 180331'],
  ['180301', { is_webphone: 'Y' }, 'field-unknown-to-build', 'came with build 200622'],
  ['150217', { template_id: '' }, 'field-unknown-to-build', 'came with build 200622'],
  ['200622', { voicemail_id: '55ab' }, 'value-characters', 'would store "55"'],
])('on build %s', (build, fields, code, text) => {
  const testbed = useTestbed({ emulator: { build } });
  const { expectRefusal } = planning(testbed);

  test(`${JSON.stringify(fields)} is an error on its attribute`, async () => {
    testbed.declare({ a: phone('55000', fields) });
    await expectRefusal(code, text);
    testbed.declare({ a: phone('55000') });
    expect((await testbed.workspace.plan()).code).toBe(2);
  });
});

describe('on an old build', () => {
  const testbed = useTestbed({ emulator: { build: '180301' } });

  test('warns about a long password, which its schema may truncate', async () => {
    testbed.declare({ a: phone('55000', { phone_pass: 'elevenchars' }) });
    const { code, output } = await testbed.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('password-may-be-truncated');
  });
});

describe('the number of calls of a plan', () => {
  const testbed = useTestbed();
  const count = 50;

  test('is at most one for each phone, and two more', async () => {
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
});
