/** The check of the delete permission by a temporary phone alias, in process against the emulator. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import type { Value } from '../../src/terraform/value';
import { samplePhone } from '../../testing/sample-phone';
import { PlanWalk, type Arguments } from './plan-walk';

// A sample phone has strings only.
const inState = (extension: string, fields: Arguments = {}) => ({
  ...(samplePhone(extension, fields) as Readonly<Record<string, Value>>),
  id: `10.0.0.11/${extension}`,
});
const aliasInState = (id: string, logins: readonly string[]) => ({
  id,
  alias_id: id,
  alias_name: 'Desks',
  phone_logins: [...logins],
});

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ data: sampleSystem });
});
afterEach(() => emulator.close());

const start = () => PlanWalk.start(emulator, { delete_permission_check: 'canary' });
const store = (extension: string) =>
  emulator.store.putPhone({ server_ip: '10.0.0.11', extension, phone_login: extension });
const storeAlias = (id: string) => emulator.store.putAlias({ alias_id: id, alias_name: 'Desks', phone_logins: '1' });
const isLeft = () => emulator.store.aliases.some(({ alias_id: id }) => id === 'phonestate_canary');
const added = () =>
  emulator.journal.entries.filter(({ fields }) => fields.alias_id === 'phonestate_canary' && 'phone_logins' in fields);

test('is made once for all deletes of a run, and removed', async () => {
  const walk = await start();
  for (const extension of ['55000', '55001', '55002']) {
    store(extension);
    expect((await walk.plan('vicidial_phone', null, inState(extension))).codes).toEqual([]);
  }
  expect(added()).toHaveLength(1);
  expect(isLeft()).toBe(false);
});

test('that is refused is an error for each delete', async () => {
  store('55000');
  Object.assign(emulator.store.users.get('6666') ?? {}, { delete_phones: false });
  const walk = await start();
  for (let time = 0; time < 2; time += 1) {
    expect((await walk.plan('vicidial_phone', null, inState('55000'))).codes).toEqual(['permission-delete']);
  }
  expect(added()).toHaveLength(1);
});

test('uses a login of any object in state, where the first ones do not exist any more', async () => {
  store('55001');
  storeAlias('desks');
  const walk = await start();
  await walk.show('vicidial_phone', inState('55001'));
  const { codes } = await walk.plan('vicidial_phone_alias', null, aliasInState('desks', ['gone1', 'gone2']));
  expect(codes).toEqual([]);
  expect(isLeft()).toBe(false);
});

test('that finds no login is a warning which does not advise it, and is tried again with the next object', async () => {
  storeAlias('desks');
  store('55001');
  const walk = await start();
  const alias = aliasInState('desks', ['gone1']);
  for (let time = 0; time < 2; time += 1) {
    const { codes, warnings } = await walk.plan('vicidial_phone_alias', null, alias);
    expect(codes).toEqual(['delete-unchecked']);
    expect(warnings[0]?.detail).toContain('needs the phone_login of a phone that exists');
    expect(warnings[0]?.detail).not.toContain('delete_permission_check = "canary"');
  }
  expect(added()).toHaveLength(1);
  expect((await walk.plan('vicidial_phone', null, inState('55001'))).codes).toEqual([]);
});

test('is not made for a phone whose login is unknown, where no other login is known', async () => {
  store('55000');
  const walk = await start();
  const imported = { id: '10.0.0.11/55000', server_ip: '10.0.0.11', extension: '55000' };
  expect((await walk.plan('vicidial_phone', null, imported)).codes).toEqual(['delete-unchecked']);
  expect(added()).toEqual([]);
});

test.each([
  ['deletes it before its create is verified', 'add_phone_alias'],
  ['creates it again before its delete is verified', 'update_phone_alias'],
])('permits where another plan %s', async (_what, name) => {
  store('55000');
  const walk = await start();
  // What the other plan does looks to this one as if its own call had done nothing.
  storeAlias('phonestate_canary');
  if (name === 'add_phone_alias') emulator.store.removeAlias('phonestate_canary');
  emulator.faults.add({ kind: 'success-without-work', function: name, writing: true, times: 1 });
  expect((await walk.plan('vicidial_phone', null, inState('55000'))).codes).toEqual([]);
});
