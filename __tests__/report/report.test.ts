/** What a report says of plans of every kind. */
import { toMarkdown } from '../../src/report/markdown';
import { parsePlan } from '../../src/report/plan-file';
import { failuresFirst, makeReport } from '../../src/report/report';
import { kinds, type Kind, type Report } from '../../src/report/report-schema';
import { countsLine, title } from '../../src/report/words';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';
import { samplePlans } from '../../testing/sample-plans';

const variables = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };

function reportOf(plan: string, log?: string): Report {
  return makeReport({ environment: 'production', plan: parsePlan(plan, 'plan.json'), log }, variables);
}

function sample(name: string): Report {
  const { plan = '', log } = samplePlans[name] ?? {};
  return reportOf(plan, log);
}

function countsOf({ counts }: Report): Partial<Record<Kind, number>> {
  return Object.fromEntries(kinds.filter((kind) => counts[kind] > 0).map((kind) => [kind, counts[kind]]));
}

test.each<[string, Report['result'], Partial<Record<Kind, number>>]>([
  ['create', 'changes', { create: 2 }],
  ['update', 'changes', { update: 1 }],
  ['replace', 'changes', { replace: 1 }],
  ['adopt', 'changes', { adopt: 1 }],
  ['import', 'changes', { import: 1 }],
  ['import with a change', 'changes', { import: 1, update: 1 }],
  ['moved', 'changes', { move: 1 }],
  ['moved with a change', 'changes', { move: 1, update: 1 }],
  ['forgotten', 'changes', { forget: 1 }],
  ['errors without a log', 'failed', { create: 1 }],
  ['errors with a log', 'failed', { create: 1 }],
  ['drift', 'no-changes', {}],
  ['destroy', 'changes', { destroy: 2 }],
  ['many changes', 'changes', { update: 2000 }],
  ['many destroys', 'changes', { destroy: 5000 }],
  ['unknowns', 'changes', { create: 1, update: 1 }],
  ['deferred', 'partial', { defer: 1 }],
  ['targeted', 'partial', { create: 1 }],
  ['failed check', 'changes', { adopt: 1 }],
  ['no changes', 'no-changes', {}],
  ['moved server', 'changes', { adopt: 1, update: 1 }],
])('%s: %s, %p', (name, result, counts) => {
  const report = sample(name);
  expect(report.result).toBe(result);
  expect(countsOf(report)).toEqual(counts);
  expect(report.fingerprint === undefined).toBe(result === 'failed' || result === 'partial');
});

test('a destroy names the key of the object and the reason, and what is left over of a replacement', () => {
  const text = toMarkdown([sample('destroy')], { limit: 65_000 });
  expect(text).toContain('- `10.0.0.11/55000` (`vicidial_phone.phone-55000`): it is not in the configuration any more');
  expect(text).toMatch(/`10\.0\.0\.12\/55001`.*deposed ab12cd34/u);
});

test('a replacement names the attributes that cause it, and the former key', () => {
  const text = toMarkdown([sample('replace')], { limit: 65_000 });
  expect(text).toContain(
    '`10.0.0.11/55000` (`vicidial_phone.desk`): an attribute cannot be changed in place; changed: extension',
  );
  expect(text).toContain('- `extension` `55000` → `55009`');
});

test('a move shows both addresses, and what changes besides', () => {
  expect(toMarkdown([sample('moved')], { limit: 65_000 })).toContain('`vicidial_phone.old` → `vicidial_phone.new`');
  expect(toMarkdown([sample('moved with a change')], { limit: 65_000 })).toContain(
    '`vicidial_phone.old` → `vicidial_phone.phone-55000`, with `email` = `desk@example.com`',
  );
});

test('a replacement that forgets the old object creates one and forgets one', () => {
  const [before, after] = [storedPhone('55000'), storedPhone('55001')];
  const plan = samplePlan([resourceChange('vicidial_phone.desk', ['create', 'forget'], before, after)]);
  expect(countsOf(reportOf(plan))).toEqual({ forget: 1, create: 1 });
});

test('an adoption that is known only after apply counts as one', () => {
  const { adopted, ...after } = storedPhone('55000') as { adopted: null };
  expect(adopted).toBeNull();
  const plan = samplePlan([
    resourceChange('vicidial_phone.desk', ['create'], null, after, { change: { after_unknown: { adopted: true } } }),
  ]);
  expect(countsOf(reportOf(plan))).toEqual({ adopt: 1 });
});

test('an object that was adopted earlier is not adopted again', () => {
  const before = { ...storedPhone('55000'), adopted: true };
  const plan = samplePlan([
    resourceChange('vicidial_phone.desk', ['update'], before, { ...before, email: 'a@example.com' }),
  ]);
  expect(countsOf(reportOf(plan))).toEqual({ update: 1 });
});

test('without its log a plan with errors is a partial report; with it, the objects that failed are listed', () => {
  const [without, having] = [sample('errors without a log'), sample('errors with a log')];
  expect(without.notes.join(' ')).toContain('This report is partial');
  expect(having.notes.join(' ')).not.toContain('partial');
  expect(having.diagnostics).toEqual([
    {
      severity: 'error',
      summary: 'Phone exists already',
      detail: expect.stringContaining('Object: vicidial_phone 10.0.0.11/55000') as unknown,
      address: 'vicidial_phone.reception',
      place: 'main.tf:12',
    },
  ]);
  expect(title(having)).toBe('production: plan failed, not approvable');
});

test.each([
  ['targeted', '-target or -exclude'],
  ['without refresh', '-refresh=false'],
  ['deferred', 'deferred'],
])('how a plan was made is named: %s', (name, words) => {
  expect(sample(name).notes.join(' ')).toContain(words);
});

test('a targeted plan of an engine without the key "complete" is named by its log', () => {
  const warning = {
    type: 'diagnostic',
    diagnostic: { severity: 'warning', summary: 'Resource targeting is in effect' },
  };
  const { complete, ...plan } = JSON.parse(samplePlans.update?.plan ?? '') as Record<string, unknown>;
  expect(complete).toBe(true);
  const log = [{ type: 'refresh_start' }, warning].map((line) => JSON.stringify(line)).join('\n');
  expect(reportOf(JSON.stringify(plan), log).notes.join(' ')).toContain('-target or -exclude');
  expect(reportOf(JSON.stringify(plan)).result).toBe('changes');
});

test('a failed check is shown, and stops nothing, as in Terraform', () => {
  const report = sample('failed check');
  expect(report.checks).toEqual([{ name: 'check.no_adoption', status: 'fail', messages: ['A phone is adopted.'] }]);
  expect(countsLine(report)).toBe('1 to adopt, 1 failed check.');
});

test('unknown values are (known after apply), but not those that the server chooses', () => {
  const [updated, created] = sample('unknowns').changes;
  expect(updated?.fields).toEqual([{ name: 'outbound_cid', before: '7275551212', after: '(known after apply)' }]);
  expect(created?.key).toBe('vicidial_phone.phone-55001');
  const unknown = created?.fields.filter(({ after }) => after === '(known after apply)').map(({ name }) => name);
  expect(unknown).toEqual(['email']);
});

test('a write-only value is named as one that no plan has', () => {
  const before = { ...storedPhone('55000'), phone_pass_wo_version: 1 };
  const plan = samplePlan([
    resourceChange('vicidial_phone.desk', ['update'], before, { ...before, phone_pass_wo_version: 2 }),
  ]);
  expect(reportOf(plan).notes.join(' ')).toContain('Write-only values of 1 object');

  // A replaced phone is sent them without another version, and one that gives them up is not.
  const replaced = resourceChange('vicidial_phone.desk', ['delete', 'create'], before, before);
  expect(reportOf(samplePlan([replaced])).notes.join(' ')).toContain('Write-only values of 1 object');
  const without = resourceChange('vicidial_phone.desk', ['update'], before, { ...before, phone_pass_wo_version: null });
  expect(reportOf(samplePlan([without])).notes.join(' ')).not.toContain('Write-only values');
});

test('failures come first', () => {
  const reports = [sample('create'), sample('targeted'), sample('no changes'), sample('errors without a log')];
  expect(failuresFirst(reports).map(({ result }) => result)).toEqual(['failed', 'partial', 'changes', 'no-changes']);
});

test('data sources that are read are no changes', () => {
  const plan = samplePlan([
    { ...resourceChange('data.vicidial_phone.a', ['read'], null, storedPhone('1')), mode: 'data' },
  ]);
  expect(reportOf(plan).result).toBe('no-changes');
});

test.each([
  ['no JSON', 'Terraform will perform the following actions', /is not JSON.*terraform show -json/u],
  ['a state', '{"format_version":"1.0","values":{"root_module":{}}}', /this is a state/u],
  ['a state file', '{"version":4,"resources":[]}', /is not a plan/u],
  ['a later format', '{"format_version":"2.0"}', /format that is not known/u],
])('what is no plan is refused: %s', (_name, text, message) => {
  expect(() => parsePlan(text, 'plan.json')).toThrow(message);
});

test('a log without a line of JSON is refused', () => {
  expect(() => reportOf(samplePlans.update?.plan ?? '', 'Planning...\n')).toThrow(/terraform plan -json/u);
});
