/** What a plan checks on the server, in process against the emulator. */

import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../src/emulator/system-data';
import type { Value } from '../../src/terraform/value';
import { unknown } from '../../src/terraform/value';
import { samplePhone } from '../../testing/sample-phone';
import { PlanWalk, type Arguments } from './plan-walk';

type UserInput = Partial<SystemInput['users'][number]>;

// A sample phone has strings only.
const phone = (extension: string, fields: Arguments = {}) =>
  samplePhone(extension, fields) as Readonly<Record<string, Value>>;
const inState = (extension: string, fields: Arguments = {}) => ({
  ...phone(extension, fields),
  id: `10.0.0.11/${extension}`,
});
const desks: Arguments = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ data: sampleSystem });
});
afterEach(() => emulator.close());

const start = (settings: Arguments = {}) => PlanWalk.start(emulator, settings);
const asUser = (changes: UserInput) => Object.assign(emulator.store.users.get('6666') ?? {}, changes);
const store = (extension: string, fields: Record<string, string> = {}) =>
  emulator.store.putPhone({ server_ip: '10.0.0.11', extension, phone_login: extension, ...fields });

afterEach(() => {
  // No check of a plan may reach the point of writing.
  expect(emulator.journal.entries.filter(({ changed }) => changed)).toEqual([]);
});

describe('a planned create', () => {
  test.each<[string, UserInput, string, string]>([
    ['a wrong password', { password: 'other' }, 'login-incorrect', 'refused the API login'],
    ['an inactive user', { active: false }, 'login-incorrect', 'inactive'],
    ['a level too low to log in', { level: 6 }, 'login-incorrect', 'level is below 7'],
    ['an address that is not on the IP list', { blocked_address: true }, 'login-address', 'IP list'],
    ['a second factor', { second_factor: true }, 'login-second-factor', 'two-factor'],
    ['a level of 7', { level: 7 }, 'permission-missing', 'level 8'],
    ['no API access', { api_access: false }, 'permission-missing', 'API Access'],
    ['no AST admin access', { ast_admin_access: false }, 'permission-missing', 'AST Admin Access'],
    ['add_phone not allowed', { allowed_functions: ['update_phone'] }, 'function-not-allowed', 'add_phone'],
  ])('is refused with %s', async (_name, changes, code, text) => {
    asUser(changes);
    const { codes, errors } = await (await start()).plan('vicidial_phone', phone('55000'));
    expect(codes).toEqual([code]);
    expect(`${errors[0]?.summary} ${errors[0]?.detail}`).toContain(text);
    expect(errors[0]?.detail).toContain('6666');
  });

  test('is refused for a locked user by one call, with the time to wait', async () => {
    // A user without a successful login is locked later.
    emulator.api.authentication.check('6666', 'admin1234').record();
    for (let attempt = 0; attempt < 10; attempt += 1) emulator.api.authentication.check('6666', 'guess').record();
    const walk = await start();
    const outcomes = await Promise.all(['55000', '55001'].map((each) => walk.plan('vicidial_phone', phone(each))));
    expect(outcomes.map(({ codes }) => codes)).toEqual([['login-locked'], ['login-locked']]);
    expect(outcomes[0]?.errors[0]?.detail).toContain('Wait 15 minutes');
    expect(emulator.journal.entries).toHaveLength(1);
  });

  test('needs update_phone only where a second call is needed', async () => {
    asUser({ allowed_functions: ['add_phone'] });
    const walk = await start();
    expect((await walk.plan('vicidial_phone', phone('55000'))).codes).toEqual([]);
    const ringing = await walk.plan('vicidial_phone', phone('55001', { phone_ring_timeout: 45 }));
    expect(ringing.codes).toEqual(['function-not-allowed']);
    expect(ringing.errors[0]?.detail).toContain('to update_phone');
  });

  test('of a phone alias needs add_phone_alias', async () => {
    asUser({ allowed_functions: ['add_phone', 'update_phone'] });
    const { errors } = await (await start()).plan('vicidial_phone_alias', desks);
    expect(errors[0]?.detail).toContain('to add_phone_alias');
  });

  test('is refused where the phone exists, its login is in use, or its server does not exist', async () => {
    store('55000');
    const walk = await start();
    const exists = await walk.plan('vicidial_phone', phone('55000'));
    expect(exists.codes).toEqual(['phone-exists']);
    expect(exists.errors[0]?.detail).toContain('terraform import vicidial_phone.NAME 10.0.0.11/55000');
    const login = await (
      await start()
    ).plan('vicidial_phone', phone('55001', { server_ip: '10.0.0.12', phone_login: '55000' }));
    expect(login.codes).toEqual(['login-taken']);
    expect(login.errors[0]?.path).toEqual(['phone_login']);
    expect((await walk.plan('vicidial_phone', phone('55002', { server_ip: '10.9.9.9' }))).codes).toEqual([
      'server-not-found',
    ]);
  });

  test('is refused where the phone exists and is hidden', async () => {
    store('55000', { admin_user_group: 'ADMIN' });
    asUser({ user_group: 'SALES' });
    const { codes, errors } = await (await start()).plan('vicidial_phone', phone('55000'));
    expect(codes).toEqual(['phone-hidden']);
    expect(errors[0]?.detail).toContain('may not view it');
  });

  test('is refused where the phone alias exists', async () => {
    emulator.store.putAlias({ alias_id: 'desks', alias_name: 'x', phone_logins: '1' });
    const { codes, errors } = await (await start()).plan('vicidial_phone_alias', desks);
    expect(codes).toEqual(['alias-exists']);
    expect(errors[0]?.detail).toContain('terraform import vicidial_phone_alias.NAME desks');
  });

  test('is a warning where an existing phone may be adopted', async () => {
    store('55000');
    const { codes, warnings } = await (await start({ adopt_existing: true })).plan('vicidial_phone', phone('55000'));
    // The state has no login of the phone yet, and the API cannot tell whose login it is.
    expect(codes).toEqual(['existing-object-adopted', 'login-owner-unknown']);
    expect(warnings).toHaveLength(2);
  });

  test('is refused for the second of two resources with one key or one login, in any order', async () => {
    const pairs = [
      [
        phone('cc100', { phone_login: 'a1', voicemail_id: '100' }),
        phone('CC100', { phone_login: 'a2', voicemail_id: '100' }),
      ],
      [phone('55000'), phone('55001', { phone_login: '55000' })],
    ] as const;
    for (const [one, other] of pairs) {
      for (const order of [
        [one, other],
        [other, one],
      ] as const) {
        const walk = await start();
        expect((await walk.plan('vicidial_phone', order[0])).codes).toEqual([]);
        expect((await walk.plan('vicidial_phone', order[1])).codes).toEqual(['duplicate-in-plan']);
      }
    }
  });

  test('explains a missing permission in full once, however many phones need it', async () => {
    asUser({ ast_admin_access: false });
    const walk = await start();
    const outcomes = [];
    for (const each of ['55000', '55001', '55002']) outcomes.push(await walk.plan('vicidial_phone', phone(each)));
    const details = outcomes.map(({ errors }) => errors[0]?.detail ?? '');
    expect(details.filter((detail) => detail.includes('Give the user these permissions'))).toHaveLength(1);
    for (const detail of details) expect(detail).toContain('Code: permission-missing');
  });

  test('checks nothing on the server where a value is invalid in itself', async () => {
    const { codes } = await (await start()).plan('vicidial_phone', phone('55000', { phone_full_name: 'Käthe' }));
    expect(codes).toEqual(['value-characters']);
    expect(emulator.journal.entries).toEqual([]);
  });

  test('checks no key that is not known yet', async () => {
    store('55000');
    const { codes, planned } = await (await start()).plan('vicidial_phone', phone('55000', { extension: unknown }));
    expect(codes).toEqual([]);
    expect(planned?.id).toBe(unknown);
  });

  test.each<[string, Arguments, string, string]>([
    ['180301', { phone_ring_timeout: 45 }, 'field-unknown-to-build', 'came with build 180331'],
    ['180301', { is_webphone: 'Y' }, 'field-unknown-to-build', 'came with build 200622'],
    ['150217', { template_id: '' }, 'field-unknown-to-build', 'came with build 200622'],
    ['200622', { voicemail_id: '55ab' }, 'value-characters', 'would store "55"'],
    ['180301', { phone_pass: 'elevenchars' }, 'password-may-be-truncated', 'has build 180301'],
  ])('on build %s with %j reports %s', async (build, fields, code, text) => {
    const older = await startEmulator({ build });
    const { codes, errors, warnings } = await (
      await PlanWalk.start(older)
    ).plan('vicidial_phone', phone('55000', fields));
    await older.close();
    expect(codes).toEqual([code]);
    expect([...errors, ...warnings][0]?.detail).toContain(text);
    // A diagnostic points at no secret.
    const isSecret = 'phone_pass' in fields;
    expect([...errors, ...warnings][0]?.path).toEqual(isSecret ? undefined : Object.keys(fields));
  });
});

describe('a planned update', () => {
  test.each([
    ['55001', '10.0.0.11'],
    ['56000', '10.0.0.12'],
  ])('to the login %s, in use on %s, is refused', async (login, server_ip) => {
    store('55000');
    emulator.store.putPhone({ server_ip, extension: login, phone_login: login });
    const { codes, errors } = await (
      await start()
    ).plan('vicidial_phone', phone('55000', { phone_login: login }), inState('55000'));
    expect(codes).toEqual(['login-taken']);
    expect(errors[0]?.detail).toContain(`"${login}" is in use`);
  });

  test('to a login that the phone has already is a warning, as after an update that the state does not have', async () => {
    store('55000', { phone_login: '55009' });
    const walk = await start();
    const { codes } = await walk.plan('vicidial_phone', phone('55000', { phone_login: '55009' }), inState('55000'));
    expect(codes).toEqual(['login-owner-unknown']);
  });

  test('to a login that is free is accepted', async () => {
    store('55000');
    const walk = await start();
    const { codes } = await walk.plan('vicidial_phone', phone('55000', { phone_login: '55009' }), inState('55000'));
    expect(codes).toEqual([]);
  });

  test('needs update_phone', async () => {
    asUser({ allowed_functions: ['add_phone'] });
    const walk = await start();
    const { codes } = await walk.plan('vicidial_phone', phone('55000', { email: 'a@b.cd' }), inState('55000'));
    expect(codes).toEqual(['function-not-allowed']);
  });
});

describe('a lookup', () => {
  test('needs update_phone, and says why', async () => {
    asUser({ allowed_functions: [] });
    const { codes, errors } = await (await start()).read('vicidial_phone', inState('55000'));
    expect(codes).toEqual(['permission-to-plan']);
    expect(errors[0]?.detail).toContain('no call that shows an object');
  });

  test('of a phone that does not exist is refused to a user who cannot distinguish it from a hidden one', async () => {
    asUser({ allowed_functions: ['update_phone'] });
    expect((await (await start()).read('vicidial_phone', inState('55000'))).codes).toEqual([
      'phone-visibility-unknown',
    ]);
  });

  test('points at no attribute that its resource does not have', async () => {
    asUser({ allowed_functions: ['update_phone'] });
    store('55000');
    const { errors } = await (await start()).read('vicidial_phone_alias', { ...desks, id: 'desks' });
    expect(errors[0]?.path).toBeUndefined();
  });
});

describe('a planned delete', () => {
  test('is a warning by default, with its whole text each time', async () => {
    const walk = await start();
    store('55000');
    store('55001');
    for (const extension of ['55000', '55001']) {
      const { codes, warnings } = await walk.plan('vicidial_phone', null, inState(extension));
      expect(codes).toEqual(['delete-unchecked']);
      expect(warnings[0]?.detail).toContain('delete_permission_check = "canary"');
    }
  });

  test('is refused where deleting is denied, also as the first half of a replacement', async () => {
    store('55000');
    const walk = await start({ delete_permission_check: 'deny' });
    expect((await walk.plan('vicidial_phone', null, inState('55000'))).codes).toEqual(['delete-denied']);
    const replaced = await walk.plan('vicidial_phone', phone('55009'), inState('55000'));
    expect(replaced.codes).toEqual(['delete-denied', 'unmanaged-fields-lost']);
  });

  test('frees its login for the phone that replaces it', async () => {
    store('55000');
    const walk = await start();
    const next = phone('55009', { phone_login: '55000' });
    const first = await walk.plan('vicidial_phone', next, inState('55000'));
    expect(first.codes).toEqual(['unmanaged-fields-lost', 'delete-unchecked']);
    expect((await walk.plan('vicidial_phone', next, null, first.marker)).codes).toEqual([]);
  });
});

test('a plan with unknown settings checks nothing, and a lookup then says which setting it needs', async () => {
  const walk = await start({ url: unknown });
  expect((await walk.plan('vicidial_phone', phone('55000'))).codes).toEqual([]);
  const { codes, errors } = await walk.read('vicidial_phone', inState('55000'));
  expect(codes).toEqual(['provider-argument']);
  expect(errors[0]?.detail).toContain('The value of url');
});
