import { phoneType } from '../../src/model/phone-fields';
import { objectRef } from '../../src/model/identity';
import { Secret } from '../../src/model/secret';
import { EmulatedSystem } from '../../src/rehearsal/emulated-system';
import type { ReadSystem } from '../../src/rehearsal/read-system';

const key = { server_ip: '10.0.0.11', extension: '55001' };
const settings = { user: '6666', password: new Secret('admin1234') };

const read = (changes: Partial<ReadSystem>): ReadSystem => ({
  source: 'database',
  version: { build: '241004-1518', version: '2.14-194' },
  nonLatin: false,
  rows: { phones: [], aliases: [] },
  references: { servers: ['10.0.0.11'], templates: [], userGroups: [] },
  permitted: { functions: [], mayWrite: true, mayDelete: true, viewableGroups: ['---ALL---'] },
  lookups: new Map(),
  ...changes,
});

let system: EmulatedSystem;
afterEach(() => system.emulator.close());

describe('an emulated system', () => {
  test('has what the reader does not show as the state has it, and says so', async () => {
    const stored = { ...key, phone_login: '55001', email: 'stored@example.com' };
    const state = { ...key, phone_pass: 'ofTheState', email: 'state@example.com' };
    const rows = { phones: [{ values: stored, unreadable: ['phone_pass'] }], aliases: [] };
    system = await EmulatedSystem.start('production', read({}));
    system.add(settings, read({ rows }), [{ object: objectRef(phoneType, state), values: state, system: null }]);
    expect(system.emulator.store.phone('10.0.0.11', '55001')).toMatchObject({
      ...{ phone_pass: 'ofTheState', email: 'stored@example.com', phone_login: '55001' },
    });
    expect([...system.notes].join()).toContain('phone_pass of 1 phone could not be read: it is as the state has it');
  });

  test('leaves the rows of one user as they are when another one is added', async () => {
    const rows = { phones: [{ values: { ...key, email: 'stored@example.com' } }], aliases: [] };
    system = await EmulatedSystem.start('production', read({ rows }));
    const { store } = system.emulator;
    system.add(settings, read({ rows }), []);
    store.removePhone('10.0.0.11', '55001');
    const second = { values: { ...key, extension: '55002' } };
    system.add({ ...settings, user: '7777' }, read({ rows: { phones: [...rows.phones, second], aliases: [] } }), []);
    expect(store.phones.map(({ extension }) => extension)).toEqual(['55002']);
    expect([system.hasUser('6666'), system.hasUser('7777'), system.hasUser('8888')]).toEqual([true, true, false]);
  });

  test('is that of the newest build where the system prints none, and says so', async () => {
    system = await EmulatedSystem.start('fork', read({ version: { build: 'ours', version: '9' } }));
    expect([...system.notes]).toEqual(['The build ours is no date: the newest that is known was emulated.']);
    expect(system.emulator.api.build).toMatchObject({ number: 241004, build: 'ours', version: '9' });
  });
});
