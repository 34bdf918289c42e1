import { App, Testing } from 'cdktf';
import { EnvironmentStack, type Environment } from '../../src';
import type { EnvironmentChanges } from '../../src/environment/environment-file';
import { environmentOf } from './environment-of';

const url = 'https://vicidial.example.com/vicidial/non_agent_api.php';
const content: EnvironmentChanges = {
  provider: { url, user: { variable: 'api_user' }, password: { variable: 'api_password' } },
  servers: { east: '10.0.0.11' },
  defaults: { phone_login: '{extension}', phone_pass: { variable: 'phone_pass' } },
  phones: [
    { server: 'east', extension: '55000' },
    { server: 'east', extension: '55001' },
  ],
  aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55001', '55000'] }],
};

type Values = Record<string, unknown>;
interface Synthesised {
  readonly terraform: { readonly backend: unknown };
  readonly provider: { readonly vicidial: readonly [Values] };
  readonly variable: Record<string, Values>;
  readonly resource: {
    readonly vicidial_phone: Record<string, Values>;
    readonly vicidial_phone_alias: Record<string, Values>;
  };
  readonly import?: unknown;
  readonly moved?: unknown;
  readonly removed?: unknown;
}

function synth(environment: Environment): Synthesised {
  const stack = new EnvironmentStack(new App({ outdir: '/nowhere' }), 'lab', environment);
  // As the synthesis of an app does it: it adds a backend.
  stack.prepareStack();
  // Under the key // CDKTF writes the path of each construct.
  return JSON.parse(Testing.synth(stack, true), (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as Synthesised;
}

function synthOf(changes: EnvironmentChanges & Values = {}): Synthesised {
  return synth(environmentOf({ ...content, ...changes }));
}

const ofProvider = { type: 'string', sensitive: true, nullable: true, default: null, ephemeral: true };
const ofPhone = { type: 'string', sensitive: true, nullable: true, default: null };

describe('the stack of an environment', () => {
  test('has exactly what the file declares', () => {
    const { provider, variable, resource } = synthOf();
    expect(provider).toEqual({ vicidial: [{ url, user: '${var.api_user}', password: '${var.api_password}' }] });
    expect(variable).toEqual({ api_user: ofProvider, api_password: ofProvider, phone_pass: ofPhone });
    expect(resource.vicidial_phone['phone-east-55000']).toEqual({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      phone_pass: '${var.phone_pass}',
    });
    expect(resource.vicidial_phone_alias['alias-desks']).toEqual({
      alias_id: 'desks',
      alias_name: 'Desks',
      phone_logins: [
        '${vicidial_phone.phone-east-55001.phone_login}',
        '${vicidial_phone.phone-east-55000.phone_login}',
      ],
    });
  });

  test('has no credentials and no variable where the file has none: the provider reads its environment', () => {
    const { provider, variable } = synthOf({ provider: undefined, defaults: undefined, aliases: [] });
    expect(provider).toEqual({ vicidial: [{}] });
    expect(variable).toBeUndefined();
  });

  test('has the settings of the provider, sensitive ones by their variables', () => {
    const settings = { read_from: 'database', database_url: { variable: 'database_url' }, max_concurrency: 4 };
    const { provider, variable } = synthOf({ provider: { url, ...settings, verify_writes: false } });
    expect(provider.vicidial[0]).toEqual({
      ...{ url, read_from: 'database', database_url: '${var.database_url}', max_concurrency: 4, verify_writes: false },
    });
    expect(variable.database_url).toEqual(ofProvider);
  });

  test('has a variable that a phone uses too without ephemeral, which a phone cannot take', () => {
    const { variable } = synthOf({ provider: { password: { variable: 'phone_pass' } } });
    expect(variable).toEqual({ phone_pass: ofPhone });
  });

  test('has write-only passwords from variables that are ephemeral, unless another argument has the same one', () => {
    const hidden = { phone_pass: null, phone_pass_wo: { variable: 'agents' }, phone_pass_wo_version: 2 };
    const device = { variable: 'devices', by: 'extension' } as const;
    const phones: EnvironmentChanges['phones'] = [
      {
        ...{ server: 'east', extension: '55000', ...hidden },
        ...{ registration_password_wo: device, registration_password_wo_version: 1 },
      },
    ];
    const { variable, resource } = synthOf({ phones, aliases: [] });
    expect(variable).toMatchObject({ agents: ofProvider, devices: { type: 'map(string)', ephemeral: true } });
    expect(resource.vicidial_phone['phone-east-55000']).toEqual({
      ...{ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000' },
      ...{ phone_pass_wo: '${var.agents}', phone_pass_wo_version: 2 },
      registration_password_wo: '${lookup(var.devices, "55000", null)}',
      registration_password_wo_version: 1,
    });
    const both = [...phones, { server: 'east', extension: '55001', phone_pass: { variable: 'agents' } }];
    expect(synthOf({ phones: both, aliases: [] }).variable.agents).toEqual(ofPhone);
  });

  test('has a secret for each phone from a map, by extension or phone login; without an entry it is not set', () => {
    const { variable, resource } = synthOf({
      defaults: { phone_login: '{extension}x', phone_pass: { variable: 'passes', by: 'extension' } },
      phones: [
        { server: 'east', extension: '55000' },
        { server: 'east', extension: '55001', phone_pass: { variable: 'others', by: 'phone_login' } },
      ],
      aliases: [],
    });
    const map = { type: 'map(string)', sensitive: true, nullable: false, default: {} };
    expect(variable).toMatchObject({ passes: map, others: map });
    expect(Object.values(resource.vicidial_phone).map(({ phone_pass }) => phone_pass)).toEqual([
      '${lookup(var.passes, "55000", null)}',
      '${lookup(var.others, "55001x", null)}',
    ]);
  });

  test('renames no phone when another is inserted before it, or when the address of its server changes', () => {
    const names = (changes: EnvironmentChanges) => Object.keys(synthOf(changes).resource.vicidial_phone);
    const inserted = { server: 'east', extension: '54999' };
    expect(names({ phones: [inserted, ...(content.phones ?? [])] })).toEqual(expect.arrayContaining(names({})));
    expect(names({ servers: { east: '10.0.0.21' } })).toEqual(names({}));
  });

  test('has headers, each with a variable of its own', () => {
    const headers = { 'X-Token': { variable: 'token' }, variable: { variable: 'other' } };
    const { provider, variable } = synthOf({ provider: { headers } });
    expect(provider.vicidial[0]).toEqual({ headers: { 'X-Token': '${var.token}', variable: '${var.other}' } });
    expect(variable).toMatchObject({ token: ofProvider, other: ofProvider });
  });

  test('says in moved_servers where the phones of a server were, so that the plan deletes and creates none', () => {
    const { provider } = synthOf({ servers: { east: { ip: '10.0.0.21', was: '10.0.0.11' } } });
    expect(provider.vicidial[0]).toMatchObject({ moved_servers: { '10.0.0.11': '10.0.0.21' } });
  });

  test('protects phones and phone aliases', () => {
    const { resource } = synthOf({
      defaults: { phone_login: '{extension}', protect: true },
      aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'], protect: true }],
    });
    expect(resource.vicidial_phone['phone-east-55000']).toMatchObject({ deletion_protection: true });
    expect(resource.vicidial_phone_alias['alias-desks']).toMatchObject({ deletion_protection: true });
  });

  test('is refused where the environment is abstract', () => {
    expect(() => synthOf({ abstract: true })).toThrow('lab.yaml is abstract: it is a base of other environments');
  });
});

describe('the state of the stack', () => {
  test('is a local file by default, with a path that is the same on every machine', () => {
    expect(synthOf().terraform.backend).toEqual({ local: { path: '../../../terraform.lab.tfstate' } });
  });
  test.each<Record<string, Record<string, unknown>>>([
    { s3: { bucket: 'states', key: 'phones', use_lockfile: true } },
    { pg: {} },
    { local: {} },
    { local: { path: '../phones.tfstate' } },
  ])('is in the backend that the file names, and in no other: %j', (backend) => {
    expect(synthOf({ backend }).terraform.backend).toEqual(backend);
  });
  test('keeps the addresses of version 0.1 where the file says moved_from, those before a move of the server', () => {
    expect(synthOf().moved).toBeUndefined();
    const move = (from: string) => [
      { from: `vicidial_phone.${from}-55000`, to: 'vicidial_phone.phone-east-55000' },
      { from: `vicidial_phone.${from}-55001`, to: 'vicidial_phone.phone-east-55001' },
    ];
    expect(synthOf({ moved_from: 0.1 }).moved).toEqual(move('phone-10_0_0_11'));
    expect(synthOf({ moved_from: 0.1, servers: { east: { ip: '10.0.0.21', was: '10.0.0.11' } } }).moved).toEqual(
      move('phone-10_0_0_11'),
    );
  });
  test('is changed by moved, removed and imports, with bare addresses', () => {
    const moved = [{ from: 'vicidial_phone.old["10.0.0.11/55000"]', to: 'vicidial_phone.phone-east-55000' }];
    const stack = synthOf({ moved, removed: ['vicidial_phone.former'], imports: ['east/55001', 'alias:DESKS'] });
    expect(stack.moved).toEqual(moved);
    expect(stack.removed).toEqual([{ from: 'vicidial_phone.former', lifecycle: { destroy: false } }]);
    expect(stack.import).toEqual([
      { to: 'vicidial_phone.phone-east-55001', id: '10.0.0.11/55001' },
      { to: 'vicidial_phone_alias.alias-desks', id: 'desks' },
    ]);
  });
  test('gets every phone and phone alias with imports: all', () => {
    expect(synthOf({ imports: 'all' }).import).toEqual([
      { to: 'vicidial_phone.phone-east-55000', id: '10.0.0.11/55000' },
      { to: 'vicidial_phone.phone-east-55001', id: '10.0.0.11/55001' },
      { to: 'vicidial_phone_alias.alias-desks', id: 'desks' },
    ]);
  });
});
