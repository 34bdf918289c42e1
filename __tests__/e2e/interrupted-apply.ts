/** An apply that is interrupted while phones are created. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineProcess, Run } from '../../testing/engine';
import { fleet, type Testbed } from './harness';

export const count = 30;
export const completed = 8;
export const parallelism = 4;

/**
 * Starts an apply of 30 phones and waits until 8 are created and 4 calls to create more have reached the server, which
 * carries them out a second later, whether or not the client is still there.
 */
export async function applyUntilHalfCreated(testbed: Testbed): Promise<EngineProcess> {
  const { emulator, workspace } = testbed;
  testbed.declare(fleet(count));
  emulator.faults.add({ kind: 'delay', milliseconds: 1_000, function: 'add_phone', writing: true, skip: completed });
  const faultFor = jest.spyOn(emulator.faults, 'faultFor');
  const run = workspace.startApply([`-parallelism=${parallelism}`]);
  const received = () => faultFor.mock.calls.filter(([call]) => call.function === 'add_phone' && call.writing).length;
  await until(() => received() === completed + parallelism, run.ended);
  return run;
}

/** Ctrl-C at that moment: what was started ends, nothing else starts, and the state has all that was created. */
export async function expectCleanInterruption(testbed: Testbed): Promise<void> {
  const run = await applyUntilHalfCreated(testbed);
  run.signal('SIGINT', 'group');
  expect((await run.ended).code).toBe(1);
  const { phones } = testbed.emulator.store;
  expect(phones.length).toBeGreaterThanOrEqual(completed + parallelism);
  expect(phones.length).toBeLessThan(count);
  expect(orphans(testbed)).toEqual([]);
  expect(Object.keys(testbed.workspace.state())).toHaveLength(phones.length);

  testbed.emulator.faults.clear();
  await testbed.workspace.expectApply();
  expect(testbed.emulator.store.phones).toHaveLength(count);
  expect((await testbed.workspace.plan()).code).toBe(0);
}

/** Waits until a condition holds, and fails where the run ends before. */
export async function until(condition: () => boolean, run?: Promise<Run>): Promise<void> {
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
export function orphans({ workspace, emulator }: Testbed): string[] {
  const inState = Object.values(workspace.state()).map(({ extension }) => extension);
  return emulator.store.phones.flatMap(({ extension }) =>
    typeof extension !== 'string' || inState.includes(extension) ? [] : [extension],
  );
}
