/** What happens to an operation when the server or the connection fails, on the emulator with its faults. */
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import type { FaultKind } from '../../../src/emulator/faults';
import { diff } from '../../../src/model/diff';
import { PhonestateError } from '../../../src/model/failures';
import type { Operation } from '../../../src/model/operation';
import { phoneType } from '../../../src/model/phone-fields';
import type { GivenSettings } from '../../../src/settings/read-settings';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import { execute } from '../../../src/vicidial/api/execute';
import { connectClient } from '../../../testing/client';
import { sampleValues } from '../../../testing/sample-values';

const values = sampleValues('55000');
const create = operationOf(diff(phoneType, values, null));
const update = operationOf(diff(phoneType, { ...values, outbound_cid: '7275559999' }, values));
const remove = operationOf(diff(phoneType, null, values));
const lookup = {
  function: 'update_phone',
  parameters: { extension: '55000', server_ip: '10.0.0.11', local_gmt: '99' },
} as const;

function operationOf(change: ReturnType<typeof diff>): Operation {
  if (!('operations' in change)) throw new Error(`no operation for ${change.action}`);
  return change.operations[0];
}

let emulator: Emulator;
let client: VicidialClient;
const logged: string[] = [];

function connect(settings: GivenSettings = {}): VicidialClient {
  const log = { debug: () => {}, warn: (message: string) => logged.push(message) };
  const retryPolicy = { maxAttempts: 3, initialDelayMs: 5, maxElapsedMs: 2_000 };
  return connectClient(
    emulator.url,
    { request_timeout_seconds: 1, write_timeout_seconds: 0, ...settings },
    { log, retryPolicy },
  );
}

beforeEach(async () => {
  emulator = await startEmulator();
  client = connect();
  logged.length = 0;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );
const outcome = (operation: Operation) => codeOf(execute(client, operation));
const sent = (operation: Operation) =>
  emulator.journal.entries.filter(
    ({ function: name, fields }) =>
      name === operation.function &&
      Object.keys(operation.parameters).every((field) => field in fields) &&
      fields.local_gmt !== '99',
  ).length;
const stored = () => emulator.store.phone('10.0.0.11', '55000');

/** Fault of the first writing call; the code of the failure, how often the operation was sent, whether it was carried out. */
const outcomes: readonly (readonly [FaultKind, string, number, boolean])[] = [
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
  ['too-many-connections', 'done', 2, true],
  ['php-warnings', 'done', 1, true],
  ['error-with-reply', 'done', 1, true],
];

describe('a create whose reply', () => {
  test.each(outcomes)('meets %s: %s, sent %d times, made %p', async (kind, code, times, made) => {
    emulator.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(create)).toBe(code);
    expect(sent(create)).toBe(times);
    expect(stored() !== undefined).toBe(made);
  });
});

describe('a create of a phone that someone else has added', () => {
  test.each<[FaultKind, Record<string, string>]>([
    ['half-reply', { phone_login: 'other' }],
    ['hang', { phone_login: 'other' }],
    ['half-reply', { phone_login: 'other', admin_user_group: 'ADMIN' }],
  ])('is no success where the reply is lost (%s, %j)', async (kind, fields) => {
    emulator.store.putPhone({ server_ip: '10.0.0.11', extension: '55000', ...fields });
    Object.assign(emulator.store.users.get('6666') ?? {}, { user_group: 'SALES' });
    emulator.faults.add({ kind, function: 'add_phone', times: 1 });
    expect(await outcome(create)).toBe('phone-exists');
    expect(emulator.journal.entries.filter(({ changed }) => changed)).toEqual([]);
  });

  test('is no success where the call never reached the server', async () => {
    emulator.store.putPhone({ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000' });
    const refused = PhonestateError.of('server-unreachable', { what: 'The connection was refused.' });
    jest.spyOn(client, 'send').mockRejectedValueOnce(refused);
    expect(await outcome(create)).toBe('phone-exists');
  });
});

describe('a delete whose reply', () => {
  test.each(outcomes)('meets %s: %s, sent %d times, done %p', async (kind, code, times, done) => {
    await execute(client, create);
    emulator.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(remove)).toBe(code);
    expect(sent(remove)).toBe(times);
    expect(stored() === undefined).toBe(done);
  });
});

describe('an update whose reply', () => {
  test.each<[FaultKind, string, number]>([
    ['refuse', 'done', 2],
    ['reset-after', 'done', 2],
    ['half-reply', 'done', 2],
    ['busy', 'done', 2],
    ['hang', 'done', 2],
    ['too-many-connections', 'done', 2],
    ['php-warnings', 'done', 1],
    ['error-with-reply', 'done', 1],
    ['error-after', 'server-failed', 1],
    ['html', 'unexpected-response', 1],
  ])('meets %s: %s, sent %d times', async (kind, code, times) => {
    await execute(client, create);
    emulator.faults.add({ kind, writing: true, times: 1, seconds: 0 });
    expect(await outcome(update)).toBe(code);
    expect(sent(update)).toBe(times);
    if (code === 'done') expect(stored()?.outbound_cid).toBe('7275559999');
  });
});

test('a server that stays unavailable is given up, with the number of attempts and the time', async () => {
  emulator.faults.add({ kind: 'busy', seconds: 0 });
  const error: unknown = await client.send(lookup).catch((reason: unknown) => reason);
  if (!(error instanceof PhonestateError)) throw new Error('no failure');
  expect(error.failure.what).toMatch(/HTTP 503.*Gave up after 3 attempts in \d+ seconds?\./u);
  expect(logged).toEqual(['update_phone is tried again: server-busy', 'update_phone is tried again: server-busy']);
});

test('Retry-After is honoured', async () => {
  emulator.faults.add({ kind: 'busy', times: 1, seconds: 1 });
  const started = Date.now();
  await client.send(lookup);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
});

test('stopping ends the delay before another attempt', async () => {
  emulator.faults.add({ kind: 'busy', seconds: 30 });
  const sending = codeOf(client.send(lookup));
  setTimeout(() => client.stop(), 100);
  expect(await sending).toBe('run-interrupted');
});

test('without verify_writes a create is one call, and SUCCESS is not verified', async () => {
  await client.close();
  client = connect({ verify_writes: false });
  emulator.faults.add({ kind: 'success-without-work', writing: true, times: 1 });
  expect(await outcome(create)).toBe('done');
  expect(emulator.journal.entries).toHaveLength(1);
});

test('calls start no faster than max_requests_per_second', async () => {
  await client.close();
  client = connect({ max_requests_per_second: 5 });
  await Promise.all(Array.from({ length: 12 }, () => client.send({ function: 'update_phone', parameters: {} })));
  const times = emulator.journal.entries.map(({ at }) => at);
  for (let index = 0; index + 6 < times.length; index += 1) {
    expect((times[index + 6] ?? 0) - (times[index] ?? 0)).toBeGreaterThanOrEqual(900);
  }
});
