import { join } from 'node:path';
import { readEnvironment } from '../../src';
import { settingRows, type SettingName } from '../../src/settings/provider-settings';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { useTemporaryFolder } from '../temporary-folder';
import { environmentOf, errorsOf, readFrom, writeFiles } from './environment-of';

const temporary = useTemporaryFolder();

/** Lines 1 to 3 of every file. */
const head = `version: 1
provider: { url: "https://vicidial.example.com/vicidial/non_agent_api.php" }
servers: { east: 10.0.0.11, west: 10.0.0.12 }
`;
/** Values of the settings that have no choices. */
const textSettings: Partial<Record<SettingName, string>> = {
  url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
  user: 'terraform',
  call_source: 'terraform',
  admin_url: 'https://vicidial.example.com/vicidial/admin.php',
  http_user: 'gate',
  tls_server_name: 'vicidial.example.com',
  system_name: 'lab',
  previous_system: 'old-lab',
};
const desk = 'phones:\n  - { server: east, extension: "55000", phone_login: "55000" }\n';

function read(text: string) {
  return readFrom({ 'lab.yaml': text });
}

describe('a valid environment file', () => {
  test('is read with phones and phone aliases', () => {
    const { name, provider, phones, aliases } = read(
      `${head}${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n`,
    );
    expect({ name, provider }).toEqual({
      name: 'lab',
      provider: { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' },
    });
    expect(phones).toMatchObject([
      { server: 'east', server_ip: '10.0.0.11', extension: '55000', values: { phone_login: '55000' } },
    ]);
    expect(aliases).toMatchObject([
      { alias_id: 'desks', alias_name: 'Desks', phone_logins: [{ login: '55000', phone: phones[0] }] },
    ]);
  });

  test('is read from a file with either ending, whose name is that of the environment', () => {
    writeFiles(temporary.path, { 'one.yaml': head + desk, 'two.yml': head + desk });
    expect(['one.yaml', 'two.yml'].map((file) => readEnvironment(join(temporary.path, file)).name)).toEqual([
      'one',
      'two',
    ]);
  });

  test('may be without provider, servers and phones: the settings come from the environment of the run', () => {
    expect(read('version: 1\n')).toMatchObject({ provider: {}, servers: {}, phones: [], aliases: [] });
  });

  test('may have YAML anchors under keys that begin with x-, and merge keys', () => {
    const { phones } = read(
      `${head}x-desk: &desk { protocol: SIP, email: a@example.com }\nphones:\n  - { <<: *desk, server: east, extension: "55000", email: "" }\n`,
    );
    expect(phones[0]?.values).toEqual({ protocol: 'SIP', email: '' });
    expect(phones[0]?.origins).toMatchObject({ protocol: { line: 4 }, email: { line: 6 } });
  });

  test('may give an anchor again, which holds for the aliases after it', () => {
    const { phones } = read(
      `${head}x-one: &desk { email: a@example.com }\nphones:\n  - { <<: *desk, server: east, extension: "55000" }\n  - &desk { server: east, extension: "55001", email: b@example.com }\n  - { <<: *desk, extension: "55002" }\n`,
    );
    expect(phones.map(({ values, origins }) => [values.email, origins.email?.line])).toEqual([
      ['a@example.com', 4],
      ['b@example.com', 7],
      ['b@example.com', 7],
    ]);
  });
});

describe('the values of a phone', () => {
  test('come from the defaults of the file, of its server and of its group, and then from itself', () => {
    const { phones } = read(`version: 1
servers:
  east: { ip: 10.0.0.11, defaults: { phone_context: server, admin_user_group: SERVER, email: "" } }
defaults: { protocol: SIP, phone_context: file, admin_user_group: FILE, email: file@example.com }
groups:
  sales:
    server: east
    defaults: { admin_user_group: GROUP }
    phones: [{ extension: "55000", protocol: IAX2 }, { extension: "55001", email: ~ }]
`);
    expect(phones.map(({ values }) => values)).toEqual([
      { protocol: 'IAX2', phone_context: 'server', admin_user_group: 'GROUP', email: '' },
      { protocol: 'SIP', phone_context: 'server', admin_user_group: 'GROUP' },
    ]);
    expect(phones[1]?.origins).toMatchObject({
      protocol: { kind: 'default', file: 'lab.yaml', line: 4, field: 'defaults.protocol' },
      phone_context: { kind: 'default', line: 3, field: 'servers.east.defaults.phone_context' },
      admin_user_group: { kind: 'default', line: 8, field: 'groups.sales.defaults.admin_user_group' },
      email: { kind: 'phone', line: 9, field: 'groups.sales.phones.1.email' },
    });
  });

  test('have the extension, the server and its suffix in place of {extension}, {server}, {server_ip} and {suffix}', () => {
    const { phones } = read(
      'version: 1\nservers: { east: { ip: 10.0.0.11, suffix: a } }\nphones: [{ server: east, extension: "55000", phone_full_name: "{extension} {server} {server_ip} {suffix}" }]\n',
    );
    expect(phones[0]?.values.phone_full_name).toBe('55000 east 10.0.0.11 a');
  });

  test('are not managed where they are ~, and empty where they are ""', () => {
    const { phones } = read(
      `${head}defaults: { protocol: SIP, email: a@example.com }\nphones:\n  - { server: east, extension: "55000", protocol: ~, email: "" }\n`,
    );
    expect(phones[0]?.values).toEqual({ email: '' });
    expect(phones[0]?.origins.protocol).toMatchObject({ kind: 'phone', line: 6 });
  });

  test('may protect the phone, by itself or by default', () => {
    const { phones } = read(
      `${head}defaults: { protect: true }\nphones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001", protect: false }\n`,
    );
    expect(phones.map(({ values }) => values.protect)).toEqual([true, false]);
  });
});

test('the provider may have every setting, each of its type', async () => {
  const { certificate } = await createCertificate();
  const value = ([name, row]: (typeof settingRows)[number]): unknown => {
    if (row.type === 'map') return row.sensitive ? { 'X-Token': { variable: name } } : { '10.0.0.11': '10.0.0.21' };
    if (row.sensitive) return { variable: name };
    if (row.type !== 'string') return row.type === 'number' ? row.range?.[0] : true;
    return name.endsWith('certificate') ? certificate : (row.choices?.at(-1) ?? textSettings[name]);
  };
  const settings = Object.fromEntries(settingRows.map((row) => [row[0], value(row)]));
  expect(environmentOf({ provider: settings as never }).provider).toEqual(settings);
});

test('every setting but maps may be in a variable', () => {
  const rows = settingRows.filter(([, { type }]) => type !== 'map');
  const settings = Object.fromEntries(rows.map(([name]) => [name, { variable: `my_${name}` }]));
  expect(environmentOf({ provider: settings }).provider).toEqual(settings);
});

test('decomposed letters are composed, as Terraform does, in keys and values', () => {
  const nfd = (letters: string) => letters.normalize('NFD');
  const { phones, aliases } = read(
    `version: 1\nservers: { ${nfd('büro')}: 10.0.0.13 }\nphones:\n  - { server: büro, extension: ${nfd('käthe')}, phone_login: ${nfd('käthe')}, protocol: ~ }\naliases:\n  - { alias_id: ${nfd('müller')}, alias_name: Desks, phone_logins: ["käthe"] }\n`,
  );
  expect(phones).toMatchObject([{ server: 'büro', extension: 'käthe', values: { phone_login: 'käthe' } }]);
  expect(phones[0]?.origins.server?.line).toBe(4);
  expect(aliases).toMatchObject([{ alias_id: 'müller' }]);
  expect(errorsOf(`version: 1\nservers:\n  büro: 10.0.0.13\n  ${nfd('büro')}: 10.0.0.14\n`)).toEqual([
    expect.stringMatching(/^lab\.yaml:4: Map keys must be unique/u),
  ]);
});

test('an address with a query is refused: every call would carry the query out', () => {
  const query = head.replace('non_agent_api.php', 'non_agent_api.php?function=update_phone&delete_phone=Y');
  expect(errorsOf(`${query}${desk}`)).toEqual([
    expect.stringMatching(/^lab\.yaml:2: provider\.url: .*must not have a query/u),
  ]);
});
