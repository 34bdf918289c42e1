import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSides, type CompareOptions, type Comparison } from '../../src/compare/compare';
import { markdownReport, summaryLine, textReport } from '../../src/compare/comparison-report';
import { environmentSide, environmentSides } from '../../src/compare/environment-side';
import { mappingOf } from '../../src/compare/mapping';
import { systemSide } from '../../src/compare/system-side';
import { folderSource } from '../../src/environment/file-source';
import { EnvironmentReader } from '../../src/environment/read-environment';
import { exportSystem } from '../../src/export/exported-system';
import { writeYaml } from '../../src/export/write-yaml';
import { awkwardRows, joinSamples, sampleSeats, type SampleRows } from '../../testing/sample-seats';
import { storedRows } from '../../testing/stored-rows';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();
const secrets = '{ phone_pass: { variable: phone_pass }, registration_password: ~ }';

const production = `version: 1
provider: { url: http://127.0.0.1/api.php }
servers: { east: { ip: 10.0.0.11, suffix: a }, west: { ip: 10.0.0.12, suffix: b } }
defaults: { protocol: SIP, local_gmt: "-5.00", phone_pass: { variable: phone_pass } }
seats: [{ extensions: 2000-2004, phone_full_name: "Seat {extension}" }]
phones: [{ server: east, extension: "55000", phone_login: "55000", phone_full_name: Desk }]
aliases: [{ alias_id: desks, alias_name: Desks, phone_logins: ["55000", 2000a] }]
`;

const staging = `version: 1
extends: production
provider: { url: http://127.0.0.1/staging.php }
servers: { lab: { ip: 10.9.0.1, suffix: a }, west: { ip: 10.9.0.2 } }
defaults: ${secrets}
mapping: { servers: { east: lab }, extension: { add: 40000 }, phone_login: "{phone_login}s", alias_id: "{alias_id}s" }
without: { extension: "2004" }
`;

/** Writes environments and returns a reader of them. */
function readerOf(files: Readonly<Record<string, string>>): EnvironmentReader {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(temporary.path, `${name}.yaml`), text);
  return new EnvironmentReader(folderSource(temporary.path));
}

function compareEnvironments(
  files: Readonly<Record<string, string>>,
  [a, b]: readonly [string, string],
  options?: CompareOptions,
): Comparison {
  const reader = readerOf(files);
  return compareSides(...environmentSides(reader.read(a), reader.read(b), (name) => reader.read(name)), options);
}

/** The differing fields of each object. */
function fieldsOf({ phones, aliases }: Comparison): string[] {
  return [...phones.different, ...aliases.different].map(
    ({ a, fields }) => `${a}: ${fields.map((field) => `${field.field} ${field.class}`).join(', ')}`,
  );
}

describe('two environments', () => {
  test('are the same where the names and values are, in any order of the file', () => {
    const copy = production.replace(
      '{ server: east, extension: "55000", phone_login: "55000",',
      '{ phone_login: "55000", extension: "55000", server: east,',
    );
    const comparison = compareEnvironments({ production, copy }, ['production', 'copy']);
    expect(comparison).toMatchObject({ isSame: true, phones: { same: 11 }, aliases: { same: 6 } });
    expect(textReport(comparison)).toBe('');
  });

  test('differ by changed values, values that one does not manage, other variables, and phones of one', () => {
    const other = production
      .replace('phone_full_name: Desk', 'phone_full_name: Front desk, active: "N"')
      .replace('2000-2004', '2000-2003')
      .replace('phone_logins: ["55000", 2000a]', 'phone_logins: [2000a]')
      .replace('phone_pass: { variable: phone_pass }', 'phone_pass: { variable: other }');
    const comparison = compareEnvironments({ production, other }, ['production', 'other']);
    expect(comparison.isSame).toBe(false);
    expect(fieldsOf(comparison)).toContain('east/55000: phone_pass secret, phone_full_name changed, active unmanaged');
    expect(fieldsOf(comparison)).toContain('alias:desks: phone_logins changed');
    expect(comparison.phones.onlyInA).toEqual(['east/2004', 'west/2004']);
    const text = textReport(comparison);
    expect(text).toContain('    phone_full_name: "Desk" -> "Front desk"\n');
    expect(text).toContain('    active: not managed -> "N"\n');
    expect(text).toContain('    phone_pass: different\n');
    expect(text).toContain('- phone alias alias:2004 (only in production)\n');
    expect(markdownReport(comparison)).toContain('| phone east/55000 | active | not managed | "N" |');
  });

  test('differ in the same logins in another order in nothing', () => {
    const other = production.replace('["55000", 2000a]', '[2000a, "55000"]');
    expect(compareEnvironments({ production, other }, ['production', 'other']).isSame).toBe(true);
  });

  test('of which one extends the other have no differences but what extends explains', () => {
    const comparison = compareEnvironments({ production, staging }, ['production', 'staging']);
    expect(comparison).toMatchObject({ isSame: true, phones: { same: 9 }, aliases: { same: 5 } });
    expect(comparison.explained).toBeGreaterThan(0);
    expect(summaryLine(comparison)).toContain('explained by extends (--all shows them)');

    const all = compareEnvironments({ production, staging }, ['production', 'staging'], { all: true });
    expect(fieldsOf(all)).toContain('east/55000: phone_login changed');
    expect(all.phones.onlyInA).toEqual(['east/2004', 'west/2004']);
  });

  test('that extend the same base through one or two others are paired by it', () => {
    const lab =
      'version: 1\nextends: staging\nservers: { lab: 10.8.0.1, west: 10.8.0.2 }\nprovider: { url: http://127.0.0.1/lab.php }\n' +
      `defaults: ${secrets}\nmapping: { phone_login: "{phone_login}l" }\n`;
    expect(compareEnvironments({ production, staging, lab }, ['production', 'lab'])).toMatchObject({
      isSame: true,
      phones: { same: 9 },
    });
    const changed = production.replace('extends: production', '').replace('Desk,', 'Desk,');
    expect(changed).toBe(production);
    const sibling = staging.replace('without: { extension: "2004" }', 'exceptions: { "lab/95000": { active: "N" } }');
    const siblings = compareEnvironments({ production, staging, sibling }, ['staging', 'sibling'], { all: true });
    expect(fieldsOf(siblings)).toEqual(['lab/95000: active unmanaged']);
    expect(siblings.phones.onlyInB).toEqual(['lab/42004', 'west/42004']);
  });

  test('are compared without the fields that are ignored', () => {
    const other = production.replace('phone_full_name: Desk', 'phone_full_name: Front desk');
    const options = { ignore: ['phone_full_name'] };
    expect(compareEnvironments({ production, other }, ['production', 'other'], options).isSame).toBe(true);
  });
});

test('a phone alias whose list could not be read is compared without it', () => {
  const sideOf = (values: Readonly<Record<string, string>>) =>
    systemSide('system', { phones: [], aliases: [{ values: { alias_id: 'desks', ...values } }] });
  const environment = environmentSide(readerOf({ production }).read('production'));
  const [desks] = compareSides(environment, sideOf({ alias_name: 'Other' })).aliases.different;
  expect(desks?.fields.map(({ field }) => field)).toEqual(['alias_name']);
  expect(compareSides(sideOf({ alias_name: 'a' }), sideOf({ alias_name: 'a' })).aliases.different).toEqual([]);
});

const sample = joinSamples(sampleSeats(10), awkwardRows());

describe('an environment and a system', () => {
  const exported = () => {
    const files = writeYaml(exportSystem(storedRows(sample)), {
      address: 'a/b',
      version: '1',
      settings: { url: 'http://127.0.0.1/api.php' },
      environment: 'exported',
    });
    return environmentSide(readerOf({ exported: files.get('exported.yaml') ?? '' }).read('exported'));
  };

  test('are the same right after an export, except what cannot be exported', () => {
    const comparison = compareSides(exported(), systemSide('system', storedRows(sample)));
    expect(comparison).toMatchObject({ phones: { different: [], onlyInA: [], onlyInB: ['10.10.10.11/9.9'] } });
    expect(comparison.aliases).toMatchObject({ different: [], onlyInA: [], onlyInB: [] });
    expect(comparison.unmanaged).toBeGreaterThan(0);
  });

  test('differ where a value was changed by hand, and not where it is not managed', () => {
    const phones = sample.phones.map((row) =>
      row.extension === '9000' ? { ...row, phone_full_name: 'By hand', phone_ring_timeout: '99' } : row,
    );
    const comparison = compareSides(exported(), systemSide('system', storedRows({ ...sample, phones })));
    expect(fieldsOf(comparison)).toEqual(['server_10_10_10_11/9000: phone_full_name changed']);
  });
});

describe('two systems', () => {
  const rename = (
    rows: SampleRows,
    change: (row: SampleRows['phones'][number]) => SampleRows['phones'][number],
  ): SampleRows => ({
    ...rows,
    phones: rows.phones.map(change),
  });

  test('differ by password without showing one', () => {
    const other = rename(sample, (row) => (row.extension === '9000' ? { ...row, phone_pass: 'changedSecret' } : row));
    const comparison = compareSides(systemSide('a', storedRows(sample)), systemSide('b', storedRows(other)));
    expect(fieldsOf(comparison)).toEqual(['10.10.10.11/9000: phone_pass secret']);
    for (const text of [textReport(comparison), markdownReport(comparison), JSON.stringify(comparison)]) {
      expect(text).not.toMatch(/changedSecret|agentPass/u);
    }
  });

  test('are paired through the mapping of an environment, whose changes are explained', () => {
    const reader = readerOf({ production, staging });
    const mapping = mappingOf(reader.read('staging'), (name) => reader.read(name));
    const phone = (server_ip: string, extension: string, login: string) =>
      ({ server_ip, extension, phone_login: login, phone_full_name: 'Desk' }) as SampleRows['phones'][number];
    const rowsOf = (row: SampleRows['phones'][number], id: string) =>
      storedRows({
        servers: [],
        phones: [row],
        aliases: [{ alias_id: id, alias_name: 'Desks', phone_logins: [row.phone_login ?? ''] }],
      });
    const a = systemSide('production', rowsOf(phone('10.0.0.11', '55000', '55000'), 'desks'), mapping.keys);
    const b = systemSide('staging', rowsOf(phone('10.9.0.1', '95000', '55000s'), 'deskss'));
    const comparison = compareSides(a, b, { explains: mapping.explains });
    expect(comparison).toMatchObject({ isSame: true, explained: 1, phones: { same: 1 }, aliases: { same: 1 } });
    const wrong = systemSide('staging', rowsOf(phone('10.9.0.1', '95000', '55000x'), 'deskss'));
    expect(fieldsOf(compareSides(a, wrong, { explains: mapping.explains }))).toEqual([
      '10.0.0.11/55000: phone_login changed',
    ]);
  });
});
