import { faultMatrix, isRepresentative, type FaultRow } from '../../testing/fault-matrix';
import { phone, useTestbed, type Fields } from './harness';

jest.setTimeout(600_000);

const rows = process.env.PHONESTATE_FULL_MATRIX === '1' ? faultMatrix : faultMatrix.filter(isRepresentative);

describe('a run during which the server fails', () => {
  const testbed = useTestbed();

  const before = { desk: phone('55000') };
  const after: Record<FaultRow['at'], Record<string, Fields>> = {
    create: before,
    update: { desk: phone('55000', { outbound_cid: '7275559999' }) },
    delete: {},
    refresh: before,
  };

  /** What the state says of the phone, in the words of the table. */
  const stateOfPhone = (at: FaultRow['at']): FaultRow['state'] => {
    const desk = testbed.workspace.state()['vicidial_phone.desk'];
    if (!desk) return 'no phone';
    if (at === 'create') return 'the new phone';
    return desk.outbound_cid === '7275559999' ? 'the changed phone' : 'the phone as it was';
  };

  test.each(rows.map((row) => [row.at, row.readFrom, row.fault, row] as const))(
    'during %s, read from %s: %s',
    async (_at, _readFrom, _fault, { at, readFrom, kind, every, error, state, next }) => {
      // The emulator does not lag.
      const environment = { VICIDIAL_READ_FROM: readFrom, VICIDIAL_WRITE_TIMEOUT_SECONDS: '0' };
      const isUndetected = at === 'update' && kind === 'success-without-work' && readFrom === 'api';
      if (at !== 'create') await testbed.apply(before, {}, environment);
      testbed.declare(after[at]);
      const isPage = readFrom === 'admin' && at === 'refresh';
      testbed.emulator.faults.add(every ? { kind, page: isPage } : { kind, writing: true, times: 1, seconds: 0 });
      const run = await testbed.workspace.apply([], environment);
      expect(run.code).toBe(error === undefined ? 0 : 1);
      if (error !== undefined) expect(run.output).toContain(`Code: ${error}`);
      expect(stateOfPhone(at)).toBe(state);

      testbed.emulator.faults.clear();
      expect((await testbed.workspace.plan([], environment)).code).toBe(next === 'nothing' ? 0 : 2);
      if (next !== 'nothing') {
        expect((await testbed.workspace.changes()).map(({ actions }) => actions.join())).toEqual([next]);
        await testbed.workspace.expectApply([], environment);
        expect((await testbed.workspace.plan([], environment)).code).toBe(0);
      }
      expect(testbed.emulator.store.phones).toHaveLength(at === 'delete' ? 0 : 1);
      if (at === 'update' && !isUndetected)
        expect(testbed.emulator.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
    },
  );

  test('a phone that exists already is adopted where the provider is set to do so', async () => {
    testbed.declare({ a: phone('55000') });
    await testbed.workspace.expectApply();
    await testbed.workspace.forget('vicidial_phone.a');
    testbed.writes();
    const changed = { a: phone('55000', { outbound_cid: '7275559999' }) };
    testbed.workspace.configure({
      provider: { vicidial: { adopt_existing: true } },
      resource: { vicidial_phone: changed },
    });
    const plan = await testbed.workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.output).toContain('existing-object-adopted');
    await testbed.workspace.expectApply();
    // The adoption is part of the plan: nothing is added.
    const sent = testbed.emulator.journal.entries.filter(({ fields }) => fields.outbound_cid === '7275559999');
    expect(sent.map((entry) => entry.function)).toEqual(['update_phone']);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});
