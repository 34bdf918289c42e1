import { isOpenTofu } from '../../testing/engine';
import { expectCode, type Bed } from './identity-bed';
import { identityTest, identityTestOfOne } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

/* Row 11: the phone's server was 10.0.0.99, and is called 10.0.0.12 now. */
const before = { 'vicidial_phone.before': phone('55000', { server_ip: '10.0.0.99' }) };
const after = { 'vicidial_phone.after': phone('55000', { server_ip: '10.0.0.12' }) };
const removed = [{ from: 'vicidial_phone.before', lifecycle: { destroy: false } }];
/** OpenTofu reads an object before it forgets it. */
const forgetFlags = isOpenTofu() ? ['-refresh=false'] : [];

function rename(bed: Bed): void {
  bed.prepare(before, { missing: Object.keys(before) });
  bed.serve(phone('55000', { server_ip: '10.0.0.12' }));
}

async function expectWayOut(bed: Bed): Promise<void> {
  for (const declared of [before, {}]) {
    bed.declare(declared);
    const { findings } = await bed.expectRefusal(['server-not-found']);
    const message = findings.find(({ severity }) => severity === 'error')?.detail;
    expect(message).toMatch(/removed/u);
    expect(message).toMatch(/destroy = false/u);
    expect(message).toMatch(/-refresh=false/u);
  }
}

async function expectMoved(bed: Bed): Promise<void> {
  expect(bed.state()).toEqual({ 'vicidial_phone.after': '10.0.0.12/55000' });
  expect(bed.phones()).toEqual({ '10.0.0.12/55000': '55000' });
  bed.declare(after);
  await bed.expectNoChanges();
}

identityTest('of a server that was renamed, the phone is forgotten and imported in one plan', async (bed) => {
  rename(bed);
  await expectWayOut(bed);
  bed.declare(after, { removed, import: [{ to: 'vicidial_phone.after', id: '10.0.0.12/55000' }] });
  await bed.expectApply(forgetFlags);
  await expectMoved(bed);
});

identityTestOfOne('of a server that was renamed, the phone is forgotten and then adopted', async (bed) => {
  rename(bed);
  bed.declare({}, { removed });
  await bed.expectApply(forgetFlags);
  expect(bed.state()).toEqual({});
  bed.declare(after);
  await bed.expectApply([], { VICIDIAL_ADOPT_EXISTING: 'true' });
  await expectMoved(bed);
});

const moved = { VICIDIAL_MOVED_SERVERS: JSON.stringify({ '10.0.0.99': '10.0.0.12' }) };

identityTestOfOne(
  'of a server that has another address, the phone is updated in place and nothing is written',
  async (bed) => {
    const address = 'vicidial_phone.desk';
    const desk = (server_ip: string) => ({ [address]: phone('55000', { server_ip, deletion_protection: true }) });
    bed.prepare(desk('10.0.0.99'), { missing: [address] });
    bed.serve(phone('55000', { server_ip: '10.0.0.12' }));
    bed.declare({});
    await bed.expectRefusal(['server-moved'], [], moved);
    bed.declare(desk('10.0.0.12'));
    await bed.expectRefusal(['server-moved'], [`-replace=${address}`], moved);
    for (const flags of [[], ['-refresh=false']]) {
      expectCode(2, await bed.plan(flags, moved));
      const [change] = await bed.workspace.changes();
      expect(change).toMatchObject({ actions: ['update'], before: { server_ip: '10.0.0.99' } });
      expect(change?.after).toMatchObject({ server_ip: '10.0.0.12', adopted: true });
    }
    expectCode(0, await bed.applyPlan(moved));
    expect(bed.writes()).toEqual([]);
    expect(bed.state()).toEqual({ [address]: '10.0.0.12/55000' });
    // With the setting and without it.
    await bed.expectNoChanges([], moved);
    await bed.expectNoChanges();
  },
);
