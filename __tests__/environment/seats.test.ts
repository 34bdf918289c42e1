import { errorsOf, readFrom } from './environment-of';

describe('seats', () => {
  const servers =
    'version: 1\nservers: { east: { ip: 10.0.0.11, suffix: a }, west: { ip: 10.0.0.12, suffix: b }, lab: 10.0.0.13 }\n';
  const read = (text: string) => readFrom({ 'lab.yaml': servers + text });
  const loginsOf = ({ aliases }: ReturnType<typeof read>) =>
    aliases.map(({ alias_id, alias_name, phone_logins }) => [
      alias_id,
      alias_name,
      phone_logins?.map(({ login }) => login),
    ]);

  test('have a phone on each server with a suffix, and a phone alias over them', () => {
    const environment = read(
      'defaults: { phone_login: "{extension}" }\nseats: [{ extensions: 2000-2001, phone_full_name: "Seat {extension} {server}" }]\n',
    );
    expect(environment.phones.map(({ server, extension, values }) => [server, extension, values])).toEqual([
      ['east', '2000', { phone_login: '2000a', phone_full_name: 'Seat 2000 east' }],
      ['west', '2000', { phone_login: '2000b', phone_full_name: 'Seat 2000 west' }],
      ['east', '2001', { phone_login: '2001a', phone_full_name: 'Seat 2001 east' }],
      ['west', '2001', { phone_login: '2001b', phone_full_name: 'Seat 2001 west' }],
    ]);
    expect(loginsOf(environment)).toEqual([
      ['2000', 'Seat 2000', ['2000a', '2000b']],
      ['2001', 'Seat 2001', ['2001a', '2001b']],
    ]);
    expect(environment.phones[0]?.origins.phone_login).toMatchObject({ kind: 'seat', line: 4 });
  });

  test('keep their logins when a server is added', () => {
    const text = 'seats: [{ extension: "2000" }]\n';
    const before = read(text).phones.map(({ values }) => values.phone_login);
    const added = readFrom({
      'lab.yaml': servers.replace('{ east', '{ north: { ip: 10.0.0.14, suffix: c }, east') + text,
    });
    expect(added.phones.map(({ values }) => values.phone_login)).toEqual(['2000c', ...before]);
  });

  test('may name servers, the login and the alias, and have exceptions by extension, or server and extension', () => {
    const environment = read(`seats:
  - extensions: 2000-2003
    servers: [west, lab]
    phone_login: "{extension}-{server}"
    alias: { alias_id: "seat{extension}", alias_name: "Seat {index}" }
    exceptions:
      "2001": { alias: { alias_name: Reception, protect: true } }
      "2002": without
      "lab/2003": without
      "west/2000": { protocol: IAX2 }
`);
    expect(loginsOf(environment)).toEqual([
      ['seat2000', 'Seat 1', ['2000-west', '2000-lab']],
      ['seat2001', 'Reception', ['2001-west', '2001-lab']],
      ['seat2003', 'Seat 4', ['2003-west']],
    ]);
    expect(environment.aliases.map(({ protect }) => protect)).toEqual([undefined, true, undefined]);
    expect(environment.phones.map(({ values }) => values.protocol)).toEqual([
      'IAX2',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('have no phone alias where alias is ~', () => {
    expect(read('seats: [{ extension: "2000", alias: ~ }]\n').aliases).toEqual([]);
    expect(loginsOf(read('seats: [{ extensions: 2000-2001, exceptions: { "2000": { alias: ~ } } }]\n'))).toEqual([
      ['2001', 'Seat 2001', ['2001a', '2001b']],
    ]);
  });

  test.each([
    [
      'no server with a suffix',
      'version: 1\nservers: { east: 10.0.0.11 }\nseats: [{ extension: "2000" }]\n',
      'lab.yaml:3: seats.0: no server has a suffix; name the servers, or give each a suffix',
    ],
    [
      'a server without a suffix',
      `${servers}seats: [{ extension: "2000", servers: [lab] }]\n`,
      'lab.yaml:3: seats.0: {suffix} is the suffix of the server, and this server has none',
    ],
    [
      'an unknown server',
      `${servers}seats: [{ extension: "2000", servers: [eest] }]\n`,
      'lab.yaml:3: seats.0.servers: unknown server "eest"; did you mean east?',
    ],
    [
      'an exception that matches nothing',
      `${servers}seats: [{ extensions: 2000-2001, exceptions: { "2010": without } }]\n`,
      'lab.yaml:3: seats.0.exceptions.2010: matches no extension of this entry; did you mean "2000"?',
    ],
    [
      'a phone alias that the file has too',
      `${servers}seats: [{ extension: "2000" }]\naliases: [{ alias_id: "2000", alias_name: Desk, phone_logins: [2000a] }]\n`,
      'lab.yaml:4: aliases.0.alias_id: this file already has phone alias 2000 (lab.yaml:3) (case-insensitive); remove one of them',
    ],
  ])('with %s are an error', (_what, text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });
});
