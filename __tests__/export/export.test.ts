import fc from 'fast-check';
import { exportSystem, type ExportedSystem } from '../../src/export/exported-system';
import { exportFormats, type ExportFormat } from '../../src/export/write-export';
import { address, version } from '../../src/address';
import type { SystemRows } from '../../src/model/system-rows';
import { awkwardRows, joinSamples, sampleSeats } from '../../testing/sample-seats';
import { storedRows } from '../../testing/stored-rows';

const options = {
  address,
  version,
  settings: { url: 'http://127.0.0.1/api.php' },
  environment: 'vicidial',
  splitServers: false,
};
const formats = Object.keys(exportFormats) as ExportFormat[];

function write(format: ExportFormat, system: ExportedSystem): string {
  return [...exportFormats[format].write(system, options).values()].join('\n');
}

const rows = storedRows(joinSamples(sampleSeats(20), awkwardRows()));

/** The same rows in another order. */
function shuffled({ phones, aliases }: SystemRows, order: readonly number[]): SystemRows {
  const shuffle = <T>(list: readonly T[]) =>
    list
      .map((each, index) => [each, order[index % order.length] ?? 0] as const)
      .sort(([, a], [, b]) => a - b)
      .map(([each]) => each);
  return { phones: shuffle(phones), aliases: shuffle(aliases) };
}

describe('an export', () => {
  test.each(formats)('has the same bytes for the same system in any order of its rows: %s', (format) => {
    const expected = write(format, exportSystem(rows));
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), (order) => {
        expect(write(format, exportSystem(shuffled(rows, order)))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  test.each(formats)('has no password: %s', (format) => {
    expect(write(format, exportSystem(rows))).not.toMatch(/agentPass|devicePass/u);
  });

  test('names each server by its address alone', () => {
    const nameOf = (system: SystemRows) => exportSystem(system).servers.map(({ name, ip }) => [ip, name]);
    expect(nameOf(rows)).toContainEqual(['10.10.10.11', 'server_10_10_10_11']);
    const more = { ...rows.phones[0]?.values, server_ip: '10.10.10.9', extension: '1234', phone_login: '1234' };
    expect(nameOf({ ...rows, phones: [{ values: more }, ...rows.phones] })).toEqual([
      ['10.10.10.9', 'server_10_10_10_9'],
      ...nameOf(rows),
    ]);
  });

  test('groups the phones of a server that is spelled in several ways', () => {
    const phone = (server_ip: string, extension: string) => ({
      values: { ...rows.phones[0]?.values, server_ip, extension, phone_login: extension },
    });
    const phones = [phone('West', '100'), phone('west', '101'), phone('west', '102')];
    const { servers } = exportSystem({ phones, aliases: [] });
    expect(servers.map(({ name, ip, phones: { length } }) => [name, ip, length])).toEqual([['server_west', 'west', 3]]);
  });

  test('leaves out what the API cannot address or write, each with its reason', () => {
    const { unmanaged } = exportSystem(rows);
    const reasonOf = (object: string, field?: string) =>
      unmanaged.find((each) => each.object === object && each.field === field)?.reason;
    expect(reasonOf('phone 10.10.10.11/9.9')).toContain('cannot address it');
    expect(reasonOf('phone 10.10.10.11/9003', 'protocol')).toBe('protocol is "PJSIP"; VICIdial would refuse it');
    expect(reasonOf('phone 10.10.10.11/9005', 'outbound_cid')).toBe(
      'outbound_cid has 3 characters; VICIdial would refuse it',
    );
    expect(reasonOf('phone 10.10.10.11/9015', 'phone_full_name')).toBe('phone_full_name is empty');
    expect(reasonOf('phone 10.10.10.11/9016', 'phone_login')).toBe('2 phones have the phone_login repeated');
    expect(reasonOf('phone alias empty', 'phone_logins')).toBe('phone_logins is empty');
    // VICIdial's own defaults need no reason.
    expect(reasonOf('phone 10.10.10.11/9000', 'active')).toBeUndefined();
  });

  test('manages values that are defaults of VICIdial only with all fields', () => {
    const [phone] = exportSystem(rows).servers[0]?.phones ?? [];
    expect(phone?.values).not.toHaveProperty('active');
    const [whole] = exportSystem(rows, { allFields: true }).servers[0]?.phones ?? [];
    expect(whole?.values).toMatchObject({ active: 'Y', phone_ring_timeout: 60, admin_user_group: '---ALL---' });
  });

  test('makes of a login a reference only where the phone has it in the same spelling', () => {
    const { aliases } = exportSystem(rows);
    const loginsOf = (id: string) =>
      aliases.find((alias) => alias.id === id)?.logins.map(({ login, phone }) => [login, phone?.id]);
    expect(loginsOf('desks')).toEqual([
      ['9001', '10.10.10.11/9001'],
      ['9002', '10.10.10.11/9002'],
    ]);
    expect(loginsOf('case')).toEqual([
      ['cc_100', undefined],
      ['repeated', undefined],
    ]);
  });

  test('of a part of the system has the phones that are selected, and the phone aliases over them', () => {
    const part = exportSystem(rows, {
      selection: { only: [{ server: 'server_10_10_10_11', extension: '900?' }], without: [{ extension: '9002' }] },
    });
    const extensions = part.servers.flatMap(({ phones }) => phones.map(({ extension }) => extension));
    expect(extensions).toEqual(['9000', '9001', '9003', '9004', '9005', '9006', '9007', '9008', '9009']);
    expect(part.aliases.map(({ id }) => id)).toEqual(['desks', 'elsewhere']);
  });
});
