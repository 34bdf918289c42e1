/** State that another tool has written, as far as it is about keys; against the emulator. */
import { details, inState, useServer } from './server';

const server = useServer();

test.each([
  ['extension', null],
  ['server_ip', null],
  ['extension', ''],
])('a phone with %s %j in state is an error that names it, and no call is made', async (name, value) => {
  const walk = await server.start();
  const outcome = await walk.show('vicidial_phone', { ...inState('55000'), [name]: value });
  expect(outcome.codes).toEqual(['stored-key-missing']);
  expect(details(outcome)).toContain(`${name} of a vicidial_phone is null or empty`);
  expect(details(outcome)).toContain('id "10.0.0.11/55000"');
  expect(details(outcome)).not.toContain('agentSecret');
  expect(server.emulator.journal.entries).toEqual([]);
});

test('a phone alias without its alias_id in state is named by what the state has', async () => {
  const walk = await server.start();
  const outcome = await walk.show('vicidial_phone_alias', { alias_id: null, alias_name: 'Desks' });
  expect(outcome.codes).toEqual(['stored-key-missing']);
  expect(details(outcome)).toContain('vicidial_phone_alias');
});

test('a phone with its key is none', async () => {
  const walk = await server.start();
  expect((await walk.show('vicidial_phone', inState('55000'))).codes).toEqual([]);
});
