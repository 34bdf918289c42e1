/** What may be applied. */
import { describeBeyond, describeExceeded, parseFailOn, parseLimits } from '../../src/report/limits';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import type { Limit, Report } from '../../src/report/report-schema';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';
import { samplePlans } from '../../testing/sample-plans';

function reportOf(plan: string, limits: readonly Limit[]): Report {
  return makeReport(
    { environment: 'production', plan: parsePlan(plan, 'plan.json'), limits },
    { PHONESTATE_FINGERPRINT_KEY: 'key' },
  );
}

/** Phones of a server, of which the first ones are destroyed. */
function phones(server: string, total: number, destroyed: number) {
  return Array.from({ length: total }, (_, index) => {
    const phone = storedPhone(String(50_000 + index), { server_ip: server });
    const address = `vicidial_phone.phone-${server.replaceAll('.', '_')}-${index}`;
    return index < destroyed
      ? resourceChange(address, ['delete'], phone, null)
      : resourceChange(address, ['no-op'], phone, phone);
  });
}

const exceeded = (plan: string, failOn: string) => reportOf(plan, parseFailOn(failOn)).exceeded.map(describeExceeded);

test.each([
  ['destroy', 2, ['destroy: 2 on 10.0.0.11, and the limit is 0']],
  ['destroy>2', 2, []],
  ['destroy>1', 2, ['destroy: 2 on 10.0.0.11, and the limit is 1']],
  ['destroy>10%', 2, []],
  ['destroy>10%', 3, ['destroy: 3 on 10.0.0.11, and the limit is 10% of 20']],
  ['replace,adopt,forget', 20, []],
])('%s with %i of 20 phones destroyed', (failOn, destroyed, found) => {
  expect(exceeded(samplePlan(phones('10.0.0.11', 20, destroyed)), failOn)).toEqual(found);
});

test('each server counts for itself, by its former address', () => {
  const plan = samplePlan([...phones('10.0.0.11', 100, 9), ...phones('10.0.0.12', 10, 2)]);
  expect(exceeded(plan, 'destroy>10%')).toEqual(['destroy: 2 on 10.0.0.12, and the limit is 10% of 10']);
  const before = storedPhone('55000');
  const moving = resourceChange('vicidial_phone.a', ['update'], before, { ...before, server_ip: '10.0.0.99' });
  expect(exceeded(samplePlan([moving]), 'update')).toEqual(['update: 1 on 10.0.0.11, and the limit is 0']);
});

test('phone aliases are a group of their own', () => {
  const alias = { id: 'desks', alias_id: 'desks', alias_name: 'Desks' };
  const plan = samplePlan([resourceChange('vicidial_phone_alias.desks', ['delete'], alias, null)]);
  expect(exceeded(plan, 'destroy')).toEqual(['destroy: 1 on phone aliases, and the limit is 0']);
});

test('below ten objects a percentage is not checked, a count is', () => {
  const plan = samplePlan(phones('10.0.0.11', 9, 9));
  expect(exceeded(plan, 'destroy>10%')).toEqual([]);
  expect(exceeded(plan, 'destroy>10%,destroy>5')).toEqual(['destroy: 9 on 10.0.0.11, and the limit is 5']);
});

test('a replacement counts as replace, and as no destroy', () => {
  const plan = samplePlans.replace?.plan ?? '';
  expect(exceeded(plan, 'destroy')).toEqual([]);
  expect(exceeded(plan, 'replace')).toEqual(['replace: 1 on 10.0.0.11, and the limit is 0']);
});

test.each(['adopt', 'forget'])('%s is a limit', (kind) => {
  const plan = samplePlans[kind === 'adopt' ? 'adopt' : 'forgotten']?.plan ?? '';
  expect(exceeded(plan, kind)).toEqual([`${kind}: 1 on 10.0.0.11, and the limit is 0`]);
});

test('the limits of an environment file are read like those of the command line', () => {
  expect(parseLimits({ destroy: '10%', update: 30 })).toEqual(parseFailOn('destroy>10%,update>30'));
});

test.each(['remove', 'destroy>', 'destroy>x', 'destroy<5', 'destroy>5 %'])('%s is no limit', (word) => {
  expect(() => parseFailOn(word)).toThrow(`"${word}" is no limit`);
});

test.each(['-1', '10 %', 'all'])('%s is no limit of an environment file', (value) => {
  expect(() => parseLimits({ destroy: value })).toThrow('The limit of destroy must be a number');
});

test('a plan beyond a limit is not approvable, and neither is one that is not complete', () => {
  const report = reportOf(samplePlans.destroy?.plan ?? '', parseFailOn('destroy'));
  expect(report.result).toBe('blocked');
  expect(describeBeyond(report)).toContain('production: destroy: 1 on 10.0.0.11, and the limit is 0.');
  const failed = reportOf(samplePlans['errors without a log']?.plan ?? '', parseFailOn('destroy'));
  expect(describeBeyond(failed)).toBe('production: the plan has errors, so that limits cannot be checked.');
});
