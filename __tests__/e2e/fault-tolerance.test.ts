import { faultMatrix, isRepresentative } from '../../testing/fault-matrix';
import { isFullMatrix } from '../../testing/full-matrix';
import { runFault } from './fault-run';
import { phone, useTestbed } from './harness';

jest.setTimeout(600_000);

const rows = isFullMatrix ? faultMatrix : faultMatrix.filter(isRepresentative);

describe('a run during which the server fails', () => {
  const testbed = useTestbed();

  test.each(rows.map((row) => [row.at, row.readFrom, row.fault, row] as const))(
    'during %s, read from %s: %s',
    (_at, _readFrom, _fault, row) => runFault(testbed, row),
  );

  test('a phone that exists already is adopted where the provider is set to do so', async () => {
    testbed.serve({ a: phone('55000') });
    const changed = { a: phone('55000', { outbound_cid: '7275559999' }) };
    testbed.workspace.configure({
      provider: { vicidial: { adopt_existing: true } },
      resource: { vicidial_phone: changed },
    });
    const apply = await testbed.workspace.expectApply();
    expect(apply.output).toContain('existing-object-adopted');
    expect(apply.output).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    // The adoption is part of the plan: nothing is added.
    const sent = testbed.emulator.journal.entries.filter(({ fields }) => fields.outbound_cid === '7275559999');
    expect(sent.map((entry) => entry.function)).toEqual(['update_phone']);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')?.outbound_cid).toBe('7275559999');
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});
