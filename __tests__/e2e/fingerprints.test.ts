/** The fingerprint of plans that engines have made: the same for what does the same, and for nothing else. */
import { fingerprint, hasFingerprint } from '../../src/report/fingerprint';
import { parsePlan, type PlanFile } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import { phone, useTestbed, type Fields } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();
const keyed = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };

const moved = 'moved {\n  from = vicidial_phone.moved\n  to = vicidial_phone.renamed\n}\n';
const imported = 'import {\n  to = vicidial_phone.imported\n  id = "10.0.0.11/55010"\n}\n';
const removed = (name: string) =>
  `removed {\n  from = vicidial_phone.${name}\n  lifecycle {\n    destroy = false\n  }\n}\n`;
const blocks = [moved, imported, removed('forgotten')].join('');

/** The phones after the change: one is created, updated, replaced, moved and imported each; one is deleted, one forgotten. */
const declared: Readonly<Record<string, Fields>> = {
  renamed: phone('55000'),
  changed: { ...phone('55001'), email: 'desk@example.com' },
  replaced: phone('55013'),
  imported: { ...phone('55010'), phone_full_name: 'Imported' },
  created: phone('55012'),
};

async function plan(): Promise<PlanFile> {
  await testbed.workspace.plan();
  const { stdout } = await testbed.workspace.expectSuccess(['show', '-json', 'plan.out']);
  return parsePlan(stdout, 'plan.json');
}

/** Applies what is there before, declares the change, and plans it. */
async function firstPlan(): Promise<PlanFile> {
  const { workspace } = testbed;
  const names = ['moved', 'changed', 'old', 'replaced', 'forgotten'];
  const former = Object.fromEntries(names.map((name, index) => [name, phone(`5500${index}`)]));
  testbed.declare({ ...former, imported: phone('55010') });
  await workspace.expectApply();
  await workspace.forget('vicidial_phone.imported');
  testbed.declare(declared);
  workspace.write('blocks.tf', blocks);
  return plan();
}

test('is another one where any value, address or action is another one, and the same where none is', async () => {
  const { workspace, emulator } = testbed;
  const first = await firstPlan();
  const [key, salt] = [fingerprint(first, keyed) ?? '', fingerprint(first, {}) ?? ''];
  const isSame = (other: PlanFile) => [hasFingerprint(other, key, keyed), hasFingerprint(other, salt, {})];

  const { created, ...others } = declared;
  const changes: Readonly<Record<string, readonly [Readonly<Record<string, Fields>>, string]>> = {
    'a password': [{ ...declared, created: { ...created, phone_pass: 'anotherSecret4711' } }, blocks],
    'an address': [{ ...others, other: created ?? {} }, blocks],
    'an action': [declared, blocks + removed('old')],
  };
  for (const [name, [phones, text]] of Object.entries(changes)) {
    testbed.declare(phones);
    workspace.write('blocks.tf', text);
    expect([name, ...isSame(await plan())]).toEqual([name, false, false]);
  }

  // Changes by hand of what the plan deletes, and of what it leaves alone.
  const store = emulator.store;
  Object.assign(store.phone('10.0.0.11', '55002') ?? {}, { email: 'hand@example.com' });
  Object.assign(store.phone('10.0.0.11', '55001') ?? {}, { voicemail_greeting: 'hand' });
  testbed.declare(declared);
  workspace.write('blocks.tf', blocks);
  expect(isSame(await plan())).toEqual([true, true]);
});

const other = process.env.PHONESTATE_OTHER_ENGINE;
const withOther = other === undefined ? test.skip : test;
withOther(
  `is the same with another engine of the same kind${other === undefined ? ' (skipped: PHONESTATE_OTHER_ENGINE names none)' : ''}`,
  async () => {
    const first = await firstPlan();
    const expected = fingerprint(first, keyed) ?? '';
    const engine = process.env.PHONESTATE_ENGINE;
    process.env.PHONESTATE_ENGINE = other;
    try {
      const second = await plan();
      expect(hasFingerprint(second, expected, keyed)).toBe(true);
      const countsOf = (made: PlanFile) => makeReport({ environment: 'production', plan: made }, keyed).counts;
      expect(countsOf(second)).toEqual(countsOf(first));
      testbed.declare({ ...declared, created: phone('55012', { phone_full_name: 'Other' }) });
      expect(hasFingerprint(await plan(), expected, keyed)).toBe(false);
    } finally {
      if (engine === undefined) delete process.env.PHONESTATE_ENGINE;
      else process.env.PHONESTATE_ENGINE = engine;
    }
  },
);
