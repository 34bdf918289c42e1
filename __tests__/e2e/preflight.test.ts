import type { BuildName } from '../../src/emulator/builds';
import type { SystemInput } from '../../src/emulator/system-data';
import { phone, useStage, type Fields } from './harness';

jest.setTimeout(600_000);

type UserInput = Partial<SystemInput['users'][number]>;

/** Runs a plan as a user who lacks something, and expects it to fail with a code and a text, and to write nothing. */
function planning(stage: ReturnType<typeof useStage>) {
  const asUser = (rights: UserInput) => {
    const user = stage.dialer.store.users.get('planner');
    if (user) Object.assign(user, rights);
  };
  const expectRefusal = async (code: string, ...texts: string[]) => {
    stage.dialer.journal.clear();
    const plan = await stage.workspace.plan();
    const said = plan.output.replace(/\s+/gu, ' ');
    expect(plan.code).toBe(1);
    expect(said).toContain(`Code: ${code}`);
    for (const text of texts) expect(said).toContain(text);
    expect(stage.writes()).toEqual([]);
    return said;
  };
  return { asUser, expectRefusal };
}

describe('a plan that creates', () => {
  const stage = useStage();
  const { asUser, expectRefusal } = planning(stage);
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
  ])('fails with %s', async (_name, rights, code, text) => {
    stage.declare({ a: phone('55000') });
    asUser(rights);
    await expectRefusal(code, text, 'planner');
  });

  test('fails with a locked user, says how long to wait, and knocks once', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      stage.dialer.api.authentication.check('planner', 'guess').record();
    stage.declare({ a: phone('55000'), b: phone('55001'), c: phone('55002') });
    stage.dialer.journal.clear();
    const plan = await stage.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('Wait 15 minutes');
    expect(stage.dialer.journal.entries).toHaveLength(1);
  });

  test('fails without update_phone only where a second call is needed', async () => {
    asUser({ allowed_functions: ['add_phone'] });
    stage.declare({ a: phone('55000') });
    expect((await stage.workspace.plan()).code).toBe(2);
    stage.declare({ a: phone('55000', { phone_ring_timeout: 45 }) });
    await expectRefusal('function-not-allowed', 'to update_phone');
  });

  test('fails without the right to add aliases', async () => {
    asUser({ allowed_functions: ['add_phone', 'update_phone'] });
    stage.declare({ a: phone('55000') }, aliases);
    await expectRefusal('function-not-allowed', 'to add_phone_alias');
  });

  test('fails on a dialer that is not there, an extension or a login that is', async () => {
    stage.declare({ a: phone('55000'), other: phone('55001') });
    await stage.workspace.expectApply();
    await stage.workspace.expectSuccess(['state', 'rm', 'vicidial_phone.a']);
    stage.declare({ a: phone('55000') });
    await expectRefusal('phone-exists', 'terraform import vicidial_phone.NAME 10.0.0.11/55000');
    stage.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.9.9.9' }) });
    await expectRefusal('server-not-found', 'SERVER DOES NOT EXIST');
    stage.declare({ other: phone('55001'), b: phone('55009', { server_ip: '10.0.0.12', phone_login: '55001' }) });
    await expectRefusal('login-taken', 'PHONE LOGIN ALREADY EXISTS');
  });

  test('fails on a phone that is there but hidden', async () => {
    stage.dialer.store.putPhone({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      admin_user_group: 'ADMIN',
    });
    asUser({ user_group: 'SALES' });
    stage.declare({ a: phone('55000') });
    await expectRefusal('phone-hidden', 'cannot see it');
  });

  test('fails on an alias that is there', async () => {
    stage.dialer.store.putAlias({ alias_id: 'desks', alias_name: 'x', phone_logins: '1' });
    stage.declare({ a: phone('55000') }, aliases);
    await expectRefusal('alias-exists', 'terraform import vicidial_phone_alias.NAME desks');
  });

  test('fails where two resources create one phone, in whichever case, or give two one login', async () => {
    stage.declare({
      a: phone('cc100', { phone_login: 'a1', voicemail_id: '100' }),
      b: phone('CC100', { phone_login: 'a2', voicemail_id: '100' }),
    });
    await expectRefusal('duplicate-in-plan', 'the key');
    stage.declare({ a: phone('55000'), b: phone('55001', { phone_login: '55000' }) });
    await expectRefusal('duplicate-in-plan', 'phone_login "55000"');
  });

  test('explains a missing permission once, however many phones need it', async () => {
    asUser({ ast_admin_access: false });
    stage.declare(
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, phone(String(55_000 + index))])),
    );
    const said = await expectRefusal('permission-missing');
    expect(said.split('Give the user these rights')).toHaveLength(2);
    expect(said.split('Code: permission-missing')).toHaveLength(21);
    expect(stage.dialer.journal.entries).toHaveLength(0);
  });

  test('warns of passwords that are guessed first', async () => {
    stage.declare({ a: phone('55000', { registration_password: 'test', phone_pass: '55000' }) });
    const { code, output } = await stage.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('password-default');
    expect(output).toContain('password-is-extension');
  });

  test('takes letters of every script only where the system keeps them', async () => {
    const name = { phone_full_name: 'Käthe' };
    stage.declare({ a: phone('55000', name) });
    await expectRefusal('value-characters', 'Kthe');
    stage.workspace.configure({
      provider: { vicidial: { non_latin: true } },
      resource: { vicidial_phone: { a: phone('55000', name) } },
    });
    expect((await stage.workspace.plan()).code).toBe(2);
  });
});

describe('a plan that changes', () => {
  const stage = useStage();
  const { asUser, expectRefusal } = planning(stage);

  test('a login to one in use fails, on another server and on the same one, which the API lets through', async () => {
    const others = { here: phone('55001'), there: phone('56000', { server_ip: '10.0.0.12' }) };
    stage.declare({ a: phone('55000'), ...others });
    await stage.workspace.expectApply();
    for (const login of ['55001', '56000']) {
      stage.declare({ a: phone('55000', { phone_login: login }), ...others });
      await expectRefusal('login-taken', `"${login}" is in use`);
    }
    stage.declare({ a: phone('55000', { phone_login: '55009' }), ...others });
    expect((await stage.workspace.plan()).code).toBe(2);
  });

  test('as a user who may not update fails, and says why planning itself needs it', async () => {
    stage.declare({ a: phone('55000'), b: phone('55001') });
    await stage.workspace.expectApply();
    asUser({ allowed_functions: ['version'] });
    const said = await expectRefusal('permission-to-plan', 'reads nothing back', 'update_phone');
    expect(said.split('reads nothing back')).toHaveLength(2);
  });

  test('of a phone that is gone fails for a user who cannot tell it from a hidden one', async () => {
    stage.declare({ a: phone('55000') });
    await stage.workspace.expectApply();
    stage.dialer.store.removePhone('10.0.0.11', '55000');
    asUser({ allowed_functions: ['update_phone'] });
    await expectRefusal('phone-visibility-unknown', 'may not call add_phone');
    expect(Object.keys(stage.workspace.state())).toEqual(['vicidial_phone.a']);
  });

  test('a key keeps the login of the phone that it replaces', async () => {
    stage.declare({ a: phone('55000') });
    await stage.workspace.expectApply();
    stage.declare({ a: phone('55000', { extension: '55009' }) });
    await stage.workspace.expectApply();
    expect(stage.dialer.store.phone('10.0.0.11', '55009')?.phone_login).toBe('55000');
  });

  test('nothing but replaces what is tainted, or named by -replace', async () => {
    stage.declare({ a: phone('55000') });
    await stage.workspace.expectApply();
    await stage.workspace.expectApply('-replace=vicidial_phone.a');
    await stage.workspace.expectApply('-replace=vicidial_phone.a', '-refresh=false');
    await stage.workspace.expectSuccess(['taint', 'vicidial_phone.a']);
    await stage.workspace.expectApply();
    expect((await stage.workspace.plan()).code).toBe(0);
  });
});

describe('a plan that deletes', () => {
  const stage = useStage();
  const { asUser, expectRefusal } = planning(stage);
  const configure = (check: string, phones: Readonly<Record<string, Fields>>) =>
    stage.workspace.configure({
      provider: { vicidial: { delete_permission_check: check } },
      ...(Object.keys(phones).length > 0 ? { resource: { vicidial_phone: phones } } : {}),
    });
  const both = { a: phone('55000'), b: phone('55001') };

  beforeEach(async () => {
    stage.declare(both);
    await stage.workspace.expectApply();
    stage.writes();
  });

  test('warns that the permission could not be checked, in full once', async () => {
    stage.declare({});
    const { code, output } = await stage.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('delete-unchecked');
    expect(stage.writes()).toEqual([]);
  });

  test('fails where every deletion is denied, that of a replacement too', async () => {
    configure('deny', {});
    await expectRefusal('delete-denied');
    configure('deny', { ...both, a: phone('55009') });
    await expectRefusal('delete-denied', '10.0.0.11/55000');
  });

  test('finds the permission out with a canary, once, and removes it', async () => {
    configure('canary', {});
    expect((await stage.workspace.plan()).code).toBe(2);
    expect(stage.writes()).toEqual([
      expect.stringMatching(/^add_phone_alias alias_id=phonestate_canary .*phone_logins=5500[01]$/u),
      'update_phone_alias alias_id=phonestate_canary delete_alias=Y',
    ]);
    expect(stage.dialer.store.aliases).toEqual([]);
  });

  test('fails where the canary cannot be deleted; the next check reuses it, and the first that may removes it', async () => {
    configure('canary', {});
    asUser({ delete_phones: false });
    for (let time = 0; time < 2; time += 1) {
      const plan = await stage.workspace.plan();
      expect(plan.code).toBe(1);
      expect(plan.output).toContain('permission-delete');
    }
    expect(stage.dialer.store.aliases.map(({ alias_id }) => alias_id)).toEqual(['phonestate_canary']);
    expect(stage.dialer.store.phones).toHaveLength(2);
    asUser({ delete_phones: true });
    expect((await stage.workspace.plan()).code).toBe(2);
    expect(stage.dialer.store.aliases).toEqual([]);
  });

  test('does not take a word that is no check', async () => {
    configure('maybe', both);
    const plan = await stage.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('none, canary, deny');
  });
});

describe.each<[BuildName, Fields, string, string]>([
  ['180301', { phone_ring_timeout: 45 }, 'field-unknown-to-build', 'came with build 180331'],
  ['180301', { is_webphone: 'Y' }, 'field-unknown-to-build', 'came with build 200622'],
  ['150217', { template_id: '' }, 'field-unknown-to-build', 'came with build 200622'],
  ['200622', { voicemail_id: '55ab' }, 'value-characters', 'would store "55"'],
])('on build %s', (build, fields, code, text) => {
  const stage = useStage({ build });
  const { expectRefusal } = planning(stage);

  test(`${JSON.stringify(fields)} fails on its attribute`, async () => {
    stage.declare({ a: phone('55000', fields) });
    await expectRefusal(code, text);
    stage.declare({ a: phone('55000') });
    expect((await stage.workspace.plan()).code).toBe(2);
  });
});

describe('on an old build', () => {
  const stage = useStage({ build: '180301' });

  test('a long password is warned about, as its schema may cut it', async () => {
    stage.declare({ a: phone('55000', { phone_pass: 'elevenchars' }) });
    const { code, output } = await stage.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('password-may-be-truncated');
  });
});

describe('the number of calls', () => {
  const many = 500;
  const stage = useStage();

  test('of a plan is one for each phone at most, and a constant', async () => {
    stage.declare(
      Object.fromEntries(Array.from({ length: many }, (_, index) => [`p${index}`, phone(String(50_000 + index))])),
    );
    expect((await stage.workspace.plan()).code).toBe(2);
    const { entries } = stage.dialer.journal;
    expect(
      entries
        .filter(({ fields }) => Object.keys(fields).length === 0)
        .map((entry) => entry.function)
        .sort(),
    ).toEqual(['add_phone', 'version']);
    expect(entries.length).toBeLessThanOrEqual(many + 2);

    for (let index = 0; index < many; index += 1) {
      const key = String(50_000 + index);
      stage.dialer.store.putPhone({ server_ip: '10.0.0.11', extension: key, phone_login: key });
    }
    // The state as an apply would have left it, without five hundred applies on a local state file.
    stage.workspace.write('terraform.tfstate', stateOf(many));
    stage.dialer.journal.clear();
    expect((await stage.workspace.plan()).code).toBe(0);
    expect(stage.dialer.journal.entries.length).toBeLessThanOrEqual(many);
    stage.dialer.journal.clear();
    expect((await stage.workspace.plan('-refresh=false')).code).toBe(0);
    expect(stage.dialer.journal.entries).toEqual([]);
  });

  function stateOf(count: number): string {
    const resources = Array.from({ length: count }, (_, index) => {
      const values = phone(String(50_000 + index));
      const sensitive = ['phone_pass', 'registration_password'].map((value) => [{ type: 'get_attr', value }]);
      const instance = {
        schema_version: 0,
        attributes: { ...values, id: `10.0.0.11/${50_000 + index}` },
        sensitive_attributes: sensitive,
        private: '',
      };
      return {
        mode: 'managed',
        type: 'vicidial_phone',
        name: `p${index}`,
        provider: 'provider["registry.terraform.io/phonestate/vicidial"]',
        instances: [instance],
      };
    });
    return JSON.stringify({
      version: 4,
      terraform_version: '1.11.4',
      serial: 1,
      lineage: 'test',
      outputs: {},
      resources,
    });
  }
});
