import { parse } from 'yaml';
import { exportSystem } from '../../src/export/exported-system';
import { writeYaml, type YamlOptions } from '../../src/export/write-yaml';
import { awkwardRows, joinSamples, sampleSeats, type SampleRows } from '../../testing/sample-seats';
import { storedRows } from '../../testing/stored-rows';

const options: YamlOptions = { address: 'a/b', version: '1', settings: {}, environment: 'vicidial' };

interface File {
  readonly servers: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly seats: readonly Readonly<Record<string, unknown>>[];
  readonly phones: readonly Readonly<Record<string, unknown>>[];
  readonly aliases?: readonly Readonly<Record<string, unknown>>[];
}

function write(sample: SampleRows): { readonly text: string; readonly file: File } {
  const [text = ''] = writeYaml(exportSystem(storedRows(sample)), options).values();
  return { text, file: parse(text) as File };
}

/** A phone that differs from the others in what is given. */
function phone(extension: string, columns: Partial<SampleRows['phones'][number]> = {}): SampleRows['phones'][number] {
  const plain = { phone_login: extension, dialplan_number: extension, voicemail_id: extension };
  return {
    server_ip: '10.0.0.11',
    extension,
    phone_full_name: `Desk ${extension}`,
    outbound_cid: '7275551212',
    ...plain,
    ...columns,
  };
}

function sample(phones: SampleRows['phones'], aliases: SampleRows['aliases'] = []): SampleRows {
  return { servers: ['10.0.0.11'], phones, aliases };
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => String(first + index));

describe('an exported environment file', () => {
  test('has under sixty lines for 151 seats on three servers and thirty awkward phones', () => {
    const { text } = write(joinSamples(sampleSeats(151), awkwardRows()));
    expect(text.split('\n').length - 1).toBeLessThan(60);
  });

  test('recognises seats with their suffixes and phone aliases', () => {
    const { file } = write(sampleSeats(151));
    expect(file.servers).toEqual({
      server_10_10_10_11: { ip: '10.10.10.11', suffix: 'a' },
      server_10_10_10_12: { ip: '10.10.10.12', suffix: 'b' },
      server_10_10_10_13: { ip: '10.10.10.13', suffix: 'c' },
    });
    expect(file.seats).toEqual([
      {
        extensions: '2000-2150',
        local_gmt: '-5.00',
        phone_full_name: 'Seat {extension}{suffix}',
        protocol: 'SIP',
        voicemail_id: '{extension}',
        dialplan_number: '{extension}',
        alias: { alias_id: '{extension}', alias_name: '{extension}' },
      },
    ]);
    expect(file.phones).toBeUndefined();
    expect(file.aliases).toBeUndefined();
  });

  test('names the servers of seats whose phone alias lists them in another order', () => {
    const seats = sampleSeats(2);
    const aliases = seats.aliases.map((alias, index) =>
      index === 1 ? { ...alias, phone_logins: [...alias.phone_logins].reverse() } : alias,
    );
    const { file } = write({ ...seats, aliases });
    expect(file.seats.map(({ extension, servers }) => [extension, servers])).toEqual([
      ['2000', undefined],
      ['2001', ['server_10_10_10_13', 'server_10_10_10_12', 'server_10_10_10_11']],
    ]);
  });

  test('puts what seats have by their server among the defaults of the server', () => {
    const seats = sampleSeats(5);
    const phones = seats.phones.map((row) => ({ ...row, local_gmt: row.server_ip.endsWith('3') ? '-8.00' : '-5.00' }));
    const { file } = write({ ...seats, phones });
    expect(file.servers.server_10_10_10_13).toEqual({
      ip: '10.10.10.13',
      suffix: 'c',
      defaults: { local_gmt: '-8.00' },
    });
    expect(file.seats).toHaveLength(1);
    expect(file.seats[0]).not.toHaveProperty('local_gmt');
  });

  test('writes a phone that is no seat by itself, although its extension has seats', () => {
    const seats = sampleSeats(5);
    const phones = seats.phones.map((row) => (row.phone_login === '2002b' ? { ...row, phone_full_name: 'Boss' } : row));
    const { file } = write({ ...seats, phones });
    expect(file.seats).toMatchObject([{ extensions: ['2000', '2001', '2003', '2004'] }]);
    expect(file.phones).toHaveLength(3);
    expect(file.aliases).toMatchObject([{ alias_id: '2002', phone_logins: ['2002a', '2002b', '2002c'] }]);
  });

  test('finds the extension in values, but not in a number that contains it by accident', () => {
    const { file } = write(sample(range(72, 6).map((extension) => phone(extension))));
    expect(file.phones).toMatchObject([
      {
        extensions: '72-77',
        phone_full_name: 'Desk {extension}',
        outbound_cid: '7275551212',
        phone_login: '{extension}',
      },
    ]);
  });

  test('makes an exception of one phone within a range, and an entry of several that are alike', () => {
    const phones = range(55100, 50).map((extension, index) =>
      phone(
        extension,
        index === 5 ? { phone_full_name: 'Reception' } : index >= 40 && index < 43 ? { active: 'N' } : {},
      ),
    );
    const { file } = write(sample(phones));
    expect(file.phones).toMatchObject([
      { extensions: ['55100-55139', '55143-55149'], exceptions: { 55105: { phone_full_name: 'Reception' } } },
      { extensions: '55140-55142', active: 'N' },
    ]);
  });

  test('keeps leading zeros, and puts extensions of other lengths into other ranges', () => {
    const { file } = write(sample(['098', '099', '100', '101', '0100', '0101'].map((extension) => phone(extension))));
    expect(file.phones).toMatchObject([{ extensions: ['098-101', '0100', '0101'] }]);
  });

  test('says ~ where a default would set what is not managed', () => {
    const { file, text } = write(
      sample([
        phone('100'),
        phone('200', { active: 'N' }),
        phone('300', { outbound_cid: null }),
        phone('400', { on_hook_agent: 'Y' }),
      ]),
    );
    expect(file.defaults).toMatchObject({ phone_login: '{extension}' });
    expect(file.phones.find(({ extension }) => extension === '300')?.outbound_cid).toBeNull();
    expect(text).toContain('# Not managed: outbound_cid is empty.');
  });

  test('quotes what older programs read as another type', () => {
    const { text } = write(sample([phone('100', { phone_full_name: 'yes', active: 'N' })]));
    expect(text).toContain('phone_full_name: "yes"');
    expect(text).toContain('active: "N"');
    expect(text).toContain('extension: "100"');
  });

  test('split by server has a file for each, and logins of another file name it', () => {
    const files = writeYaml(exportSystem(storedRows(sampleSeats(2))), { ...options, splitServers: true });
    expect([...files.keys()]).toEqual([
      'vicidial-server_10_10_10_11.yaml',
      'vicidial-server_10_10_10_12.yaml',
      'vicidial-server_10_10_10_13.yaml',
    ]);
    const { aliases = [] } = parse([...files.values()][0] ?? '') as File;
    expect(aliases[0]?.phone_logins).toEqual([
      '2000a',
      { environment: 'vicidial-server_10_10_10_12', phone_login: '2000b' },
      { environment: 'vicidial-server_10_10_10_13', phone_login: '2000c' },
    ]);
  });
});
