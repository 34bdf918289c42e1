/** Phones and phone aliases as `terraform query` lists them, with each reader. */
import { decodeValue } from '../../src/terraform/wire/dynamic-value';
import { dynamicValue, streamFrom } from '../terraform/rpc/exchange';
import type { Arguments } from './plan-walk';
import { useReaders, type ReadSystem } from './readers';
import { RpcWalk } from './rpc-walk';
import { phone, useServer } from './server';

jest.setTimeout(60_000);

async function start(system: ReadSystem, type?: string): Promise<RpcWalk> {
  const databaseUrl = system.reader === 'database' ? system.database.url() : null;
  return RpcWalk.start(system.emulator, { read_from: system.reader, database_url: databaseUrl }, type);
}

/** What a list finds, in the order in which it comes. */
async function query(
  walk: RpcWalk,
  {
    type = 'vicidial_phone',
    config = {},
    ...request
  }: { type?: string; config?: Arguments; limit?: number } & {
    include_resource_object?: boolean;
  } = {},
) {
  const resource = walk.provider.resources[type];
  if (!resource?.list) throw new Error(`${type} has no list`);
  const given = { type_name: type, config: dynamicValue(resource.list.schema, config), ...request };
  const events = await streamFrom(walk.provider)('ListResource', given);
  const names = resource.identity?.attributes ?? [];
  const identityType = ['object', Object.fromEntries(names.map((name) => [name, 'string'] as const))] as const;
  return events.map(({ identity, display_name: name, resource_object: object, diagnostic = [] }) => ({
    identity: decodeValue(identityType, identity?.identity_data?.msgpack),
    name,
    object: object && walk.decode(object),
    diagnostics: diagnostic.map(({ severity, detail = '' }) => `${severity} ${/Code: (\S+)/u.exec(detail)?.[1]}`),
  }));
}

describe.each(useReaders())('read from $reader', (system) => {
  let walk: RpcWalk;
  beforeEach(async () => {
    system.reset();
    const names = { phone_full_name: 'Front desk', protocol: 'SIP' };
    system.store('55000', { phone_login: '55000', phone_pass: 'canary9417', ...names });
    system.store('55001', { phone_login: '55001', server_ip: '10.0.0.12', protocol: 'IAX2' });
    system.store('66000', { phone_login: '66000', protocol: 'PJSIP' });
    walk = await start(system);
  });
  afterEach(() => walk.end());

  test('every phone has its identity, with the name that people know', async () => {
    const phones = await query(walk);
    expect(phones.map(({ identity }) => identity)).toEqual(
      expect.arrayContaining([
        { server_ip: '10.0.0.11', extension: '55000' },
        { server_ip: '10.0.0.12', extension: '55001' },
        { server_ip: '10.0.0.11', extension: '66000' },
      ]),
    );
    expect(phones.map(({ name }) => name)).toContain('10.0.0.11/55000 (Front desk)');
    expect(phones.filter(({ object, diagnostics }) => object ?? diagnostics[0])).toEqual([]);
  });

  test('arguments select phones, and the limit ends the list', async () => {
    const keys = async (config: Arguments, limit = 10) =>
      (await query(walk, { config, limit })).map(({ name = '' }) => name.split(' ')[0]).sort();
    expect(await keys({ server_ip: '10.0.0.12' })).toEqual(['10.0.0.12/55001']);
    expect(await keys({ extension_pattern: '55*', protocol: 'sip' })).toEqual(['10.0.0.11/55000']);
    expect(await keys({}, 2)).toHaveLength(2);
  });

  test('the whole phone is what an import would read: no password, and nothing that could not be written', async () => {
    const phones = await query(walk, { config: { server_ip: '10.0.0.11' }, include_resource_object: true });
    const [desk] = phones.filter(({ name = '' }) => name.startsWith('10.0.0.11/55000'));
    expect(desk?.object).toMatchObject({
      id: '10.0.0.11/55000',
      system: system.name,
      phone_full_name: 'Front desk',
      phone_pass: null,
      adopted: null,
    });
    const [other] = phones.filter(({ name = '' }) => name.startsWith('10.0.0.11/66000'));
    expect(other).toMatchObject({ object: { protocol: null }, diagnostics: ['2 imported-unmanaged'] });
    expect(JSON.stringify(phones)).not.toContain('canary9417');
  });
});

describe('without a reader', () => {
  const server = useServer();

  test('phones cannot be listed, and the error says what to do', async () => {
    const walk = await RpcWalk.start(server.emulator);
    expect(await query(walk)).toMatchObject([{ identity: null, diagnostics: ['1 reader-missing'] }]);
    await walk.end();
  });

  test('phone aliases are listed with the admin pages', async () => {
    const walk = await RpcWalk.start(server.emulator, { read_from: 'admin' });
    expect((await walk.apply(phone('55000'))).codes).toEqual([]);
    const aliases = await RpcWalk.start(server.emulator, { read_from: 'admin' }, 'vicidial_phone_alias');
    const desks = { alias_id: 'desks', alias_name: 'All desks', phone_logins: ['55000'] };
    expect((await aliases.apply(desks)).codes).toEqual([]);
    const listed = await query(aliases, { type: 'vicidial_phone_alias', include_resource_object: true });
    expect(listed).toMatchObject([{ identity: { alias_id: 'desks' }, name: 'desks (All desks)', object: desks }]);
    await Promise.all([walk.end(), aliases.end()]);
  });
});
