import { nodeProviderFile } from '../../testing/provider-file';
import {
  applyUntilHalfCreated,
  completed,
  count,
  expectCleanInterruption,
  orphans,
  parallelism,
  until,
} from './interrupted-apply';
import { useTestbed } from './harness';

jest.setTimeout(600_000);

const testbed = useTestbed({ file: nodeProviderFile });

afterEach(() => jest.restoreAllMocks());

test('Ctrl-C lets the creations under way finish, starts no others, and all that was created is in state', () =>
  expectCleanInterruption(testbed));

test('after kill -9 the next apply shows how to import what was created unseen, or adopts it where that is allowed', async () => {
  const run = await applyUntilHalfCreated(testbed);
  run.signal('SIGKILL', 'engine');
  expect((await run.ended).code).toBeUndefined();
  // The server carries out what it has received, although the client is gone.
  await until(() => testbed.emulator.store.phones.length === completed + parallelism);
  testbed.emulator.faults.clear();
  const created = orphans(testbed);
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
