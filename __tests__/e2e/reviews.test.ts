/** Reviews of plans that the real engine has made: report, limits, fingerprint, moves. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredObjects, objectsInState } from '../../src/report/addressed-objects';
import { fingerprint, hasFingerprint } from '../../src/report/fingerprint';
import { toMarkdown } from '../../src/report/markdown';
import { pairMoves, toHcl } from '../../src/report/moves';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import { kinds } from '../../src/report/report-schema';
import type { Workspace } from '../../testing/workspace';
import { phone, secrets, useTestbed } from './harness';

jest.setTimeout(300_000);

const variables = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };
const testbed = useTestbed();

interface MadePlan {
  readonly json: string;
  readonly log: string;
}

/** Makes a plan as a pipeline does: with a log, and shown as JSON. */
async function plan(workspace: Workspace, environment: Readonly<Record<string, string>> = {}): Promise<MadePlan> {
  const { stdout: log } = await workspace.run(['plan', '-json', '-input=false', '-out=plan.out'], environment);
  const { stdout: json } = await workspace.expectSuccess(['show', '-json', 'plan.out']);
  return { json, log };
}

function reportOf({ json, log }: MadePlan) {
  return makeReport({ environment: 'production', plan: parsePlan(json, 'plan.json'), log }, variables);
}

function isSame({ json }: MadePlan, expected: string): boolean {
  return hasFingerprint(parsePlan(json, 'plan.json'), expected, variables);
}

const removed = (address: string) => `removed {\n  from = ${address}\n  lifecycle {\n    destroy = false\n  }\n}\n`;

test('a plan of every kind is reported, without secrets, and has one fingerprint', async () => {
  const { workspace, emulator } = testbed;
  const desks = Object.fromEntries(
    ['moved', 'changed', 'old', 'replaced', 'forgotten'].map((name, index) => [name, phone(`5500${index}`)]),
  );
  testbed.declare({ ...desks, imported: phone('55010'), adopted: phone('55011') });
  await workspace.expectApply();
  await workspace.forget('vicidial_phone.imported', 'vicidial_phone.adopted');
  emulator.store.removePhone('10.0.0.11', '55011');
  const { changed = {}, moved = {} } = desks;
  testbed.declare({
    renamed: moved,
    changed: { ...changed, email: 'desk@example.com', phone_pass: 'anotherSecret4711' },
    replaced: phone('55013'),
    imported: { ...phone('55010'), phone_full_name: 'Imported' },
    created: phone('55012'),
  });
  const blocks = [
    'moved {\n  from = vicidial_phone.moved\n  to = vicidial_phone.renamed\n}\n',
    'import {\n  to = vicidial_phone.imported\n  id = "10.0.0.11/55010"\n}\n',
    removed('vicidial_phone.forgotten'),
  ];
  workspace.write('blocks.tf', blocks.join(''));
  const made = await plan(workspace);
  const report = reportOf(made);
  expect(Object.fromEntries(kinds.map((kind) => [kind, report.counts[kind]]))).toEqual({
    destroy: 1,
    replace: 1,
    adopt: 0,
    import: 1,
    move: 1,
    forget: 1,
    create: 1,
    update: 2,
    defer: 0,
  });
  const text = toMarkdown([report], { limit: 65_000 });
  expect(text).toContain('`10.0.0.11/55002` (`vicidial_phone.old`): it is not in the configuration any more');
  for (const secret of [...Object.values(secrets), 'anotherSecret4711'])
    expect(JSON.stringify(report) + text).not.toContain(secret);

  // The same plan made again, with a change by hand in between.
  const reviewed = report.fingerprint ?? '';
  Object.assign(emulator.store.phone('10.0.0.11', '55002') ?? {}, { email: 'hand@example.com' });
  expect(isSame(await plan(workspace), reviewed)).toBe(true);

  // A merge in between: the import is not declared any more.
  const [moves, , forgets] = blocks;
  workspace.write('blocks.tf', `${moves}${forgets}`);
  testbed.declare({ renamed: moved, changed: { ...changed, email: 'desk@example.com' }, created: phone('55012') });
  const merged = await plan(workspace);
  expect(isSame(merged, reviewed)).toBe(false);

  // Another reader has read less of the phones that are deleted. Of an import it would change what is written.
  const api = await plan(workspace, { VICIDIAL_READ_FROM: 'api' });
  expect(isSame(api, reportOf(merged).fingerprint ?? '')).toBe(true);
});

test('a rename is refused, and moves prints the blocks that it needs', async () => {
  const { workspace } = testbed;
  testbed.declare({ old: phone('55000'), other: phone('55001') });
  await workspace.expectApply();
  testbed.declare({ new: phone('55000'), other: phone('55001') });
  const refused = await plan(workspace);
  const report = reportOf(refused);
  expect(report.result).toBe('failed');
  expect(report.diagnostics.map(({ detail }) => detail).join()).toContain('phonestate moves');
  expect(fingerprint(parsePlan(refused.json, 'plan.json'), variables)).toBeUndefined();

  const state = readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8');
  for (const old of [state, refused.json]) {
    const { moves } = pairMoves(objectsInState(old, 'old'), declaredObjects(refused.json, 'plan.json', refused.log));
    expect(moves).toEqual([{ from: 'vicidial_phone.old', to: 'vicidial_phone.new' }]);
    writeFileSync(join(workspace.folder, 'moved.tf'), toHcl(moves));
  }
  expect(reportOf(await plan(workspace)).counts).toMatchObject({ move: 1, create: 0, destroy: 0 });
});

test('an adoption is one in the report, and the check of the example warns of it', async () => {
  const { workspace } = testbed;
  testbed.declare({ desk: phone('55000') });
  await workspace.expectApply();
  await workspace.forget('vicidial_phone.desk');
  const desk = { ...phone('${each.key}', { phone_login: '${each.key}' }), for_each: { '55000': '' } };
  workspace.configure({ resource: { vicidial_phone: { desk } } });
  workspace.write('check.tf', readFileSync(join(__dirname, '..', '..', 'examples', 'policies', 'check.tf'), 'utf8'));
  const report = reportOf(await plan(workspace, { VICIDIAL_ADOPT_EXISTING: 'true' }));
  expect(report.counts).toMatchObject({ adopt: 1, create: 0 });
  expect(report.checks).toEqual([
    { name: 'check.no_adoption', status: 'fail', messages: ['Adopted: 10.0.0.11/55000.'] },
  ]);
  expect(report.result).toBe('changes');
});
