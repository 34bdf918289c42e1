/**
 * What the client makes of a VICIdial: of the embedded dialer, or of a real one.
 *
 * VICIDIAL_TEST_URL names the real one; VICIDIAL_TEST_USER and VICIDIAL_TEST_PASSWORD a user with every right,
 * VICIDIAL_TEST_SERVER a dialer on which the phones 990001 and 990002 may be made and deleted.
 */
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { diff } from '../../../src/model/diff';
import type { FieldValues } from '../../../src/model/field-definition';
import { phoneType } from '../../../src/model/phone-fields';
import { Secret } from '../../../src/model/secret';
import { VicidialClient } from '../../../src/vicidial/api/client';
import { parseClientOptions } from '../../../src/vicidial/client-options';
import { findAlias, findPhone } from '../../../src/vicidial/api/lookup';
import { write } from '../../../src/vicidial/api/execute';

const {
  VICIDIAL_TEST_URL: real,
  VICIDIAL_TEST_USER = '6666',
  VICIDIAL_TEST_PASSWORD = 'admin1234',
  VICIDIAL_TEST_SERVER: server_ip = '10.0.0.11',
} = process.env;

let emulator: Emulator | undefined;
let client: VicidialClient;

const connect = (user = VICIDIAL_TEST_USER, password = VICIDIAL_TEST_PASSWORD) =>
  new VicidialClient(parseClientOptions({ url: real ?? emulator?.url, user, password, source: 'phonestatetest' }));

beforeEach(async () => {
  if (real === undefined) emulator = await startEmulator();
  client = connect();
});
afterEach(async () => {
  await client.close();
  await emulator?.close();
});

/** A test that a real server cannot be made to pass, with the reason. */
const onlyEmbedded = (reason: string) => (name: string, work: () => Promise<void>) =>
  real === undefined ? test(name, work) : test.skip(`${name} (skipped: ${reason})`, work);

const phone = (extension: string): FieldValues => ({
  server_ip,
  extension,
  dialplan_number: extension,
  voicemail_id: extension,
  phone_login: extension,
  phone_pass: new Secret('agentword'),
  registration_password: new Secret('deviceword'),
  protocol: 'SIP',
  phone_full_name: 'Phonestate test',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
});
const callsFor = (desired: FieldValues | null, recorded: FieldValues | null) => {
  const change = diff(phoneType, desired, recorded);
  return change.action === 'none' || change.action === 'replace' ? [] : [...change.calls];
};
const perform = async (desired: FieldValues | null, recorded: FieldValues | null) => {
  for (const call of callsFor(desired, recorded)) await write(client, call);
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { failure?: { code: string } }) => error.failure?.code,
  );

test('a phone is made, found, changed, deleted, and gone', async () => {
  const key = { server_ip, extension: '990001' };
  expect(await findPhone(client, key)).toBe('absent');
  await perform(phone('990001'), null);
  expect(await findPhone(client, key)).toBe('present');
  expect(await codeOf(perform(phone('990001'), null))).toBe('phone-exists');
  expect(await codeOf(perform({ ...phone('990002'), phone_login: '990001' }, null))).toBe('login-taken');
  await perform(
    { ...phone('990001'), phone_ring_timeout: 45, email: '' },
    { ...phone('990001'), email: 'desk@example.com' },
  );
  await perform(null, phone('990001'));
  expect(await findPhone(client, key)).toBe('absent');
  expect(await codeOf(perform(null, phone('990001')))).toBe('phone-not-found');
});

test('refusals are told apart', async () => {
  expect(await codeOf(perform({ ...phone('990001'), server_ip: '203.0.113.9' }, null))).toBe('server-not-found');
  expect(await codeOf(perform({ ...phone('990001'), template_id: 'no_such_one' }, null))).toBe('template-not-found');
  expect(await codeOf(findPhone(client, { server_ip: '203.0.113.9', extension: '990001' }))).toBe('server-not-found');
  expect(await findAlias(client, 'no_such_alias')).toBe('absent');
});

test('the build is asked once', async () => {
  const [a, b] = await Promise.all([client.version(), client.version()]);
  expect(a).toBe(b);
  expect(a.build).toMatch(/^\d{6}-\d{4}$/u);
  if (emulator) expect(emulator.journal.entries).toHaveLength(1);
});

onlyEmbedded('it would lock the account')('a bad login goes out once, whatever the number of calls', async () => {
  const wrong = connect('6666', 'wrong');
  const codes = await Promise.all(Array.from({ length: 100 }, () => codeOf(wrong.call('update_phone'))));
  expect(new Set(codes)).toEqual(new Set(['login-incorrect']));
  expect(emulator?.journal.entries).toHaveLength(1);
  await wrong.close();
});

onlyEmbedded('its users are not ours to choose')('a phone of a group that the user may not see is hidden', async () => {
  await perform({ ...phone('990001'), admin_user_group: 'ADMIN' }, null);
  const sales = connect('sales', 'admin1234');
  expect(await findPhone(sales, { server_ip, extension: '990001' })).toBe('hidden');
  await sales.close();
});

onlyEmbedded('its users are not ours to choose')('a missing permission and a refused deletion are told', async () => {
  await perform(phone('990001'), null);
  const readonly = connect('readonly', 'admin1234');
  expect(await codeOf(findPhone(readonly, { server_ip, extension: '990001' }))).toBe('permission-to-plan');
  const nodelete = connect('nodelete', 'admin1234');
  const [removal] = callsFor(null, phone('990001'));
  if (!removal) throw new Error('a removal is a call');
  expect(await codeOf(write(nodelete, removal))).toBe('permission-delete');
  expect(await findPhone(client, { server_ip, extension: '990001' })).toBe('present');
  await Promise.all([readonly.close(), nodelete.close()]);
});

onlyEmbedded('it cannot be told to stop')('a stopped client sends nothing more', async () => {
  client.stop();
  expect(await codeOf(client.call('update_phone'))).toBe('run-interrupted');
  expect(emulator?.journal.entries).toEqual([]);
});
