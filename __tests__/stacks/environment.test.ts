import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingRows, type SettingName } from '../../src/settings/provider-settings';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { readEnvironment } from '../../stacks/environment';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();

/** Lines 1 to 4 of every file. */
const head = `url: https://vicidial.example.com/vicidial/non_agent_api.php
user: { variable: api_user }
password: { variable: api_password }
servers: { east: 10.0.0.11, west: 10.0.0.12 }
`;
/** Values of the settings that have no choices. */
const textSettings: Partial<Record<SettingName, string>> = {
  call_source: 'terraform',
  admin_url: 'https://vicidial.example.com/vicidial/admin.php',
  http_user: 'gate',
  tls_server_name: 'vicidial.example.com',
  system_name: 'lab',
  previous_system: 'old-lab',
};
const defaults = 'defaults: { phone_login: "{extension}", phone_pass: { variable: phone_pass } }\n';
const desk = 'phones:\n  - { server: east, extension: "55000", phone_login: "55000" }\n';

function read(text: string) {
  const file = join(temporary.path, 'lab.yaml');
  writeFileSync(file, text);
  return readEnvironment(file);
}

/** The lines of the error about a file. */
function errorsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message.replaceAll(`${temporary.path}/`, '').split('\n');
  }
  return [];
}

describe('a valid environment file', () => {
  test('is read with phones and phone aliases', () => {
    const { url, user, password, phones, aliases } = read(
      `${head}${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n`,
    );
    expect({ url, user, password }).toEqual({
      url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
      user: { variable: 'api_user' },
      password: { variable: 'api_password' },
    });
    expect(phones).toEqual([{ server_ip: '10.0.0.11', extension: '55000', values: { phone_login: '55000' } }]);
    expect(aliases).toEqual([{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] }]);
  });

  test('has its defaults in every phone, with the extension in place of {extension}', () => {
    const { phones } = read(
      `${head}${defaults}phones:\n  - { server: east, extension: "55000", phone_ring_timeout: 45 }\n`,
    );
    expect(phones).toEqual([
      {
        server_ip: '10.0.0.11',
        extension: '55000',
        values: { phone_login: '55000', phone_pass: { variable: 'phone_pass' }, phone_ring_timeout: 45 },
      },
    ]);
  });
});

test('the provider may have every setting, each of its type; url, user and password stand above', async () => {
  const { certificate } = await createCertificate();
  const value = ([name, row]: (typeof settingRows)[number]) => {
    if (row.type === 'map') return row.sensitive ? `{ X-Token: { variable: ${name} } }` : '{ "10.0.0.11": 10.0.0.21 }';
    if (name.endsWith('certificate')) return JSON.stringify(certificate);
    if (row.sensitive) return `{ variable: ${name} }`;
    if (row.type !== 'string') return String(row.type === 'number' ? row.range?.[0] : true);
    return JSON.stringify(row.choices?.at(-1) ?? textSettings[name]);
  };
  const rows = settingRows.filter(([name]) => !['url', 'user', 'password'].includes(name));
  const lines = rows.map((row) => `  ${row[0]}: ${value(row)}\n`).join('');
  const { provider } = read(`${head}provider:\n${lines}${desk}`);
  expect(Object.keys(provider ?? {})).toEqual(rows.map(([name]) => name));
  expect(provider).toMatchObject({
    read_from: 'database',
    database_url: { variable: 'database_url' },
    database_is_replica: true,
    headers: { 'X-Token': { variable: 'headers' } },
    max_concurrency: 1,
    in_use_check: 'off',
  });
});

test('the password may be left out: a plan with the database needs none', () => {
  const { password } = read(head.replace(/^password:.*\n/mu, '') + desk);
  expect(password).toBeUndefined();
});

test('a phone may be protected from deletion, by itself or by default', () => {
  const { phones } = read(
    `${head}defaults: { deletion_protection: true }\nphones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001", deletion_protection: false }\n`,
  );
  expect(phones.map(({ values }) => values.deletion_protection)).toEqual([true, false]);
  expect(errorsOf(`${head}defaults: { deletion_protection: "yes" }\nphones: []\n`)).toEqual([
    'lab.yaml:5: defaults.deletion_protection: expected true or false without quotes',
  ]);
});

test('decomposed letters are composed, as Terraform does, in keys and values', () => {
  const nfd = (text: string) => text.normalize('NFD');
  const servers = head.replace('east:', nfd('büro:'));
  const phone = `phones:\n  - { server: büro, extension: ${nfd('käthe')}, phone_login: ${nfd('käthe')} }\n`;
  const alias = `aliases:\n  - { alias_id: ${nfd('müller')}, alias_name: Desks, phone_logins: ["käthe"] }\n`;
  const { phones, aliases } = read(servers + phone + alias);
  expect(phones).toEqual([{ server_ip: '10.0.0.11', extension: 'käthe', values: { phone_login: 'käthe' } }]);
  expect(aliases).toMatchObject([{ alias_id: 'müller' }]);
  expect(errorsOf(head.replace('east:', `büro: 10.0.0.13, ${nfd('büro')}:`) + desk)).toEqual([
    expect.stringMatching(/^lab\.yaml:4: Map keys must be unique/u),
  ]);
});

test('an address with a query is refused: every call would carry the query out', () => {
  const query = head.replace('non_agent_api.php', 'non_agent_api.php?function=update_phone&delete_phone=Y');
  expect(errorsOf(`${query}${desk}`)).toEqual([expect.stringMatching(/^lab\.yaml:1: url: .*must not have a query/u)]);
});

/** Each with all errors of a file that has `head` before the text. */
const invalid: readonly (readonly [string, string, ...(string | RegExp)[]])[] = [
  ['broken YAML', 'phones: [', /^lab\.yaml:6: /u],
  [
    'digits without quotes',
    'phones:\n  - { server: east, extension: 55000 }',
    'lab.yaml:6: phones.0.extension: expected a string; put digits in quotes',
  ],
  [
    'a boolean where a letter belongs',
    `${desk.replace(' }', ', active: true, on_hook_agent: false }')}`,
    'lab.yaml:6: phones.0.active: expected "Y" or "N"; YAML reads true as a boolean: write "Y"',
    'lab.yaml:6: phones.0.on_hook_agent: expected "Y" or "N"; YAML reads false as a boolean: write "N"',
  ],
  [
    'another word for a boolean',
    `${desk.replace(' }', ', active: yes }')}`,
    /^lab\.yaml:6: phones\.0\.active: active is "yes"; .* Write "Y"\.$/u,
  ],
  [
    'a boolean and no value where a string belongs',
    `${desk.replace(' }', ', phone_full_name: true, email: }')}`,
    'lab.yaml:6: phones.0.email: expected a string; YAML reads no value as null: write "" for an empty one',
    'lab.yaml:6: phones.0.phone_full_name: expected a string; YAML reads true as a boolean: put it in quotes',
  ],
  [
    'a phone login without quotes',
    `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: [55000] }`,
    'lab.yaml:8: aliases.0.phone_logins.0: expected a string; put digits in quotes',
  ],
  [
    'a number in quotes',
    'phones:\n  - { server: east, extension: "55000", phone_ring_timeout: "45" }',
    'lab.yaml:6: phones.0.phone_ring_timeout: expected a number without quotes',
  ],
  [
    'an unknown key',
    'phones:\n  - { server: east, extension: "55000", ringing: 5 }',
    /^lab\.yaml:6: phones\.0: unknown key "ringing"; allowed keys: server, extension, local_gmt, /u,
  ],
  [
    'a misspelt key',
    'phones:\n  - { server: east, extension: "55000", phone_ring_timout: 45 }',
    'lab.yaml:6: phones.0: unknown key "phone_ring_timout"; did you mean phone_ring_timeout?',
  ],
  [
    'a key in camelCase',
    'phones:\n  - { server: east, extension: "55000", phoneFullName: Desk }',
    'lab.yaml:6: phones.0: unknown key "phoneFullName"; did you mean phone_full_name?',
  ],
  [
    'an unknown setting of the provider',
    'provider: { reading_from: admin }\nphones: []',
    /^lab\.yaml:5: provider: unknown key "reading_from"; allowed keys: call_source, request_timeout_seconds, /u,
  ],
  [
    'a misspelt setting of the provider',
    'provider: { readFrom: admin }\nphones: []',
    'lab.yaml:5: provider: unknown key "readFrom"; did you mean read_from?',
  ],
  [
    'a password in the settings of the provider',
    'provider: { password: { variable: other } }\nphones: []',
    /^lab\.yaml:5: provider: unknown key "password"; allowed keys: /u,
  ],
  [
    'settings of the provider that it would refuse',
    'provider:\n  read_from: pages\n  max_concurrency: 100\n  verify_writes: "no"\n  admin_url: admin.php\nphones: []',
    'lab.yaml:7: provider.max_concurrency: It must be a whole number from 1 to 64.',
    'lab.yaml:8: provider.verify_writes: expected true or false without quotes',
    'lab.yaml:6: provider.read_from: It must be one of auto, api, admin, database.',
    /^lab\.yaml:9: provider\.admin_url: It must be an http or https address/u,
  ],
  [
    'a database_url in plain text, which is not shown',
    'provider: { database_url: "mysql://reader:hunter2@db.example.com/asterisk" }\nphones: []',
    /^lab\.yaml:5: provider\.database_url: secrets must not be written in this file; /u,
  ],
  ['a list without entries', 'phones:', 'lab.yaml:5: phones: expected a list of phones; write [] for none'],
  [
    'an unknown server',
    'phones:\n  - { server: north, extension: "55000" }',
    'lab.yaml:6: phones.0.server: unknown server "north"; servers of this file: east, west',
  ],
  [
    'a server named like a property of every object',
    'phones:\n  - { server: toString, extension: "55000" }',
    'lab.yaml:6: phones.0.server: unknown server "toString"; servers of this file: east, west',
  ],
  [
    'a value that VICIdial would reject',
    'phones:\n  - server: east\n    extension: "55000"\n    protocol: PJSIP',
    /^lab\.yaml:8: phones\.0\.protocol: protocol is "PJSIP"; /u,
  ],
  [
    'an invalid default, once for all phones',
    'defaults: { protocol: PJSIP }\nphones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001" }',
    /^lab\.yaml:5: defaults\.protocol: protocol is "PJSIP"; /u,
  ],
  [
    'the word --NONE--',
    'phones:\n  - { server: east, extension: "55000", template_id: --NONE-- }',
    'lab.yaml:6: phones.0.template_id: template_id is the word --NONE--; none is written "".',
  ],
  [
    'a secret in plain text, which is not shown',
    'phones:\n  - { server: east, extension: "55000", phone_pass: hunter2 }',
    'lab.yaml:6: phones.0.phone_pass: secrets must not be written in this file; reference a Terraform variable, such as { variable: phone_pass }',
  ],
  [
    'a variable with a misspelt key',
    'phones:\n  - { server: east, extension: "55000", phone_pass: { variabel: a } }',
    'lab.yaml:6: phones.0.phone_pass.variable: expected the name of a Terraform variable',
    'lab.yaml:6: phones.0.phone_pass: unknown key "variabel"; did you mean variable?',
  ],
  [
    'a phone declared twice',
    'phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55000" }',
    'lab.yaml:7: phones.1.extension: this server already has phone 55000 in this file; remove one of them',
  ],
  [
    'two phones with the same phone_login',
    `${defaults}phones:\n  - { server: east, extension: "55000" }\n  - { server: west, extension: "55000" }`,
    'lab.yaml:8: phones.1.phone_login: phone 55000 has the same phone_login; it must be unique across all servers (case-insensitive)',
  ],
  [
    'a phone alias declared twice',
    `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n  - { alias_id: DESKS, alias_name: Desks, phone_logins: ["55000"] }`,
    'lab.yaml:9: aliases.1.alias_id: this file already has phone alias desks (case-insensitive); remove one of them',
  ],
  [
    'a phone alias with a login that no phone has',
    'phones: []\naliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }',
    'lab.yaml:7: aliases.0.phone_logins: no phone of this file has the phone_login "55000"',
  ],
  [
    'a phone alias whose phones have two passwords',
    `${defaults}phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001", phone_pass: { variable: other } }\naliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000", "55001"] }`,
    'lab.yaml:10: aliases.0.phone_logins: its phones take phone_pass from different variables; an agent logs in to any of them with one password: use one variable',
  ],
];

describe('an invalid environment file', () => {
  test.each(invalid)('with %s: the error has file, line and field', (_what, text, ...expected) => {
    const errors = errorsOf(`${head}${text}\n`);
    expect(errors).toEqual(
      expected.map((error): unknown => (typeof error === 'string' ? error : expect.stringMatching(error))),
    );
    expect(errors.join()).not.toContain('hunter2');
  });

  test('with an invalid server_ip: the error has the line of the server', () => {
    expect(errorsOf(head.replace('10.0.0.12', '10.0.0.12 (old)') + desk)).toEqual([
      expect.stringMatching(/^lab\.yaml:4: servers\.west: server_ip is "10\.0\.0\.12 \(old\)"/u),
    ]);
  });
});
