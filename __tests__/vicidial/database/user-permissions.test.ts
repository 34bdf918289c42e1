import { phoneType } from '../../../src/model/phone-fields';
import { alias, describeDatabase, failureOf, phone, server, system, useDatabase } from './database';

type User = Partial<{ [name: string]: unknown }>;
const everyFunction = ['add_phone', 'update_phone', 'add_phone_alias', 'update_phone_alias'] as const;

describeDatabase('what the API user may do', () => {
  const database = useDatabase();

  async function permissionsOf(user: User) {
    await database.db.load({ ...system, users: [{ user: '6666', password: 'admin1234', ...user }] });
    return database.reader().permissions();
  }

  test('a user with every permission is refused nothing', async () => {
    const permissions = await permissionsOf({});
    expect(everyFunction.map((name) => permissions.refusal(name))).toEqual(Array(4).fill(undefined));
    expect(permissions.mayDelete).toBe(true);
  });

  test.each([
    ['inactive', { active: false }, 'login-incorrect', 'User 6666 is not active'],
    ['below level 7', { level: 6 }, 'login-incorrect', 'has level 6, and the API accepts no login below 7'],
    ['of level 7', { level: 7 }, 'permission-missing', 'its level is 7, not 8 or more'],
    ['without API access', { api_access: false }, 'permission-missing', 'it has no API access'],
    ['without admin access', { ast_admin_access: false }, 'permission-missing', 'it has no "AST Admin Access"'],
    ['without functions', { allowed_functions: [] }, 'function-not-allowed', 'do not include add_phone'],
  ])('a user %s is refused every function and deleting', async (_name, user, code, what) => {
    const permissions = await permissionsOf(user);
    const refusals = everyFunction.map((name) => permissions.refusal(name));
    expect(refusals.map((refusal) => refusal?.code)).toEqual(Array(4).fill(code));
    expect(refusals[0]?.what).toContain(what);
    expect(permissions.mayDelete).toBe(code === 'function-not-allowed');
  });

  test('a list of functions permits those that it names as whole words', async () => {
    const permissions = await permissionsOf({ allowed_functions: ['update_phone', 'add_phone_alias'] });
    expect(everyFunction.map((name) => permissions.refusal(name)?.code)).toEqual([
      'function-not-allowed',
      undefined,
      undefined,
      'function-not-allowed',
    ]);
  });

  test('"AST Delete Phones" alone decides about deleting, and about nothing else', async () => {
    const permissions = await permissionsOf({ delete_phones: false });
    expect(permissions.mayDelete).toBe(false);
    expect(permissions.refusal('update_phone')).toBeUndefined();
    await database.db.sql('update vicidial_users set ast_delete_phones = NULL');
    expect(await database.reader().mayDelete()).toBe(false);
  });

  test('a user is found case-insensitively, and an unknown one is a failure', async () => {
    await database.db.load({ ...system, users: [{ user: 'Admin', password: 'admin1234' }] });
    expect(await database.reader({ user: 'ADMIN' }).mayDelete()).toBe(true);
    const failure = await failureOf(database.reader({ user: 'other' }).mayDelete());
    expect(failure.code).toBe('database-unknown-user');
    expect(failure.what).toMatch(/^The database asterisk at .* has no user other/u);
  });
});

describeDatabase('what the API user may view', () => {
  const database = useDatabase();
  const groups = ['---ALL---', '', null, 'SALES', 'sales', 'SUPPORT', 'SALE'];
  const phones = groups.map((admin_user_group, index) => ({
    extension: `5500${index}`,
    server_ip: server,
    admin_user_group,
  }));
  const aliases = [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'], user_group: 'SUPPORT' }];

  async function visible(viewable: string | null): Promise<(string | null | undefined)[]> {
    await database.db.load({ ...system, phones, aliases });
    await database.db.sql('update vicidial_user_groups set admin_viewable_groups = ?', [viewable]);
    const values = await database.reader({ user: 'sales' }).list(phoneType);
    return values.map(({ extension }) => groups[Number(String(extension).at(-1))]);
  }

  test('phones of its viewable groups, and those of no group', async () => {
    expect(await visible(' SALES ')).toEqual(['---ALL---', '', null, 'SALES', 'sales']);
    expect(await visible(' SUPPORT SALE ')).toEqual(['---ALL---', '', null, 'SUPPORT', 'SALE']);
  });

  test('every phone with ---ALL---, a list that is too short, or without a row of the group', async () => {
    for (const viewable of [' ---ALL--- ', ' SALES ---ALL--- ', ' A ', '', null])
      expect(await visible(viewable)).toEqual(groups);
    await visible(' SALES ');
    await database.db.sql('delete from vicidial_user_groups');
    expect(await database.reader({ user: 'sales' }).list(phoneType)).toHaveLength(groups.length);
  });

  test('other phones exist, but are hidden; phone aliases never are', async () => {
    await visible(' SALES ');
    const reader = database.reader({ user: 'sales' });
    expect(await reader.read(phone('55005'))).toEqual({ status: 'hidden' });
    expect(await reader.readAgain(phone('55005'))).toEqual({ status: 'hidden' });
    expect(await reader.read(phone('55003'))).toMatchObject({ status: 'found' });
    expect(await reader.read(alias('desks'))).toMatchObject({ status: 'found' });
    expect(await reader.anyVisiblePhone()).toMatchObject({ id: '10.0.0.11/55000' });
    await database.db.sql("delete from phones where user_group <> 'SUPPORT' or user_group is null");
    expect(await reader.readAgain(phone('55000'))).toEqual({ status: 'not-found' });
    expect(await database.reader({ user: 'sales' }).anyVisiblePhone()).toBeUndefined();
  });
});
