/** What becomes of a write when the server or the line to it fails, on the embedded dialer with its faults. */
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import type { FaultKind } from '../../../src/emulator/faults';
import type { Call } from '../../../src/model/diff';
import { PhonestateError } from '../../../src/model/failures';
import { Secret } from '../../../src/model/secret';
import { VicidialClient } from '../../../src/vicidial/api/client';
import { parseClientOptions } from '../../../src/vicidial/client-options';
import { write } from '../../../src/vicidial/api/execute';

const creation: Call = {
  function: 'add_phone',
  fields: {
    extension: '55000',
    server_ip: '10.0.0.11',
    dialplan_number: '55000',
    voicemail_id: '55000',
    phone_login: '55000',
    phone_pass: new Secret('agentSecret'),
    registration_password: new Secret('deviceSecret'),
    protocol: 'SIP',
    phone_full_name: 'Desk',
    local_gmt: '-5.00',
    outbound_cid: '7275551212',
  },
};
const key = { extension: '55000', server_ip: '10.0.0.11' };
const change: Call = { function: 'update_phone', fields: { ...key, outbound_cid: '7275559999' } };
const removal: Call = { function: 'update_phone', fields: { ...key, delete_phone: 'Y' } };

let dialer: Emulator;
let client: VicidialClient;
const logged: string[] = [];

function connect(options: Record<string, unknown> = {}): VicidialClient {
  const log = { debug: () => {}, warn: (message: string) => logged.push(message) };
  const retry = { attempts: 3, firstPauseMs: 5, limitMs: 2_000 };
  return new VicidialClient(
    parseClientOptions({
      url: dialer.url,
      user: '6666',
      password: 'admin1234',
      requestTimeoutSeconds: 1,
      log,
      retry,
      ...options,
    }),
  );
}

beforeEach(async () => {
  dialer = await startEmulator();
  client = connect();
  logged.length = 0;
});
afterEach(async () => {
  await client.close();
  await dialer.close();
});

const outcome = (call: Call) =>
  write(client, call).then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );
const sent = (call: Call) =>
  dialer.journal.entries.filter(
    ({ function: name, fields }) =>
      name === call.function && Object.keys(call.fields).every((field) => field in fields) && fields.local_gmt !== '99',
  ).length;
const stored = () => dialer.store.phone('10.0.0.11', '55000');

/** Fault of the first writing call; what the user is told, how often it was sent, whether the work is done. */
const fates: readonly (readonly [FaultKind, string, number, boolean])[] = [
  ['refuse', 'done', 2, true],
  ['reset-before', 'done', 2, true],
  ['reset-after', 'done', 1, true],
  ['half-reply', 'done', 1, true],
  ['error-before', 'server-failed', 1, false],
  ['error-after', 'done', 1, true],
  ['bad-gateway', 'done', 2, true],
  ['busy', 'done', 2, true],
  ['empty', 'server-failed', 1, false],
  ['html', 'unexpected-response', 1, false],
  ['success-without-work', 'write-not-applied', 1, false],
  ['hang', 'done', 2, true],
];

describe('a creation whose answer', () => {
  test.each(fates)('meets %s: %s, sent %d times, made %p', async (kind, told, times, made) => {
    dialer.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(creation)).toBe(told);
    expect(sent(creation)).toBe(times);
    expect(stored() !== undefined).toBe(made);
  });
});

describe('a deletion whose answer', () => {
  test.each(fates)('meets %s: %s, sent %d times, done %p', async (kind, told, times, done) => {
    await write(client, creation);
    dialer.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(removal)).toBe(told);
    expect(sent(removal)).toBe(times);
    expect(stored() === undefined).toBe(done);
  });
});

describe('an update whose answer', () => {
  test.each<[FaultKind, string, number]>([
    ['refuse', 'done', 2],
    ['reset-after', 'done', 2],
    ['half-reply', 'done', 2],
    ['busy', 'done', 2],
    ['hang', 'done', 2],
    ['error-after', 'server-failed', 1],
    ['html', 'unexpected-response', 1],
  ])('meets %s: %s, sent %d times', async (kind, told, times) => {
    await write(client, creation);
    dialer.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(change)).toBe(told);
    expect(sent(change)).toBe(times);
    if (told === 'done') expect(stored()?.outbound_cid).toBe('7275559999');
  });
});

test('a server that stays away is given up, with how often and how long it was tried', async () => {
  dialer.faults.add({ kind: 'busy', seconds: 0 });
  const error: unknown = await client
    .call('update_phone', { ...key, local_gmt: '99' })
    .catch((reason: unknown) => reason);
  if (!(error instanceof PhonestateError)) throw new Error('no failure');
  expect(error.failure.what).toMatch(/HTTP 503.*It was tried 3 times in \d+ seconds?\./u);
  expect(logged).toEqual(['update_phone is tried again: server-busy', 'update_phone is tried again: server-busy']);
});

test('Retry-After is honoured', async () => {
  dialer.faults.add({ kind: 'busy', times: 1, seconds: 1 });
  const started = Date.now();
  await client.call('update_phone', { ...key, local_gmt: '99' });
  expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
});

test('stopping ends the waiting for another try', async () => {
  dialer.faults.add({ kind: 'busy', seconds: 30 });
  const waiting = client.call('update_phone', { ...key, local_gmt: '99' }).then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );
  setTimeout(() => client.stop(), 100);
  expect(await waiting).toBe('run-interrupted');
});

test('without verify_writes a creation is one call, and SUCCESS is believed', async () => {
  client = connect({ verifyWrites: false });
  dialer.faults.add({ kind: 'success-without-work', writing: true, times: 1 });
  expect(await outcome(creation)).toBe('done');
  expect(dialer.journal.entries).toHaveLength(1);
});

test('calls start no faster than max_requests_per_second', async () => {
  client = connect({ maxRequestsPerSecond: 5 });
  await Promise.all(Array.from({ length: 12 }, () => client.call('update_phone')));
  const times = dialer.journal.entries.map(({ at }) => at);
  for (let index = 0; index + 6 < times.length; index += 1)
    expect((times[index + 6] ?? 0) - (times[index] ?? 0)).toBeGreaterThanOrEqual(900);
});
