import { setTimeout as pause } from 'node:timers/promises';
import type { EngineProcess, Run } from '../../testing/engine';
import { fleet, useTestbed } from './harness';

jest.setTimeout(600_000);

const count = 30;
const completed = 8;
const parallelism = 4;
const testbed = useTestbed();

/**
 * Starts an apply of 30 phones and waits until 8 are created and 4 calls to create more have reached the server, which
 * carries them out a second later, whether or not the client is still there.
 */
async function applyUntilHalfCreated(): Promise<EngineProcess> {
  const { emulator, workspace } = testbed;
  testbed.declare(fleet(count));
  emulator.faults.add({ kind: 'delay', milliseconds: 1_000, function: 'add_phone', writing: true, skip: completed });
  const faultFor = jest.spyOn(emulator.faults, 'faultFor');
  const run = workspace.startApply([`-parallelism=${parallelism}`]);
  const received = () => faultFor.mock.calls.filter(([call]) => call.function === 'add_phone' && call.writing).length;
  await until(() => received() === completed + parallelism, run.ended);
  return run;
}

/** Waits until a condition holds, and fails where the run ends before. */
async function until(condition: () => boolean, run?: Promise<Run>): Promise<void> {
  let ended: string | undefined;
  run?.then(
    ({ output }) => (ended = output),
    (error: unknown) => (ended = String(error)),
  );
  while (!condition()) {
    if (ended !== undefined) throw new Error(`The run ended too early:\n${ended}`);
    await pause(10);
  }
}

/** Extensions of the phones that the server has and the state does not. */
function orphans(): string[] {
  const inState = Object.values(testbed.workspace.state()).map(({ extension }) => extension);
  return testbed.emulator.store.phones.flatMap(({ extension }) =>
    typeof extension !== 'string' || inState.includes(extension) ? [] : [extension],
  );
}

afterEach(() => jest.restoreAllMocks());

test('Ctrl-C lets the creations under way finish, starts no others, and all that was created is in state', async () => {
  const run = await applyUntilHalfCreated();
  run.signal('SIGINT', 'group');
  expect((await run.ended).code).toBe(1);
  const { phones } = testbed.emulator.store;
  expect(phones.length).toBeGreaterThanOrEqual(completed + parallelism);
  expect(phones.length).toBeLessThan(count);
  expect(orphans()).toEqual([]);
  expect(Object.keys(testbed.workspace.state())).toHaveLength(phones.length);

  testbed.emulator.faults.clear();
  await testbed.workspace.expectApply();
  expect(testbed.emulator.store.phones).toHaveLength(count);
  expect((await testbed.workspace.plan()).code).toBe(0);
});

test('after kill -9 the next apply shows how to import what was created unseen, or adopts it where that is allowed', async () => {
  const run = await applyUntilHalfCreated();
  run.signal('SIGKILL', 'engine');
  expect((await run.ended).code).toBeUndefined();
  // The server carries out what it has received, although the client is gone.
  await until(() => testbed.emulator.store.phones.length === completed + parallelism);
  testbed.emulator.faults.clear();
  const created = orphans();
  expect(created.length).toBeGreaterThanOrEqual(parallelism);

  const again = await testbed.workspace.apply(['-lock=false']);
  expect(again.code).toBe(1);
  for (const extension of created)
    expect(again.output.replace(/\s+/gu, ' ')).toContain(`terraform import vicidial_phone.NAME 10.0.0.11/${extension}`);

  await testbed.workspace.expectApply(['-lock=false'], { VICIDIAL_ADOPT_EXISTING: 'true' });
  expect(Object.keys(testbed.workspace.state())).toHaveLength(count);
  expect(testbed.emulator.store.phones).toHaveLength(count);
  expect((await testbed.workspace.plan(['-lock=false'])).code).toBe(0);
});
