import { errorsOf } from './environment-of';

/** Lines 1 to 3 of every file. */
const head = `version: 1
provider: { url: "https://vicidial.example.com/vicidial/non_agent_api.php" }
servers: { east: 10.0.0.11, west: 10.0.0.12 }
`;
const defaults = 'defaults: { phone_login: "{extension}", phone_pass: { variable: phone_pass } }\n';
const desk = 'phones:\n  - { server: east, extension: "55000", phone_login: "55000" }\n';

/** Each with all errors of a file that has `head` before the text. */
const invalid: readonly (readonly [string, string, ...(string | RegExp)[]])[] = [
  [
    'what is to be ignored and is neither a field nor a pattern of objects',
    'ignore: [fullname, {}, { serverr: east, extension: "1" }, { alias_id: "a*", server: east }, 5]\nphones: []',
    'lab.yaml:4: ignore.0: expected the name of a field, such as phone_ring_timeout, or objects, such as { extension: "9*" }',
    'lab.yaml:4: ignore.1: is empty; it would ignore everything',
    'lab.yaml:4: ignore.2.serverr: unknown key; did you mean server?',
    'lab.yaml:4: ignore.3: ignores phones or phone aliases, not both; write two',
    'lab.yaml:4: ignore.4: expected the name of a field, such as phone_ring_timeout, or objects, such as { extension: "9*" }',
  ],
  ['broken YAML', 'phones: [', /^lab\.yaml:5: /u],
  ['a repeated key', 'phones: []\nphones: []', 'lab.yaml:5: Map keys must be unique at line 5, column 1:'],
  [
    'digits without quotes',
    'phones:\n  - { server: east, extension: 55000 }',
    'lab.yaml:5: phones.0.extension: expected a string; write extension: "55000"',
  ],
  [
    'digits with leading zeros without quotes, which YAML drops',
    'phones:\n  - { server: east, extension: 0098 }',
    'lab.yaml:5: phones.0.extension: 0098 has leading zeros, which YAML drops; write "0098"',
  ],
  [
    'a write-only password without its version',
    'phones:\n  - { server: east, extension: "55000", phone_pass_wo: { variable: agent } }',
    'lab.yaml:5: phones.0.phone_pass_wo: phone_pass_wo is set without phone_pass_wo_version.',
  ],
  [
    'a password and its write-only form',
    'phones:\n  - { server: east, extension: "55000", phone_pass: { variable: a }, phone_pass_wo: { variable: a } }',
    'lab.yaml:5: phones.0.phone_pass: phone_pass and phone_pass_wo are both set.',
  ],
  [
    'an offset without quotes',
    'phones:\n  - { server: east, extension: "55000", local_gmt: -5.00 }',
    'lab.yaml:5: phones.0.local_gmt: expected a string; write local_gmt: "-5.00"',
  ],
  [
    'true and false instead of Y and N',
    'phones:\n  - { server: east, extension: "55000", active: true, is_webphone: false }',
    'lab.yaml:5: phones.0.active: expected a string; YAML reads true as a boolean: write active: "Y"',
    'lab.yaml:5: phones.0.is_webphone: expected a string; YAML reads false as a boolean: write is_webphone: "N"',
  ],
  [
    'a boolean and no value where a string belongs',
    'phones:\n  - { server: east, extension: "55000", phone_full_name: true, email: }',
    'lab.yaml:5: phones.0.email: has no value; write ~ for one that is not managed, or "" for an empty one',
    'lab.yaml:5: phones.0.phone_full_name: expected a string; YAML reads true as a boolean: write phone_full_name: "true"',
  ],
  [
    'a list instead of a value',
    'phones:\n  - { server: east, extension: "55000", email: [a@example.com] }',
    'lab.yaml:5: phones.0.email: expected a string',
  ],
  [
    'a phone login without quotes',
    `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: [55000] }`,
    'lab.yaml:7: aliases.0.phone_logins.0: expected a phone login; write "55000"',
  ],
  [
    'a number in quotes',
    'phones:\n  - { server: east, extension: "55000", phone_ring_timeout: "45" }',
    'lab.yaml:5: phones.0.phone_ring_timeout: expected a number without quotes; write phone_ring_timeout: 45',
  ],
  [
    'a word in quotes instead of true',
    'defaults: { protect: "yes" }',
    'lab.yaml:4: defaults.protect: expected true or false without quotes',
  ],
  [
    'an unknown key',
    'phones:\n  - { server: east, extension: "55000", ringing: 5 }',
    /^lab\.yaml:5: phones\.0\.ringing: unknown key; allowed keys: server, extension, extensions, csv, local_gmt, /u,
  ],
  [
    'a misspelt key',
    'phones:\n  - { server: east, extension: "55000", phone_ring_timout: 45 }',
    'lab.yaml:5: phones.0.phone_ring_timout: unknown key; did you mean phone_ring_timeout?',
  ],
  [
    'a key in camelCase, and one of an earlier version',
    'phones:\n  - { server: east, extension: "55000", phoneFullName: Desk, deletion_protection: true }',
    'lab.yaml:5: phones.0.phoneFullName: unknown key; did you mean phone_full_name?',
    'lab.yaml:5: phones.0.deletion_protection: unknown key; did you mean protect?',
  ],
  ['an unknown key at the top', 'phone: []', 'lab.yaml:4: phone: unknown key; did you mean phones?'],
  [
    'unknown keys at every depth',
    [
      'defaults: { emial: x@example.com }',
      'groups: { sales: { phone: [], phones: [{ server: east, extension: "1", emial: x }] } }',
      'seats: [{ extension: "2000", server: [east], alias: { alias: x }, exceptions: { "2000": { emial: x } } }]',
      'aliases: [{ alias_id: desks, alias_name: Desks, phone_logins: [], logins: [] }]',
      'moved: [{ from: vicidial_phone.a, too: vicidial_phone.b }]',
    ].join('\n'),
    'lab.yaml:4: defaults.emial: unknown key; did you mean email?',
    'lab.yaml:5: groups.sales.phones.0.emial: unknown key; did you mean email?',
    'lab.yaml:5: groups.sales.phone: unknown key; did you mean phones?',
    'lab.yaml:6: seats.0.alias.alias: unknown key; allowed keys: alias_id, alias_name, protect',
    'lab.yaml:6: seats.0.exceptions.2000.emial: unknown key; did you mean email?',
    'lab.yaml:6: seats.0.server: unknown key; did you mean servers?',
    'lab.yaml:7: aliases.0.logins: unknown key; allowed keys: alias_id, alias_name, phone_logins, protect',
    'lab.yaml:8: moved.0.to: is missing; expected an address in Terraform',
    'lab.yaml:8: moved.0.too: unknown key; did you mean to?',
  ],
  [
    'missing keys',
    'phones: [{ server: east }, { extension: "55000" }]\naliases: [{ alias_name: Desks }]\nseats: [{ servers: [east] }]',
    'lab.yaml:4: phones.0.extension: is missing; expected extension, extensions (a range) or csv (a file)',
    'lab.yaml:5: aliases.0.alias_id: is missing; expected a string',
    'lab.yaml:6: seats.0: needs either extension or extensions',
  ],
  [
    'a phone without a server, and a phone alias without its fields',
    'phones: [{ extension: "55000" }]\naliases: [{ alias_id: desks }]',
    'lab.yaml:4: phones.0: server is missing; servers of this file: east, west',
    'lab.yaml:5: aliases.0.alias_name: is missing; write ~ to leave it unmanaged',
    'lab.yaml:5: aliases.0.phone_logins: is missing; write ~ to leave it unmanaged',
  ],
  [
    'an unknown setting of the provider',
    'x-provider: 1\nbackend: { s3: {}, gcs: {} }\nlimits: { destroy: many }',
    'lab.yaml:5: backend: expected one backend of Terraform',
    'lab.yaml:6: limits.destroy: expected a number such as 5, or a percentage such as 10%',
  ],
  ['a list without entries', 'phones:', 'lab.yaml:4: phones: expected a list of phones; write [] for none'],
  [
    'an unknown server',
    'phones:\n  - { server: north, extension: "55000" }\n  - { server: eest, extension: "55000" }',
    'lab.yaml:5: phones.0.server: unknown server "north"; servers of this file: east, west',
    'lab.yaml:6: phones.1.server: unknown server "eest"; did you mean east?',
  ],
  [
    'a server named like a property of every object',
    'phones:\n  - { server: toString, extension: "55000" }',
    'lab.yaml:5: phones.0.server: unknown server "toString"; servers of this file: east, west',
  ],
  [
    'a value that VICIdial would reject',
    'phones:\n  - server: east\n    extension: "55000"\n    protocol: PJSIP',
    /^lab\.yaml:7: phones\.0\.protocol: protocol is "PJSIP"; /u,
  ],
  [
    'an invalid default, once for all phones',
    'defaults: { protocol: PJSIP }\nphones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001" }',
    /^lab\.yaml:4: defaults\.protocol: protocol is "PJSIP"; /u,
  ],
  [
    'the word --NONE--',
    'phones:\n  - { server: east, extension: "55000", template_id: --NONE-- }',
    'lab.yaml:5: phones.0.template_id: template_id is the word --NONE--; none is written "".',
  ],
  [
    'a secret in plain text, which is not shown',
    'phones:\n  - { server: east, extension: "55000", phone_pass: hunter2 }',
    'lab.yaml:5: phones.0.phone_pass: secrets must not be written in this file; reference a Terraform variable, such as { variable: phone_pass }',
  ],
  [
    'a variable with a misspelt key',
    'phones:\n  - { server: east, extension: "55000", phone_pass: { variabel: a } }',
    'lab.yaml:5: phones.0.phone_pass.variable: expected the name of a Terraform variable',
    'lab.yaml:5: phones.0.phone_pass.variabel: unknown key; did you mean variable?',
  ],
  [
    'variables with names that Terraform reserves',
    'defaults: { phone_pass: { variable: count }, registration_password: { variable: Pass } }',
    'lab.yaml:4: defaults.registration_password.variable: a variable name has lower-case letters, digits and _ only',
    'lab.yaml:4: defaults.phone_pass.variable: Terraform reserves the variable name count; choose another one',
  ],
  [
    'a phone declared twice',
    'phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55000" }',
    'lab.yaml:6: phones.1.extension: this server already has phone 55000 in this file (lab.yaml:5); remove one of them',
  ],
  [
    'two phones with the same phone_login',
    `${defaults}phones:\n  - { server: east, extension: "55000" }\n  - { server: west, extension: "55000" }\n  - { server: west, extension: "55001", phone_login: "55000" }`,
    'lab.yaml:4: defaults.phone_login: phone 55000 (lab.yaml:6) has the same phone_login, "55000"; it must be unique across all servers (case-insensitive)',
    'lab.yaml:8: phones.2.phone_login: phone 55000 (lab.yaml:6) has the same phone_login, "55000"; it must be unique across all servers (case-insensitive)',
  ],
  [
    'a phone alias declared twice',
    `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n  - { alias_id: DESKS, alias_name: Desks, phone_logins: ["55000"] }`,
    'lab.yaml:8: aliases.1.alias_id: this file already has phone alias desks (lab.yaml:7) (case-insensitive); remove one of them',
  ],
  [
    'a phone alias with a login that no phone has',
    `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55001"] }`,
    'lab.yaml:7: aliases.0.phone_logins.0: no phone of this file has the phone_login "55001"; did you mean "55000"?',
  ],
  [
    'a phone alias whose phones have two passwords',
    `${defaults}phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001", phone_pass: { variable: other } }\naliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000", "55001"] }`,
    'lab.yaml:9: aliases.0.phone_logins: its phones take phone_pass from different variables; an agent logs in to any of them with one password: use one variable',
  ],
  [
    'a misspelt placeholder, and one that has no value',
    'phones:\n  - { server: east, extension: "55000", phone_login: "{extenson}" }\n  - { server: east, extension: "55001", phone_login: "{extension}{suffix}", phone_full_name: "Desk {index}" }',
    'lab.yaml:5: phones.0.phone_login: unknown placeholder {extenson}; did you mean {extension}?',
    'lab.yaml:6: phones.1.phone_full_name: {index} is the position in a range, seat or CSV file; this is none of them',
    'lab.yaml:6: phones.1.phone_login: {suffix} is the suffix of the server, and this server has none',
  ],
  [
    'keys of derived environments',
    'mapping: { extension: { add: 1 } }\nonly: { server: east }\nwithout: { server: east }\nexceptions: { "east/1": without }',
    ...['mapping', 'only', 'without', 'exceptions'].map(
      (key, index) =>
        `lab.yaml:${index + 4}: ${key}: is for derived environments only; write extends: NAME, or change the phones themselves`,
    ),
  ],
  [
    'movements of what it does not declare',
    `${desk}imports: [east/55001, "alias:desks"]\nmoved: [{ from: vicidial_phone.phone-east-55000, to: vicidial_phone.phone-east-5500 }]\nremoved: [vicidial_phone.phone-east-55000, phone-x]`,
    'lab.yaml:8: removed.1: expected an address in Terraform, such as vicidial_phone.phone-east-55000',
  ],
  [
    'movements of what it does not declare, and of what it does',
    `${desk}imports: [east/55001, "alias:desks"]\nmoved: [{ from: vicidial_phone.phone-east-55000, to: vicidial_phone.phone-east-5500 }]\nremoved: [vicidial_phone.phone-east-55000]`,
    'lab.yaml:6: imports.0: this file has no "east/55001"; did you mean "east/55000"?',
    'lab.yaml:6: imports.1: this file has no "alias:desks"; a key is SERVER/EXTENSION or alias:ALIAS_ID',
    'lab.yaml:7: moved.0.to: this file declares no vicidial_phone.phone-east-5500; did you mean vicidial_phone.phone-east-55000?',
    'lab.yaml:7: moved.0.from: vicidial_phone.phone-east-55000 is declared in this file, so nothing moves away from it',
    'lab.yaml:8: removed.0: vicidial_phone.phone-east-55000 is declared in this file; leave the phone out, or delete this line',
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

  test.each([
    [
      'settings that the provider would refuse',
      'provider:\n  read_from: pages\n  max_concurrency: 100\n  verify_writes: "no"\n  admin_url: admin.php\n  readFrom: admin\n  database_url: "mysql://reader:hunter2@db.example.com/asterisk"',
      'lab.yaml:3: provider.read_from: It must be one of auto, api, admin, database.',
      'lab.yaml:4: provider.max_concurrency: It must be a whole number from 1 to 64.',
      'lab.yaml:5: provider.verify_writes: expected true or false without quotes',
      /^lab\.yaml:6: provider\.admin_url: It must be an http or https address/u,
      'lab.yaml:7: provider.readFrom: unknown key; did you mean read_from?',
      /^lab\.yaml:8: provider\.database_url: secrets must not be written in this file; /u,
    ],
    [
      'servers that cannot be',
      'servers:\n  east: 10.0.0.11 (old)\n  East: { ip: 10.0.0.12, was: 10.0.0.12 }\n  west: 10.0.0.12\n  north: {}\n  "a/b": 10.0.0.14\n',
      /^lab\.yaml:7: servers\.a\/b: the name of a server has no spaces and none of \/ : \{ \}$/u,
    ],
    [
      'servers that contradict each other',
      'servers:\n  east: 10.0.0.11 (old)\n  East: { ip: 10.0.0.12, was: 10.0.0.12 }\n  west: 10.0.0.12\n  north: {}\n',
      /^lab\.yaml:3: servers\.east: server_ip is "10\.0\.0\.11 \(old\)"/u,
      'lab.yaml:4: servers.East: differs from east in letter case only; rename one of them',
      'lab.yaml:4: servers.East.was: is the same as ip; delete it',
      'lab.yaml:5: servers.west: has the address of East; a server has one name',
      'lab.yaml:6: servers.north.ip: is missing; write the address of the server',
    ],
  ] as const)('with %s: the error has file, line and field', (_what, text, ...expected) => {
    const errors = errorsOf(`version: 1\n${text}\n`);
    expect(errors).toEqual(
      expected.map((error): unknown => (typeof error === 'string' ? error : expect.stringMatching(error))),
    );
    expect(errors.join()).not.toContain('hunter2');
  });

  test('without a version: the error says what to change in a file of version 0.1', () => {
    expect(errorsOf('phones: []\n')).toEqual(['lab.yaml:1: version: is missing; write version: 1']);
    expect(errorsOf('version: 2\nphones: []\n')).toEqual([
      'lab.yaml:1: version: expected 1, the version of the format',
    ]);
    expect(errorsOf('# Lab\nurl: https://vicidial.example.com\nuser: { variable: u }\nphones: []\n')).toEqual([
      'lab.yaml:2: version: is missing, and this is a file of version 0.1. Write version: 1 and moved_from: 0.1, move url, user and password into provider, and write protect instead of deletion_protection (docs/guides/environments.md)',
    ]);
  });

  test('that does not exist: the error names it', () => {
    expect(errorsOf({}, 'lab.yaml')).toEqual(['lab.yaml: does not exist']);
  });
});
