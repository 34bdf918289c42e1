import { startEmulator } from '../../src/emulator/emulator';
import { unknown } from '../../src/terraform/value';
import { PlanWalk } from './plan-walk';
import { details, useServer } from './server';

const server = useServer();
const secret = { phone_pass: 'agentSecret1', registration_password: 'deviceSecret1' };
const admin = { read_from: 'admin' };
const key = { server_ip: '10.0.0.11', extension: '55000' };

/** The pages that were asked for, by the action in their address. */
const pages = (action: string) => server.emulator.pages.entries.filter(({ add }) => add === action).length;

describe('vicidial_phone', () => {
  test('has every field, also what the API could not write; what is empty is null', async () => {
    server.store('55000', {
      ...secret,
      protocol: 'PJSIP',
      outbound_cid: '12',
      email: 'a+b@example.com',
      local_gmt: '-5',
      phone_ring_timeout: '60',
    });
    const { codes, planned } = await (await server.start(admin)).readData('vicidial_phone', key);
    expect(codes).toEqual([]);
    expect(planned).toMatchObject({
      ...{ ...key, id: '10.0.0.11/55000', phone_login: '55000', protocol: 'PJSIP', outbound_cid: '12' },
      ...{ email: 'a+b@example.com', local_gmt: '-5.00', phone_ring_timeout: 60, template_id: null },
    });
  });

  test('has secrets only where they are asked for', async () => {
    server.store('55000', secret);
    const walk = await server.start(admin);
    const without = await walk.readData('vicidial_phone', key);
    expect(without.planned).toMatchObject({ phone_pass: null, registration_password: null });
    expect(JSON.stringify(without)).not.toMatch(/Secret1/u);
    const { planned } = await walk.readData('vicidial_phone', { ...key, include_secrets: true });
    expect(planned).toMatchObject({ ...secret, include_secrets: true });
  });

  test('keeps the spelling of a key that is declared', async () => {
    server.store('Desk');
    const { planned } = await (await server.start(admin)).readData('vicidial_phone', { ...key, extension: 'DESK' });
    expect(planned).toMatchObject({ extension: 'DESK', id: '10.0.0.11/DESK', phone_login: 'Desk' });
  });

  test('is an error where the phone does not exist, or its server', async () => {
    const walk = await server.start(admin);
    const missing = await walk.readData('vicidial_phone', key);
    expect(missing.codes).toEqual(['object-not-found']);
    expect(details(missing)).toContain('The phone 10.0.0.11/55000 does not exist.');
    const unknownServer = await walk.readData('vicidial_phone', { ...key, server_ip: '10.9.9.9' });
    expect(unknownServer.codes).toEqual(['object-not-found']);
    expect(unknownServer.errors[0]?.path).toEqual(['server_ip']);
  });

  test('is an error that names the reason where the phone is hidden', async () => {
    server.store('55000', { admin_user_group: 'ADMIN' });
    const walk = await server.start({ ...admin, user: 'sales' });
    const hidden = await walk.readData('vicidial_phone', key);
    expect(hidden.codes).toEqual(['object-not-found']);
    expect(details(hidden)).toMatch(/exists, but user sales of http\S+ may not view it/u);
  });

  test('shows in an apply what the run has written', async () => {
    server.store('55000', { phone_full_name: 'Before' });
    // What is verified is read again anyway.
    const walk = await server.start({ ...admin, verify_writes: false });
    await walk.readData('vicidial_phone', key);
    const prior = { ...key, id: '10.0.0.11/55000', phone_full_name: 'Before' };
    const { planned } = await walk.plan('vicidial_phone', { ...key, phone_full_name: 'After' }, prior);
    expect((await walk.apply('vicidial_phone', planned ?? null, prior)).codes).toEqual([]);
    expect((await walk.readData('vicidial_phones')).planned).toMatchObject({
      phones: { '10.0.0.11/55000': { phone_full_name: 'After' } },
    });
    server.store('55000', { phone_full_name: 'Later' });
    const after = await walk.readData('vicidial_phone', key);
    expect(after.planned).toMatchObject({ phone_full_name: 'Later' });
  });
});

describe('vicidial_phones', () => {
  const read = async (config = {}, settings = {}) => {
    const { codes, planned } = await (
      await server.start({ ...admin, ...settings })
    ).readData('vicidial_phones', config);
    expect(codes).toEqual([]);
    return planned?.phones as Record<string, Record<string, unknown>>;
  };

  beforeEach(() => {
    server.store('55000', { ...secret, admin_user_group: 'SALES' });
    server.store('55001', { ...secret, protocol: 'IAX2', is_webphone: 'Y', active: 'Y' });
    server.store('66000', { server_ip: '10.0.0.12', admin_user_group: 'ADMIN' });
  });

  test('has all phones by their ids, each with all fields', async () => {
    const phones = await read();
    expect(Object.keys(phones)).toEqual(['10.0.0.11/55000', '10.0.0.11/55001', '10.0.0.12/66000']);
    expect(phones['10.0.0.11/55001']).toMatchObject({
      ...{ id: '10.0.0.11/55001', phone_login: '55001', is_webphone: 'Y', phone_pass: null },
      ...{ registration_password: null, active: 'Y' },
    });
  });

  test.each([
    [{ server_ip: '10.0.0.12' }, ['10.0.0.12/66000']],
    [{ admin_user_group: 'sales' }, ['10.0.0.11/55000']],
    [{ protocol: 'iax2' }, ['10.0.0.11/55001']],
    [{ extension_pattern: '?5*' }, ['10.0.0.11/55000', '10.0.0.11/55001']],
    [{ extension_pattern: '5', server_ip: '10.0.0.11' }, []],
    [{ extension_pattern: '*1', protocol: 'SIP' }, []],
  ])('%j selects phones before their pages are read', async (config, ids) => {
    expect(Object.keys(await read(config))).toEqual(ids);
    // One page more shows whether the user gets in.
    expect(pages('31111111111')).toBe(ids.length + 1);
  });

  test('leaves hidden phones out', async () => {
    expect(Object.keys(await read({}, { user: 'sales' }))).toEqual(['10.0.0.11/55000', '10.0.0.11/55001']);
  });

  test('has secrets only where they are asked for', async () => {
    expect(JSON.stringify(await read())).not.toMatch(/Secret1/u);
    expect((await read({ include_secrets: true }))['10.0.0.11/55001']).toMatchObject(secret);
  });
});

describe('phone aliases', () => {
  beforeEach(() => {
    server.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000,55001' });
    server.emulator.store.putAlias({ alias_id: 'none', alias_name: '', phone_logins: '' });
  });

  test('one has its name and logins', async () => {
    const walk = await server.start(admin);
    const { planned } = await walk.readData('vicidial_phone_alias', { alias_id: 'desks' });
    expect(planned).toEqual({
      ...{ id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] },
    });
    expect((await walk.readData('vicidial_phone_alias', { alias_id: 'other' })).codes).toEqual(['object-not-found']);
  });

  test('all are a map by alias_id, which takes one page', async () => {
    const { planned } = await (await server.start(admin)).readData('vicidial_phone_aliases');
    expect(planned?.phone_aliases).toEqual({
      desks: { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] },
      none: { id: 'none', alias_id: 'none', alias_name: null, phone_logins: null },
    });
    expect(pages('32111111111')).toBe(0);
  });
});

describe('what phones refer to, on the admin pages', () => {
  test('servers by their addresses only', async () => {
    const { planned } = await (await server.start(admin)).readData('vicidial_servers');
    const unknown = { server_id: null, description: null, active: null };
    expect(planned?.servers).toEqual({
      '10.0.0.11': { server_ip: '10.0.0.11', ...unknown },
      '10.0.0.12': { server_ip: '10.0.0.12', ...unknown },
    });
  });

  test('templates and user groups with their names', async () => {
    const walk = await server.start(admin);
    expect((await walk.readData('vicidial_templates')).planned?.templates).toEqual({
      SIP_generic: { template_id: 'SIP_generic', template_name: null },
      WebRTC: { template_id: 'WebRTC', template_name: null },
    });
    expect((await walk.readData('vicidial_user_groups')).planned?.user_groups).toEqual({
      ADMIN: { user_group: 'ADMIN', group_name: null },
      SALES: { user_group: 'SALES', group_name: null },
    });
  });
});

describe('with the API alone', () => {
  test.each(['vicidial_phones', 'vicidial_phone_aliases', 'vicidial_servers', 'vicidial_templates'])(
    '%s cannot be read',
    async (type) => {
      const outcome = await (await server.start()).readData(type);
      expect(outcome.codes).toEqual(['reader-missing']);
      expect(details(outcome)).toContain('read_from is "api"');
    },
  );

  test('the error says why the admin pages are not read', async () => {
    server.asUser({ api_only_user: true });
    const outcome = await (await server.start({ read_from: 'auto' })).readData('vicidial_phone', key);
    expect(outcome.codes).toContain('reader-missing');
    expect(details(outcome)).toContain('api_only_user');
  });

  test('vicidial_system can be read', async () => {
    const { codes, planned } = await (await server.start()).readData('vicidial_system');
    expect(codes).toEqual([]);
    expect(planned).toMatchObject({
      ...{ version: '2.14-194', build: '241004-1518', reader: 'api', lacks: [] },
      ...{ may_add: true, may_update: true, may_add_alias: true, may_update_alias: true, may_delete: null },
    });
    expect(planned?.system).toBe(new URL(server.emulator.url).host + new URL(server.emulator.url).pathname);
    expect(server.writes()).toEqual([]);
  });
});

test('while a setting is not known yet, nothing is read', async () => {
  const walk = await server.start({ ...admin, url: unknown });
  for (const type of ['vicidial_phones', 'vicidial_system']) {
    expect((await walk.readData(type)).codes).toEqual(['provider-argument']);
  }
});

describe('vicidial_system', () => {
  test('has the permissions of the user', async () => {
    server.asUser({ delete_phones: false, allowed_functions: ['update_phone'] });
    const { planned } = await (await server.start(admin)).readData('vicidial_system');
    expect(planned).toMatchObject({
      ...{ reader: 'admin', may_add: false, may_update: true, may_add_alias: false, may_update_alias: false },
      may_delete: false,
    });
  });

  test('names the fields that an older build lacks; its pages list no templates', async () => {
    const older = await startEmulator({ build: '180301' });
    const walk = await PlanWalk.start(older, admin);
    const { planned } = await walk.readData('vicidial_system');
    expect(planned?.lacks).toEqual(expect.arrayContaining(['outbound_alt_cid', 'is_webphone', 'template_id']));
    expect(planned?.lacks).not.toContain('email');
    expect((await walk.readData('vicidial_templates')).codes).toEqual(['reader-missing']);
    await walk.end();
    await older.close();
  });

  test('a refused login is an error, not a missing permission', async () => {
    const { codes } = await (await server.start({ password: 'wrong1' })).readData('vicidial_system');
    expect(codes).toEqual(['login-incorrect']);
  });
});
