import type { Drift } from '../../src/drift/drift';
import { importEntries } from '../../src/drift/import-entries';
import type { EnvironmentChanges } from '../../src/environment/environment-file';
import { storedRows } from '../../testing/stored-rows';
import { readFrom } from '../environment/environment-of';
import { driftOf, east, fileOf, found, phone, row, west } from './samples';

describe('the entries that import what is not managed', () => {
  const base = {
    servers: { east: { ip: east } },
    defaults: {
      protocol: 'IAX2',
      outbound_cid: '7275551212',
      voicemail_id: '{extension}',
      phone_pass: { variable: 'pass' },
    },
  } as const;
  const rows = [
    row('55000'),
    row('56001', { voicemail_id: '56001', email: 'a@example.com' }),
    row('56002', { voicemail_id: '1', protocol: 'IAX2', outbound_cid: '7275551212' }, west),
  ];
  const aliases = [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '56001', 'absent'] }];

  function entriesFor(more: Partial<EnvironmentChanges> = {}): { readonly text: string; readonly again: Drift } {
    const environment = fileOf([phone('55000')], { ...base, ...more });
    const drift = driftOf({ environment, rows, aliases });
    const all = storedRows({ servers: [], phones: rows, aliases });
    const text = importEntries({ rows: all, unmanaged: drift.unmanagedRows }, environment, { nonLatin: false }) ?? '';
    const own = `version: 1
servers:
  east: ${east}
${text.match(/^servers:\n((?: .*\n)+)/mu)?.[1] ?? ''}
defaults: ${JSON.stringify(base.defaults)}
phones:
  - { server: east, extension: '55000', phone_login: '55000', phone_full_name: Desk, protocol: ~, outbound_cid: ~, voicemail_id: ~, phone_pass: ~ }
${text.match(/^phones:\n((?: .*\n)+)/mu)?.[1] ?? ''}
${text.slice(text.indexOf('aliases:'))}`;
    return { text, again: driftOf({ environment: readFrom({ 'lab.yaml': own }), rows, aliases }) };
  }

  test('make the file declare all of it, and nothing of it changes, whatever the defaults of the file are', () => {
    const { text, again } = entriesFor();
    expect(found(again)).toEqual([]);
    expect(again.report().counts.managedPercent).toBe(100);
    expect(text).toContain('imports: [ "east/56001", "server_10_0_0_12/56002", "alias:desks" ]');
    expect(text).toContain('phone_pass: ~');
    expect(text).not.toMatch(/agentPass|version:/u);
  });

  test('take a password from the map that the phones of the file use, and list phones together then', () => {
    const phones = [phone('55000', { phone_pass: { variable: 'passes', by: 'phone_login' } })];
    const environment = fileOf(phones, { servers: { east } });
    const all = storedRows({ servers: [], phones: rows, aliases });
    const { unmanagedRows: unmanaged } = driftOf({ environment, rows, aliases });
    const text = importEntries({ rows: all, unmanaged }, environment, { nonLatin: false });
    expect(text).toContain('phone_pass: { variable: passes, by: phone_login }');
    expect(text).toContain('phone_logins: [ "55000", "56001", { environment: ~, phone_login: absent } ]');
  });

  test('leave imports out where the file imports everything', () => {
    expect(entriesFor({ imports: 'all' }).text).not.toContain('imports:');
  });
});
