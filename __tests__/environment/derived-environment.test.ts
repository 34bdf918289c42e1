import type { Environment } from '../../src';
import { phoneKey } from '../../src/environment/environment';
import { other, production, servers } from './derived-samples';
import { errorsOf, readFrom } from './environment-of';

function read(text: string, base = production): Environment {
  return readFrom({ 'production.yaml': base, 'lab.yaml': text });
}

function errors(text: string, base = production): string[] {
  return errorsOf({ 'production.yaml': base, 'lab.yaml': text });
}

function phone({ phones }: Environment, key: string) {
  return phones.find((each) => phoneKey(each) === key);
}

function loginsOf({ aliases }: Environment): Record<string, string[]> {
  return Object.fromEntries(
    aliases.map(({ alias_id, phone_logins = [] }) => [alias_id, phone_logins.map(({ login }) => login)]),
  );
}

describe('a derived environment', () => {
  test('has the phones and phone aliases of its base, on its own servers', () => {
    const lab = read(other + servers);
    expect(lab.phones.map(({ server, server_ip, extension }) => [server, server_ip, extension])).toEqual([
      ['east', '10.9.0.11', '55000'],
      ['east', '10.9.0.11', '55001'],
      ['west', '10.9.0.12', '56000'],
      ...['2000', '2001'].flatMap((seat) => [
        ['east', '10.9.0.11', seat],
        ['west', '10.9.0.12', seat],
      ]),
    ]);
    expect(phone(lab, 'east/55000')?.values).toEqual({
      ...{ protocol: 'SIP', email: 'desk@example.com', outbound_cid: '7275551212' },
      ...{ phone_login: '55000', admin_user_group: 'SALES' },
    });
    expect(loginsOf(lab)).toEqual(loginsOf(readFrom({ 'lab.yaml': production })));
  });

  test('follows a change of its base', () => {
    const changed = production.replace('protocol: SIP', 'protocol: IAX2');
    expect(phone(read(other + servers, changed), 'east/55000')?.values.protocol).toBe('IAX2');
  });

  test('changes any field by a mapping: a sum, a replacement, a template, a server', () => {
    const lab = read(`${other}servers: { lab: 10.9.0.11 }
mapping:
  servers: { east: lab, west: lab }
  extension: { add: 40000 }
  phone_login: "{phone_login}{server}"
  outbound_cid: { replace: "^7275", with: "9995" }
  phone_ring_timeout: { add: 5 }
  alias_id: "{alias_id}s"
  alias_name: { replace: s$, with: "" }
exceptions: { lab/42000: without, lab/42001: without }
without: { server: west, extension: "200*" }
`);
    expect(lab.phones.map(({ server, extension, values }) => [server, extension, values.phone_login])).toEqual([
      ['lab', '95000', '55000east'],
      ['lab', '95001', '55001east'],
      ['lab', '96000', '56000west'],
    ]);
    expect(lab.phones.map(({ values }) => [values.outbound_cid, values.phone_ring_timeout])).toEqual([
      ['9995551212', undefined],
      ['9995551300', undefined],
      ['9995551212', 50],
    ]);
    expect(lab.aliases.map(({ alias_id, alias_name }) => [alias_id, alias_name])).toEqual([
      ['deskss', 'Desk'],
      ['easts', 'East'],
    ]);
    expect(loginsOf(lab)).toEqual({
      deskss: ['55000east', '55001east', '56000west'],
      easts: ['55000east', '55001east'],
    });
    expect(lab.phones[0]?.origins).toMatchObject({
      server: { kind: 'mapping', file: 'lab.yaml', line: 6 },
      extension: { kind: 'mapping', file: 'lab.yaml', line: 7 },
      protocol: { kind: 'base', file: 'production.yaml', line: 6 },
    });
  });

  test('keeps leading zeros when numbers are added', () => {
    const zeros = production.replaceAll('"55000"', '"0099"');
    const lab = read(`${other}${servers}only: { extension: "0099" }\nmapping: { extension: { add: 2 } }\n`, zeros);
    expect(lab.phones.map(({ extension }) => extension)).toEqual(['0101']);
  });

  test('has one order: base, only and without, mapping, defaults, exceptions, additions', () => {
    const lab = read(`${other}${servers}only: { extension: "5500*" }
mapping: { email: "lab-{email}" }
defaults: { outbound_cid: "7275551299", protocol: IAX2, email: "{extension}@lab.example.com" }
exceptions: { east/55001: { protocol: SIP } }
phones:
  - { server: east, extension: "55001", outbound_cid: "7275551298" }
  - { server: west, extension: "57000", phone_login: "57000" }
`);
    expect(
      lab.phones.map(({ extension, values }) => [extension, values.outbound_cid, values.protocol, values.email]),
    ).toEqual([
      ['55000', '7275551299', 'IAX2', '55000@lab.example.com'],
      ['55001', '7275551298', 'SIP', '55001@lab.example.com'],
      ['57000', '7275551299', 'IAX2', '57000@lab.example.com'],
    ]);
    expect(phone(lab, 'east/55001')?.origins).toMatchObject({
      outbound_cid: { kind: 'addition', line: 10 },
      protocol: { kind: 'exception', line: 8 },
      email: { kind: 'default', line: 7 },
      phone_login: { kind: 'base', file: 'production.yaml', line: 9 },
    });
  });

  test('inherits what it leaves out, does not manage ~, and empties "", at every level', () => {
    const level = '{ email: "", protocol: ~ }';
    const expected = { outbound_cid: '7275551212', phone_login: '55000', admin_user_group: 'SALES', email: '' };
    for (const text of [
      `defaults: ${level}\n`,
      `exceptions: { east/55000: ${level} }\n`,
      `phones: [{ server: east, extension: "55000", email: "", protocol: ~ }]\n`,
      `servers: { east: { ip: 10.9.0.11, defaults: ${level} }, west: 10.9.0.12 }\n`,
    ])
      expect(phone(read(other + (text.startsWith('servers') ? '' : servers) + text), 'east/55000')?.values).toEqual(
        expected,
      );
  });

  test('has the defaults of its base in additions, with its own over them', () => {
    const lab = read(
      `${other}${servers}defaults: { outbound_cid: ~ }\nphones: [{ server: east, extension: "57000" }]\n`,
    );
    expect(phone(lab, 'east/57000')?.values).toEqual({ protocol: 'SIP', email: 'desk@example.com' });
  });

  test('may have ranges, seats and groups as additions', () => {
    const lab = read(`${other}servers: { east: 10.9.0.11, west: { ip: 10.9.0.12, suffix: w } }
seats: [{ extension: "3000" }]
phones: [{ server: east, extensions: 57000-57001, phone_login: "{extension}" }]
groups: { sales: { server: west, phones: [{ extension: "58000" }] } }
`);
    expect(lab.phones.slice(7).map((each) => [phoneKey(each), each.values.phone_login])).toEqual([
      ['west/58000', undefined],
      ['east/57000', '57000'],
      ['east/57001', '57001'],
      ['east/3000', '3000a'],
      ['west/3000', '3000w'],
    ]);
  });
});

describe('the phone aliases of a derived environment', () => {
  test('follow their phones through mapping and exceptions, and lose those that are left out', () => {
    const lab = read(`${other}${servers}mapping: { phone_login: "{phone_login}s" }
exceptions: { east/55000: { phone_login: reception }, west/56000: without, "alias:east": without, west/2001: without, east/2001: without }
`);
    expect(loginsOf(lab)).toEqual({ 2000: ['2000as', '2000bs'], desks: ['reception', '55001s'] });
  });

  test('follow additions through the next level', () => {
    const middle = `${other}${servers}phones: [{ server: east, extension: "57000", phone_login: "57000" }]
aliases:
  - { alias_id: desks, phone_logins: { add: ["57000"], remove: ["56000"] } }
  - { alias_id: own, alias_name: Own, phone_logins: ["57000", "55000"] }
`;
    const files = {
      'production.yaml': production,
      'middle.yaml': middle,
      'lab.yaml':
        'version: 1\nextends: middle\nmapping: { phone_login: "{phone_login}s", alias_id: "{alias_id}s" }\nonly: { extension: "5*" }\n',
    };
    const lab = readFrom(files);
    expect(loginsOf(lab)).toEqual({
      deskss: ['55000s', '55001s', '57000s'],
      easts: ['55000s', '55001s'],
      owns: ['57000s', '55000s'],
    });
    expect(lab.bases.map(({ name }) => name)).toEqual(['middle', 'production']);
  });

  test('merge by alias_id: a list replaces, add and remove change; what is left out stays', () => {
    const lab = read(`${other}${servers}aliases:
  - { alias_id: desks, phone_logins: ["56000"] }
  - { alias_id: EAST, alias_name: ~, protect: true }
exceptions: { "alias:2000": { alias_name: First, phone_logins: { remove: [2000b] } } }
`);
    expect(loginsOf(lab)).toEqual({
      2000: ['2000a'],
      2001: ['2001a', '2001b'],
      desks: ['56000'],
      east: ['55000', '55001'],
    });
    expect(lab.aliases.map(({ alias_name, protect }) => [alias_name, protect])).toEqual([
      ['First', undefined],
      ['Seat 2001', undefined],
      ['Desks', undefined],
      [undefined, true],
    ]);
  });
});

describe('what a base has for its own state and system', () => {
  const stateful = `${production}backend: { s3: { bucket: states, key: production } }
moved: [{ from: vicidial_phone.a, to: vicidial_phone.phone-east-55000 }]
removed: [vicidial_phone.b]
imports: all
moved_from: 0.1
`.replace('protocol: SIP,', 'protocol: SIP, protect: true,');

  test('is not inherited, and the environment says so', () => {
    const lab = read(other + servers, stateful);
    expect(lab).toMatchObject({
      backend: undefined,
      moved: undefined,
      removed: undefined,
      imports: undefined,
      movedFrom: undefined,
    });
    expect(lab.phones.every(({ values }) => values.protect === undefined)).toBe(true);
    expect(lab.provider).toEqual({ url: 'https://lab.example.com/vicidial/non_agent_api.php', max_concurrency: 4 });
    expect(lab.notInherited).toEqual([
      'provider.password',
      'provider.system_name',
      'backend',
      'moved',
      'removed',
      'imports',
      'protect',
    ]);
  });

  test('is in the derived environment where that says it itself', () => {
    const lab = read(
      `${other}${servers}defaults: { protect: true }\nimports: [east/55000]\nbackend: { local: {} }\n`,
      stateful,
    );
    expect(lab.phones.every(({ values }) => values.protect === true)).toBe(true);
    expect(lab.notInherited).toEqual(['provider.password', 'provider.system_name', 'moved', 'removed']);
  });

  test('a write-only password has to be written again, and its version is not inherited without it', () => {
    const secret = production.replace('SIP,', 'SIP, phone_pass_wo: { variable: agents }, phone_pass_wo_version: 3,');
    expect(errors(other + servers, secret)).toEqual([expect.stringContaining('defaults.phone_pass_wo: is missing')]);
    const lab = read(`${other}${servers}defaults: { phone_pass_wo: ~, phone_pass: { variable: lab } }\n`, secret);
    expect(lab.phones.every(({ values }) => values.phone_pass_wo_version === undefined)).toBe(true);
  });

  test('the secrets of phones have to be written again', () => {
    const secret = production.replace('protocol: SIP,', 'protocol: SIP, phone_pass: { variable: phone_pass },');
    expect(errors(other + servers, secret)).toEqual([
      'lab.yaml:2: defaults.phone_pass: is missing; production sets it (production.yaml:6), and secrets are not inherited. Write a variable of this environment, such as phone_pass: { variable: phone_pass }, or phone_pass: ~ to leave it unmanaged',
    ]);
    const lab = (value: string) => read(`${other}${servers}defaults: { phone_pass: ${value} }\n`, secret);
    expect(phone(lab('{ variable: lab_pass }'), 'east/55000')?.values.phone_pass).toEqual({ variable: 'lab_pass' });
    expect(phone(lab('~'), 'east/55000')?.values).not.toHaveProperty('phone_pass');
  });

  test('addresses of servers are not inherited for another system', () => {
    expect(errors(`${other}servers: { east: 10.9.0.11 }\n`)).toEqual([
      'lab.yaml:4: servers.west.ip: is missing; 3 phones of production are on this server, and addresses are not inherited for another system (provider.url). Write the address, or map the server: mapping: { servers: { west: OWN_SERVER } }',
    ]);
    expect(
      read(
        'version: 1\nextends: production\nmapping: { phone_login: "{phone_login}s", extension: { add: 1000 }, alias_id: "x{alias_id}" }\n',
      ).phones[0],
    ).toMatchObject({
      server_ip: '10.0.0.11',
    });
  });

  test('objects that both would have on one system are a warning', () => {
    const { warnings } = read(
      'version: 1\nextends: production\nmapping: { extension: { add: 1000 }, alias_id: { replace: "^d", with: x } }\n',
    );
    expect(warnings).toEqual([
      {
        severity: 'warning',
        file: 'lab.yaml',
        line: 2,
        field: 'extends',
        message:
          'east/56000, east/56001, west/57000 and 7 others would have the key or phone_login of an object of production, which is of the same system (provider.url): map them, or leave them out',
      },
    ]);
    expect(read(other + servers).warnings).toEqual([]);
    expect(read('version: 1\nextends: production\n', `abstract: true\n${production}`).warnings).toEqual([]);
  });
});

describe('an abstract base', () => {
  test('may leave out addresses of servers, which the derived environment gives', () => {
    const base = 'version: 1\nabstract: true\nservers: { east: { suffix: a } }\nseats: [{ extension: "2000" }]\n';
    const lab = read('version: 1\nextends: production\nservers: { east: { ip: 10.0.0.11 } }\n', base);
    expect(lab.phones).toMatchObject([{ server_ip: '10.0.0.11', values: { phone_login: '2000a' } }]);
    expect(errors('version: 1\nextends: production\n', base)).toEqual([
      expect.stringMatching(/^lab\.yaml:1: servers\.east\.ip: is missing; /u),
    ]);
  });
});
