/** The check of the delete permission by a temporary phone alias, in process against the emulator. */
import { inState, useServer } from './server';

const server = useServer();

const aliasInState = (id: string, logins: readonly string[]) => ({
  id,
  alias_id: id,
  alias_name: 'Desks',
  phone_logins: [...logins],
});

const start = () => server.start({ delete_permission_check: 'canary' });
const storeAlias = (id: string) =>
  server.emulator.store.putAlias({ alias_id: id, alias_name: 'Desks', phone_logins: '1' });
const isLeft = () => server.emulator.store.aliases.some(({ alias_id: id }) => id === 'phonestate_canary');
const added = () =>
  server.emulator.journal.entries.filter(
    ({ fields }) => fields.alias_id === 'phonestate_canary' && 'phone_logins' in fields,
  );

test('is made once for all deletes of a run, and removed', async () => {
  const walk = await start();
  for (const extension of ['55000', '55001', '55002']) {
    server.store(extension);
    expect((await walk.plan('vicidial_phone', null, inState(extension))).codes).toEqual([]);
  }
  expect(added()).toHaveLength(1);
  expect(isLeft()).toBe(false);
});

test('that is refused is an error for each delete', async () => {
  server.store('55000');
  server.asUser({ delete_phones: false });
  const walk = await start();
  for (let time = 0; time < 2; time += 1) {
    expect((await walk.plan('vicidial_phone', null, inState('55000'))).codes).toEqual(['permission-delete']);
  }
  expect(added()).toHaveLength(1);
});

test('uses a login of any object in state, where the first ones do not exist any more', async () => {
  server.store('55001');
  storeAlias('desks');
  const walk = await start();
  await walk.show('vicidial_phone', inState('55001'));
  const { codes } = await walk.plan('vicidial_phone_alias', null, aliasInState('desks', ['gone1', 'gone2']));
  expect(codes).toEqual([]);
  expect(isLeft()).toBe(false);
});

test('that finds no login is a warning which does not advise it, and is tried again with the next object', async () => {
  storeAlias('desks');
  server.store('55001');
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
  server.store('55000');
  const walk = await start();
  const imported = { id: '10.0.0.11/55000', server_ip: '10.0.0.11', extension: '55000' };
  expect((await walk.plan('vicidial_phone', null, imported)).codes).toEqual(['delete-unchecked']);
  expect(added()).toEqual([]);
});

test.each([
  ['deletes it before its create is verified', 'add_phone_alias'],
  ['creates it again before its delete is verified', 'update_phone_alias'],
])('permits where another plan %s', async (_what, name) => {
  server.store('55000');
  const walk = await start();
  // What the other plan does looks to this one as if its own call had done nothing.
  storeAlias('phonestate_canary');
  if (name === 'add_phone_alias') server.emulator.store.removeAlias('phonestate_canary');
  server.emulator.faults.add({ kind: 'success-without-work', function: name, writing: true, times: 1 });
  expect((await walk.plan('vicidial_phone', null, inState('55000'))).codes).toEqual([]);
});
