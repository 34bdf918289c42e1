/** One row of the fault matrix, run by the real engine. */
import type { FaultRow } from '../../testing/fault-matrix';
import { phone, type Fields, type Testbed } from './harness';

const before = { desk: phone('55000') };
const after: Record<FaultRow['at'], Record<string, Fields>> = {
  create: before,
  update: { desk: phone('55000', { outbound_cid: '7275559999' }) },
  delete: {},
  refresh: before,
};

/** What the engine says at the end of an apply. */
const changesOf: Record<FaultRow['next'], string> = {
  nothing: '0 added, 0 changed, 0 destroyed',
  create: '1 added, 0 changed, 0 destroyed',
  update: '0 added, 1 changed, 0 destroyed',
  delete: '0 added, 0 changed, 1 destroyed',
};
const stateAfter = { create: 'the new phone', update: 'the changed phone', delete: 'no phone' } as const;

/** Applies while the fault lasts, and once more after it; fails where an outcome is not that of the row. */
export async function runFault(testbed: Testbed, row: FaultRow): Promise<void> {
  const { at, readFrom, kind, every, error, state, next } = row;
  const { workspace, emulator } = testbed;
  // The emulator does not lag.
  const environment = { VICIDIAL_READ_FROM: readFrom, VICIDIAL_WRITE_TIMEOUT_SECONDS: '0' };
  const isUndetected = at === 'update' && kind === 'success-without-work' && readFrom === 'api';
  if (at !== 'create') testbed.store(before);
  testbed.declare(after[at]);
  const isPage = readFrom === 'admin' && at === 'refresh';
  emulator.faults.add(every ? { kind, page: isPage } : { kind, writing: true, times: 1, seconds: 0 });
  const run = await workspace.apply([], environment);
  expect(run.code).toBe(error === undefined ? 0 : 1);
  if (error !== undefined) expect(run.output).toContain(`Code: ${error}`);
  expect(stateOfPhone(testbed, at)).toBe(state);

  emulator.faults.clear();
  const { output } = await workspace.expectApply([], environment);
  expect(output).toContain(`Resources: ${changesOf[next]}.`);
  if (next !== 'nothing') expect(stateOfPhone(testbed, at)).toBe(stateAfter[next]);
  expect(emulator.store.phones).toHaveLength(at === 'delete' ? 0 : 1);
  if (at === 'update' && !isUndetected)
    expect(emulator.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
}

/** What the state says of the phone, in the words of the table. */
function stateOfPhone({ workspace }: Testbed, at: FaultRow['at']): FaultRow['state'] {
  const desk = workspace.state()['vicidial_phone.desk'];
  if (!desk) return 'no phone';
  if (at === 'create') return 'the new phone';
  return desk.outbound_cid === '7275559999' ? 'the changed phone' : 'the phone as it was';
}
