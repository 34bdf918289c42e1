/** What differs between the report that was reviewed and the one of the plan made again. */
import { differences } from '../../src/report/compare-reports';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import type { Report } from '../../src/report/report-schema';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';

type Changes = Parameters<typeof samplePlan>[0];

function reportOf(changes: Changes, environment = 'production'): Report {
  return makeReport(
    { environment, plan: parsePlan(samplePlan(changes), 'plan.json') },
    { PHONESTATE_FINGERPRINT_KEY: 'key' },
  );
}

const desk = storedPhone('55000');
const update = (fields: Readonly<Record<string, unknown>>) =>
  resourceChange('vicidial_phone.desk', ['update'], desk, { ...desk, ...fields });
const destroy = resourceChange('vicidial_phone.old', ['delete'], storedPhone('55001'), null);

test('changes that are new, that are not planned any more, and that are other ones', () => {
  const reviewed = reportOf([update({ email: 'a@example.com' }), destroy]);
  const now = reportOf([
    update({ email: 'b@example.com' }),
    resourceChange('vicidial_phone.new', ['create'], null, storedPhone('55002')),
  ]);
  const lines = differences([reviewed], now);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^- new: create `10\.0\.0\.11\/55002` \(`vicidial_phone\.new`\)/u);
  expect(lines[1]).toBe('- not planned any more: destroy `10.0.0.11/55001` (`vicidial_phone.old`)');
  expect(lines[2]).toBe(
    '- update `10.0.0.11/55000` (`vicidial_phone.desk`): `email` = `a@example.com` → update `10.0.0.11/55000` (`vicidial_phone.desk`): `email` = `b@example.com`',
  );
});

test('passwords that differ are named as what a report does not show', () => {
  const lines = differences(
    [reportOf([update({ phone_pass: 'one-pass' })])],
    reportOf([update({ phone_pass: 'two-pass' })]),
  );
  expect(lines).toEqual(['- only in values that a report does not show, such as passwords']);
});

test('of several reports the one of the environment is compared', () => {
  const now = reportOf([destroy], 'staging');
  expect(differences([reportOf([]), reportOf([destroy], 'staging')], now)[0]).toContain(
    'values that a report does not show',
  );
  expect(() => differences([reportOf([]), reportOf([], 'lab')], now)).toThrow(
    'production, lab, and none is of staging',
  );
});
