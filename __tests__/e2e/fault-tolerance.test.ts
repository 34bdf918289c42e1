import { faultMatrix, type FaultRow } from '../../testing/fault-matrix';
import { fleet, phone, secrets, useStage, type Fields } from './harness';

jest.setTimeout(600_000);

describe('an apply on a bad server', () => {
  const stage = useStage();

  const before = { desk: phone('55000') };
  const after: Record<FaultRow['at'], Record<string, Fields>> = {
    creation: before,
    update: { desk: phone('55000', { outbound_cid: '7275559999' }) },
    deletion: {},
    refresh: before,
  };

  /** The phone as the state has it, in the words of the table. */
  const recorded = (at: FaultRow['at']): FaultRow['state'] => {
    const desk = stage.workspace.state()['vicidial_phone.desk'];
    if (!desk) return 'no phone';
    if (at === 'creation') return 'the new phone';
    return desk.outbound_cid === '7275559999' ? 'the changed phone' : 'the phone as it was';
  };

  test.each(faultMatrix.map((row) => [row.at, row.fault, row] as const))(
    'at a %s, %s',
    async (_at, _fault, { at, kind, every, error, state, next }) => {
      if (at !== 'creation') {
        stage.declare(before);
        await stage.workspace.expectApply();
      }
      stage.declare(after[at]);
      stage.dialer.faults.add(every ? { kind } : { kind, writing: true, times: 1, seconds: 0 });
      const run = await stage.workspace.apply();
      expect(run.code).toBe(error === undefined ? 0 : 1);
      if (error !== undefined) expect(run.output).toContain(`Code: ${error}`);
      expect(recorded(at)).toBe(state);

      stage.dialer.faults.clear();
      await stage.workspace.plan();
      expect((await stage.workspace.changes()).map(({ actions }) => actions.join())).toEqual(
        next === 'nothing' ? [] : [next],
      );
      if (next !== 'nothing') {
        await stage.workspace.expectApply();
        expect((await stage.workspace.plan()).code).toBe(0);
      }
      expect(stage.dialer.store.phones).toHaveLength(at === 'deletion' ? 0 : 1);
      if (at === 'update') expect(stage.dialer.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
    },
  );

  test('a hundred phones planned with a wrong password try at most two logins', async () => {
    stage.declare(fleet(100));
    stage.dialer.journal.clear();
    const { code, output } = await stage.workspace.run(['plan', '-input=false', '-no-color', '-parallelism=100'], {
      VICIDIAL_PASSWORD: `${secrets.api}x`,
    });
    expect(code).toBe(1);
    expect(output.split('Ten bad logins lock')).toHaveLength(2);
    expect(stage.dialer.journal.entries.filter(({ function: name }) => name !== 'version').length).toBeLessThanOrEqual(
      2,
    );
  });

  test('what exists already may be taken over where the provider says so', async () => {
    stage.declare({ a: phone('55000') });
    await stage.workspace.expectApply();
    await stage.workspace.expectSuccess(['state', 'rm', 'vicidial_phone.a']);
    stage.writes();
    const changed = { a: phone('55000', { outbound_cid: '7275559999' }) };
    stage.workspace.configure({
      provider: { vicidial: { adopt_existing: true } },
      resource: { vicidial_phone: changed },
    });
    const plan = await stage.workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.output).toContain('existing-object-adopted');
    await stage.workspace.expectApply();
    // add_phone is refused, as the phone exists, and is not among the writes.
    const sent = stage.dialer.journal.entries.filter(({ fields }) => fields.outbound_cid === '7275559999');
    expect(sent.map((entry) => entry.function)).toEqual(['add_phone', 'update_phone']);
    expect(stage.dialer.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
    expect((await stage.workspace.plan()).code).toBe(0);
  });
});
