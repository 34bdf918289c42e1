import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readEnvironment } from '../../src/environment/read-environment';
import { phoneAliasName, phoneName } from '../../src/environment/resource-names';
import { exportSystem, type ExportedSystem } from '../../src/export/exported-system';
import { writeYaml } from '../../src/export/write-yaml';
import { awkwardRows, joinSamples, sampleSeats, type SampleRows } from '../../testing/sample-seats';
import { storedRows } from '../../testing/stored-rows';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();
const provenance = {
  address: 'a/b',
  version: '1',
  settings: { url: 'http://127.0.0.1/api.php' },
  environment: 'vicidial',
};

type Objects = Readonly<Record<string, unknown>>;

/** What an export declares, by the names of the resources. */
function declared({ servers, aliases }: ExportedSystem): Objects {
  const phones = servers.flatMap(({ name, ip, phones: all }) =>
    all.map(({ extension, values }) => [phoneName(name, extension), { server_ip: ip, extension, ...values }]),
  );
  return Object.fromEntries([
    ...phones,
    ...aliases.map(({ id, values }) => [phoneAliasName(id), { alias_id: id, ...values }]),
  ]) as Objects;
}

/** What the environment file declares, read as a user's file is read. */
function written(system: ExportedSystem, { splitServers = false } = {}): Objects {
  const files = writeYaml(system, { ...provenance, splitServers });
  for (const [name, text] of files) writeFileSync(join(temporary.path, name), text);
  const environments = [...files.keys()].map((name) => readEnvironment(join(temporary.path, name)));
  return Object.fromEntries(
    environments.flatMap(({ phones, aliases }) => [
      ...phones.map(({ server, server_ip, extension, values }) => {
        const plain = Object.entries(values).filter(([, value]) => typeof value !== 'object');
        return [phoneName(server, extension), { server_ip, extension, ...Object.fromEntries(plain) }] as const;
      }),
      ...aliases.map(
        ({ alias_id, alias_name, phone_logins }) =>
          [
            phoneAliasName(alias_id),
            withoutUndefined({ alias_id, alias_name, phone_logins: phone_logins?.map(({ login }) => login) }),
          ] as const,
      ),
    ]),
  );
}

function withoutUndefined(values: Objects): Objects {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const sample = joinSamples(sampleSeats(20), awkwardRows());

const fields = {
  phone_full_name: fc.constantFrom('Desk', 'Reception', 'Desk {extension}', 'Desk {extension}{suffix}', 'no'),
  local_gmt: fc.constantFrom('-5.00', '-8.00', '5.00'),
  outbound_cid: fc.constantFrom('7275551212', '7275551213', ''),
  active: fc.constantFrom('Y' as const, 'N' as const),
  voicemail_id: fc.constantFrom('{extension}', '8500', ''),
  phone_ring_timeout: fc.constantFrom('60', '45'),
};
const suffixes: Readonly<Record<string, string>> = { '10.0.0.1': 'a', '10.0.0.2': 'b', '10.0.0.3': '' };

/**
 * Systems with seats that are not quite alike, ranges with holes, and logins of all sorts. Phones have one of a few
 * profiles, or else no two of them would have much in common.
 */
const systems: fc.Arbitrary<SampleRows> = fc
  .array(fc.record(fields), { minLength: 1, maxLength: 3 })
  .chain((profiles) =>
    fc.uniqueArray(
      fc.record({
        server_ip: fc.constantFrom(...Object.keys(suffixes)),
        extension: fc.oneof(
          fc.integer({ min: 98, max: 108 }).map(String),
          fc.constantFrom('0100', 'desk-1', '10-12', '5to6'),
        ),
        login: fc.constantFrom('{extension}{suffix}', '{extension}{suffix}', 'own'),
        profile: fc.constantFrom(...profiles),
      }),
      { maxLength: 30, selector: ({ server_ip, extension }) => `${server_ip}/${extension}` },
    ),
  )
  .map((drafts) => drafts.map(({ profile, ...draft }) => ({ ...draft, ...profile })))
  .map((drafts) => {
    const phones = drafts.map(({ login, ...columns }, index) => {
      const fill = (text: string) =>
        text.replaceAll('{extension}', columns.extension).replaceAll('{suffix}', suffixes[columns.server_ip] ?? '');
      const phone_login = login === 'own' ? `own${index}` : fill(login);
      const filled = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, fill(value)]));
      return { ...filled, phone_login, dialplan_number: columns.extension } as unknown as SampleRows['phones'][number];
    });
    const extensions = [...new Set(phones.map(({ extension }) => extension))];
    const aliases = extensions.map((extension, index) => ({
      alias_id: index % 3 === 0 ? `alias${index}` : extension,
      alias_name: index % 4 === 0 ? 'Alias' : `Seat ${extension}`,
      phone_logins: phones
        .filter((phone) => phone.extension === extension)
        .map(({ phone_login }) => phone_login ?? '')
        .sort((a, b) => (a < b === (index % 2 === 0) ? 1 : -1)),
    }));
    return { servers: Object.keys(suffixes), phones, aliases };
  });

describe('an exported environment file, read again,', () => {
  test('declares what was exported, for seats and awkward phones', () => {
    const system = exportSystem(storedRows(sample));
    expect(written(system)).toEqual(declared(system));
  });

  test('declares what was exported with all fields', () => {
    const system = exportSystem(storedRows(sample), { allFields: true });
    expect(written(system)).toEqual(declared(system));
  });

  test('declares the same where each server has a file of its own', () => {
    const system = exportSystem(storedRows(sample));
    expect(written(system, { splitServers: true })).toEqual(declared(system));
  });

  test('declares what was exported of any system', () => {
    fc.assert(
      fc.property(systems, (rows) => {
        const system = exportSystem(storedRows(rows));
        expect(written(system)).toEqual(declared(system));
      }),
      { numRuns: 100 },
    );
  });
});

test('one more phone changes no other name', () => {
  fc.assert(
    fc.property(systems, (rows) => {
      fc.pre(rows.phones.length > 1);
      const [, ...others] = rows.phones;
      const [all, fewer] = [rows, { ...rows, phones: others }].map((each) =>
        Object.keys(declared(exportSystem(storedRows(each)))),
      );
      expect(fewer?.filter((name) => !all?.includes(name))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
