/**
 * The contract between the client and a VICIdial: the emulator, or a real one.
 *
 * VICIDIAL_TEST_URL is the address of a real one; VICIDIAL_TEST_USER and VICIDIAL_TEST_PASSWORD belong to a user with
 * every permission; on VICIDIAL_TEST_SERVER the phones 990001 and 990002 may be created and deleted.
 */
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { diff } from '../../../src/model/diff';
import { PhonestateError } from '../../../src/model/failures';
import type { FieldValues } from '../../../src/model/field-definition';
import { objectRef } from '../../../src/model/identity';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import { executeAll } from '../../../src/vicidial/api/execute';
import { lookUp } from '../../../src/vicidial/api/lookup';
import { connectClient } from '../../../testing/client';
import { sampleValues } from '../../../testing/sample-values';

const {
  VICIDIAL_TEST_URL: real,
  VICIDIAL_TEST_USER = '6666',
  VICIDIAL_TEST_PASSWORD = 'admin1234',
  VICIDIAL_TEST_SERVER: server_ip = '10.0.0.11',
} = process.env;

let emulator: Emulator | undefined;
let client: VicidialClient;

const connect = (user = VICIDIAL_TEST_USER, password = VICIDIAL_TEST_PASSWORD) =>
  connectClient(real ?? emulator?.url ?? '', { user, password, call_source: 'phonestatetest' });

beforeEach(async () => {
  if (real === undefined) emulator = await startEmulator();
  client = connect();
});
afterEach(async () => {
  await client.close();
  await emulator?.close();
});

/** A test that cannot be run on a real server, with the reason. */
const onlyEmulator = (reason: string) => (name: string, work: () => Promise<void>) =>
  real === undefined ? test(name, work) : test.skip(`${name} (skipped: ${reason})`, work);

const phone = (extension: string, fields: FieldValues = {}) => sampleValues(extension, { server_ip, ...fields });
const find = (values: FieldValues, by = client) => lookUp(by, objectRef(phoneType, values));
const apply = (desired: FieldValues | null, prior: FieldValues | null, by = client) =>
  executeAll(by, diff(phoneType, desired, prior));
const permissionCheck = { function: 'update_phone', parameters: {} } as const;

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );

test('a phone is created, found, updated, deleted, and not found', async () => {
  const desk = phone('990001');
  expect(await find(desk)).toBe('not-found');
  await apply(desk, null);
  expect(await find(desk)).toBe('found');
  expect(await codeOf(apply(desk, null))).toBe('phone-exists');
  expect(await codeOf(apply(phone('990002', { phone_login: '990001' }), null))).toBe('login-taken');
  await apply({ ...desk, phone_ring_timeout: 45, email: '' }, { ...desk, email: 'desk@example.com' });
  await apply(null, desk);
  expect(await find(desk)).toBe('not-found');
  expect(await codeOf(apply(null, desk))).toBe('phone-not-found');
});

test('each refusal has a code of its own', async () => {
  const elsewhere = phone('990001', { server_ip: '203.0.113.9' });
  expect(await codeOf(apply(elsewhere, null))).toBe('server-not-found');
  expect(await codeOf(apply(phone('990001', { template_id: 'no_such_one' }), null))).toBe('template-not-found');
  expect(await codeOf(find(elsewhere))).toBe('server-not-found');
  expect(await lookUp(client, objectRef(phoneAliasType, { alias_id: 'no_such_alias' }))).toBe('not-found');
});

test('the build is asked for once', async () => {
  const [a, b] = await Promise.all([client.version(), client.version()]);
  expect(a).toBe(b);
  expect(a.build).toMatch(/^\d{6}-\d{4}$/u);
  if (emulator) expect(emulator.journal.entries).toHaveLength(1);
});

onlyEmulator('it would lock the account')('a wrong password is sent once, whatever the number of calls', async () => {
  const wrong = connect('6666', 'wrong');
  const codes = await Promise.all(Array.from({ length: 100 }, () => codeOf(wrong.send(permissionCheck))));
  expect(new Set(codes)).toEqual(new Set(['login-incorrect']));
  expect(emulator?.journal.entries).toHaveLength(1);
  await wrong.close();
});

onlyEmulator('it has other users')('a phone of a group that the user may not view is hidden', async () => {
  const desk = phone('990001', { admin_user_group: 'ADMIN' });
  await apply(desk, null);
  const sales = connect('sales', 'admin1234');
  expect(await find(desk, sales)).toBe('hidden');
  await sales.close();
});

onlyEmulator('it has other users')('a missing permission and a refused delete have codes of their own', async () => {
  const desk = phone('990001');
  await apply(desk, null);
  const readonly = connect('readonly', 'admin1234');
  expect(await codeOf(find(desk, readonly))).toBe('permission-to-plan');
  const nodelete = connect('nodelete', 'admin1234');
  expect(await codeOf(apply(null, desk, nodelete))).toBe('permission-delete');
  expect(await find(desk)).toBe('found');
  await Promise.all([readonly.close(), nodelete.close()]);
});

onlyEmulator('nothing interrupts it')('a stopped client sends nothing more', async () => {
  client.stop();
  expect(await codeOf(client.send(permissionCheck))).toBe('run-interrupted');
  expect(emulator?.journal.entries).toEqual([]);
});
