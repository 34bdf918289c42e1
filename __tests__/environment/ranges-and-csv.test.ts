import { readCsv } from '../../src/environment/csv-file';
import { errorsOf, readFrom } from './environment-of';

const head = 'version: 1\nservers: { east: { ip: 10.0.0.11 }, west: { ip: 10.0.0.12 } }\n';

function phonesOf(text: string, csv = '') {
  return readFrom({ 'lab.yaml': head + text, 'agents.csv': csv }).phones;
}

describe('a range', () => {
  test('has a phone for each extension, with {extension}, {index} and {server} in its values', () => {
    const phones = phonesOf(
      'phones:\n  - { server: east, extensions: 0098-0100, phone_login: "{extension}", phone_full_name: "Desk {index} on {server}" }\n',
    );
    expect(phones.map(({ extension, values }) => [extension, values])).toEqual([
      ['0098', { phone_login: '0098', phone_full_name: 'Desk 1 on east' }],
      ['0099', { phone_login: '0099', phone_full_name: 'Desk 2 on east' }],
      ['0100', { phone_login: '0100', phone_full_name: 'Desk 3 on east' }],
    ]);
    expect(phones[0]?.origins.phone_login).toEqual({
      kind: 'range',
      file: 'lab.yaml',
      line: 4,
      field: 'phones.0.phone_login',
    });
  });

  test('may be a list of ranges and extensions', () => {
    expect(
      phonesOf('phones: [{ server: east, extensions: [55100-55101, "0099", 55200] }]\n').map(
        ({ extension }) => extension,
      ),
    ).toEqual(['55100', '55101', '0099', '55200']);
  });

  test('has exceptions by extension, changed or left out; the index of the others stays the same', () => {
    const phones = phonesOf(`phones:
  - server: east
    extensions: 55100-55103
    phone_full_name: "Desk {index}"
    email: desk@example.com
    exceptions:
      "55101": { phone_full_name: "Reception {extension}", email: ~ }
      55102: without
      east/55103: { protocol: IAX2 }
`);
    expect(phones.map(({ extension, values }) => [extension, values])).toEqual([
      ['55100', { phone_full_name: 'Desk 1', email: 'desk@example.com' }],
      ['55101', { phone_full_name: 'Reception 55101' }],
      ['55103', { phone_full_name: 'Desk 4', email: 'desk@example.com', protocol: 'IAX2' }],
    ]);
    expect(phones[1]?.origins.phone_full_name).toMatchObject({ kind: 'exception', line: 9 });
  });

  test('with an exception that matches nothing is an error', () => {
    expect(
      errorsOf(
        `${head}phones:\n  - server: east\n    extensions: 55100-55103\n    exceptions:\n      "55104": without\n      "9": without\n      0098: without\n`,
      ),
    ).toEqual(['lab.yaml:9: phones.0.exceptions.98: 0098 has leading zeros, which YAML drops; write "0098"']);
    expect(
      errorsOf(
        `${head}phones:\n  - server: east\n    extensions: 55100-55103\n    exceptions:\n      "55104": without\n      "9": without\n`,
      ),
    ).toEqual([
      'lab.yaml:7: phones.0.exceptions.55104: matches no extension of this entry; did you mean "55100"?',
      'lab.yaml:8: phones.0.exceptions.9: matches no extension of this entry',
    ]);
  });

  test('that is none is an error, and so is a value that is too long', () => {
    expect(
      errorsOf(
        `${head}phones:\n  - { server: east, extensions: [55149-55100] }\n  - { server: east, extensions: 55200-55201, phone_login: "{extension}-of-the-east" }\n  - { server: east, extension: "1", extensions: 2-3, csv: x.csv }\n`,
      ),
    ).toEqual(['lab.yaml:6: phones.2: has more than one of extension, extensions and csv; write one of them']);
    expect(
      errorsOf(
        `${head}phones:\n  - { server: east, extensions: [55149-55100] }\n  - { server: east, extensions: 55200-55201, phone_login: "{extension}-of-the-east" }\n`,
      ),
    ).toEqual([
      'lab.yaml:4: phones.0.extensions.0: the range 55149-55100 ends before it begins; write 55100-55149',
      expect.stringMatching(/^lab\.yaml:5: phones\.1\.phone_login: phone_login has 17 characters; /u),
    ]);
  });
});

/** CSV files with their errors; empty where there is no file. */
const invalidFiles: readonly (readonly [string, string, ...(string | RegExp)[]])[] = [
  [
    'is not there',
    '',
    'lab.yaml:3: phones.0.csv: environments/agents.csv does not exist; the path is relative to the folder of this file',
  ],
  [
    'has unknown columns',
    'extension,phone_logn,ringing\n',
    'agents.csv:1: unknown column "phone_logn"; did you mean phone_login?',
    /^agents\.csv:1: unknown column "ringing"; columns: server, extension, /u,
  ],
  [
    'has a column twice and no extension',
    'email,email\n',
    'agents.csv:1: has the column email twice',
    'agents.csv:1: has no column extension',
  ],
  [
    'has passwords',
    'extension,phone_pass\n55000,hunter2\n',
    /^agents\.csv:2: phone_pass: secrets must not be written in this file/u,
  ],
  [
    'has values that cannot be',
    'extension,protocol,phone_ring_timeout,protect\n55000,PJSIP,soon,maybe\n,SIP,,\n',
    'agents.csv:2: phone_ring_timeout: expected a number without quotes',
    'agents.csv:2: protect: expected true or false without quotes',
    'agents.csv:3: extension: is missing',
  ],
  [
    'has a value that VICIdial would refuse',
    'extension,protocol\n55000,PJSIP\n',
    /^agents\.csv:2: protocol: protocol is "PJSIP"; /u,
  ],
  ['has too many cells', 'extension,email\n55000,a@example.com,x\n', 'agents.csv:2: has 3 cells, and the first row 2'],
  ['has an open quote', 'extension,email\n55000,"a\n', /^agents\.csv:\d: Quote Not Closed/u],
  [
    'repeats a phone',
    'extension,phone_login\n55000,a1\n55000,a2\n',
    'agents.csv:3: extension: this server already has phone 55000 in this file (agents.csv:2); remove one of them',
  ],
];

describe('a CSV file', () => {
  const entry = 'phones: [{ csv: agents.csv, server: east, protocol: SIP, phone_login: "{extension}" }]\n';

  test('has a phone in each row; an empty cell is not set, ~ is not managed, a quoted empty cell is empty', () => {
    const csv =
      'extension,server,phone_login,email,protocol,phone_ring_timeout,protect\n0098,,,"",~,45,TRUE\n55001,west,agent,,IAX2,,\n';
    const phones = phonesOf(entry, csv);
    expect(phones.map(({ server, extension, values }) => [server, extension, values])).toEqual([
      ['east', '0098', { phone_login: '0098', email: '', phone_ring_timeout: 45, protect: true }],
      ['west', '55001', { phone_login: 'agent', protocol: 'IAX2' }],
    ]);
    expect(phones[1]?.origins).toMatchObject({
      protocol: { kind: 'csv', file: 'agents.csv', line: 3, field: 'protocol' },
      server: { kind: 'csv', file: 'agents.csv', line: 3 },
    });
  });

  test.each([
    ['a byte order mark, CRLF and semicolons', '\uFEFFextension;phone_full_name\r\n55000;"Desk; 1"\r\n', 'Desk; 1'],
    ['tabs', 'extension\tphone_full_name\n55000\tDesk, 1\n', 'Desk, 1'],
    ['a first line with the separator', 'sep=;\r\nextension;phone_full_name\r\n55000;Desk\r\n', 'Desk'],
    ['empty rows and spaces around cells', 'extension, phone_full_name\n,\n 55000 , Desk \n,\n\n', 'Desk'],
    ['quotes in quotes and no line end at the end', 'extension,phone_full_name\n55000,"Desk ""A"""', 'Desk "A"'],
  ])('may have %s', (_what, csv, name) => {
    const { rows, problems } = readCsv('agents.csv', Buffer.from(csv), true);
    expect(problems).toEqual([]);
    expect(rows.map(({ layer }) => layer.values.phone_full_name)).toEqual([name]);
  });

  const rows = invalidFiles.map(([what, csv, ...expected]) => [what, csv, expected] as const);
  test.each(rows)('that %s is an error with its line', (_what, csv, expected) => {
    const errors = errorsOf({ 'lab.yaml': head + entry, ...(csv === '' ? {} : { 'agents.csv': csv }) });
    expect(errors).toEqual(
      expected.map((error): unknown => (typeof error === 'string' ? error : expect.stringMatching(error))),
    );
    expect(errors.join()).not.toContain('hunter2');
  });

  test('that is not UTF-8 is an error that says how to save it', () => {
    const files = { 'lab.yaml': head + entry };
    // B\xfcro in latin1.
    const bytes = Buffer.concat([Buffer.from('extension,email\n'), Buffer.from([0x42, 0xfc, 0x0a])]);
    const source = { ...files, 'agents.csv': bytes };
    expect(errorsOf(source)).toEqual(['agents.csv:1: is not UTF-8; in the spreadsheet, save it as "CSV UTF-8"']);
  });

  test('needs a server, from its entry or its rows', () => {
    expect(
      errorsOf({ 'lab.yaml': `${head}phones: [{ csv: agents.csv }]\n`, 'agents.csv': 'extension\n55000\n' }),
    ).toEqual(['agents.csv:1: has no column server, and the entry of the environment names none']);
  });
});
