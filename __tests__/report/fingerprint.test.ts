/** The fingerprint: what changes it, and what does not. */
import { fingerprint, hasFingerprint } from '../../src/report/fingerprint';
import { parsePlan } from '../../src/report/plan-file';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';

const keyed = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };
const read = (text: string) => parsePlan(text, 'plan.json');

const desk = storedPhone('55000');
const created = { ...desk, id: '10.0.0.11/55001', extension: '55001' };
const deleted = storedPhone('55002');
const replaced = storedPhone('55003');

/** One change of each kind, with what a test changes in it. */
function changes({
  update = {},
  create = {},
  remove = {},
  replace = {},
}: Readonly<Partial<Record<'update' | 'create' | 'remove' | 'replace', Readonly<Record<string, unknown>>>>> = {}) {
  return [
    resourceChange('vicidial_phone.desk', ['update'], desk, { ...desk, email: 'desk@example.com', ...update }),
    resourceChange('vicidial_phone.new', ['create'], null, { ...created, ...create }),
    resourceChange('vicidial_phone.old', ['delete'], { ...deleted, ...remove }, null),
    resourceChange(
      'vicidial_phone.other',
      ['delete', 'create'],
      replaced,
      { ...replaced, extension: '55004', ...replace },
      {
        change: { replace_paths: [['extension']] },
      },
    ),
  ];
}

const plan = samplePlan(changes());

/** The plan with other attributes that cause the replacement. */
function replaceBy(paths: readonly (readonly string[])[]): string {
  return samplePlan(
    changes().map((each) =>
      each.address === 'vicidial_phone.other' ? { ...each, change: { ...each.change, replace_paths: paths } } : each,
    ),
  );
}

/** The plan with the new phone at the address that another one leaves. */
function moved(previous: string): string {
  return samplePlan(
    changes().map((each) => (each.address === 'vicidial_phone.desk' ? { ...each, previous_address: previous } : each)),
  );
}

function isSame(other: string): boolean {
  const expected = fingerprint(read(plan), keyed) ?? '';
  return hasFingerprint(read(other), expected, keyed);
}

test.each([
  ['the same plan', plan],
  ['its changes in another order', samplePlan(changes().reverse())],
  ['another version and time', samplePlan(changes(), { terraform_version: '1.15.9', timestamp: 'later' })],
  [
    'an engine that has neither "complete" nor "applyable"',
    samplePlan(changes(), { terraform_version: '1.12.6', complete: undefined, applyable: undefined }),
  ],
  ['drift', samplePlan(changes(), { resource_drift: [resourceChange('vicidial_phone.a', ['update'], desk, created)] })],
  ['checks', samplePlan(changes(), { checks: [{ address: { to_display: 'check.a' }, status: 'fail' }] })],
  [
    'an unchanged attribute that was read',
    samplePlan(
      changes().map((each) =>
        each.address === 'vicidial_phone.desk'
          ? {
              ...each,
              change: {
                ...each.change,
                before: { ...desk, active: 'Y' },
                after: { ...desk, email: 'desk@example.com', active: 'Y' },
              },
            }
          : each,
      ),
    ),
  ],
  [
    'unknown in place of null',
    samplePlan(
      changes().map((each) =>
        each.address === 'vicidial_phone.new'
          ? { ...each, change: { ...each.change, after_unknown: { active: true } } }
          : each,
      ),
    ),
  ],
  ['another old password of a phone that is deleted', samplePlan(changes({ remove: { phone_pass: 'another' } }))],
  [
    'a data source that is read',
    samplePlan([...changes(), { ...resourceChange('data.vicidial_phone.a', ['read'], null, desk), mode: 'data' }]),
  ],
  [
    'an object that does not change',
    samplePlan([...changes(), resourceChange('vicidial_phone.c', ['no-op'], desk, desk)]),
  ],
  [
    'another reader, which has read more of a phone that is deleted',
    samplePlan(changes({ remove: { active: 'Y', email: 'read@example.com' } }), {
      resource_drift: [
        resourceChange('vicidial_phone.old', ['update'], deleted, {
          ...deleted,
          active: 'Y',
          email: 'read@example.com',
        }),
      ],
    }),
  ],
  [
    'a change outside of Terraform of a phone that is deleted',
    samplePlan(changes({ remove: { phone_full_name: 'By hand' } }), {
      resource_drift: [
        resourceChange('vicidial_phone.old', ['update'], deleted, { ...deleted, phone_full_name: 'By hand' }),
      ],
    }),
  ],
])('is the same with %s', (_name, other) => {
  expect(isSame(other)).toBe(true);
});

test('does not depend on the order of the attributes that cause a replacement', () => {
  const expected = fingerprint(read(replaceBy([['server_ip'], ['extension']])), keyed) ?? '';
  expect(hasFingerprint(read(replaceBy([['extension'], ['server_ip']])), expected, keyed)).toBe(true);
});

test.each([
  ['another new value', samplePlan(changes({ update: { email: 'other@example.com' } }))],
  ['another changed attribute', samplePlan(changes({ update: { phone_full_name: 'Other' } }))],
  ['another password that is written', samplePlan(changes({ create: { phone_pass: 'another' } }))],
  ['another password of an update', samplePlan(changes({ update: { phone_pass: 'another' } }))],
  ['another password of a replacement', samplePlan(changes({ replace: { phone_pass: 'another' } }))],
  ['another value of a phone that is deleted', samplePlan(changes({ remove: { phone_full_name: 'Other' } }))],
  ['another attribute that causes the replacement', replaceBy([['server_ip']])],
  ['a version of a write-only value', samplePlan(changes({ update: { phone_pass_wo_version: 2 } }))],
  ['a move to another address from another one', moved('vicidial_phone.a')],
  ['another system', samplePlan(changes({ create: { system: 'staging.example.com/api' } }))],
  ['one change less', samplePlan(changes().slice(1))],
  [
    'another address',
    samplePlan(changes().map((each) => ({ ...each, address: each.address.replace('.new', '.newer') }))),
  ],
  [
    'forget in place of delete',
    samplePlan(
      changes().map((each) =>
        each.change.actions[0] === 'delete' && each.change.after === null
          ? { ...each, change: { ...each.change, actions: ['forget'] } }
          : each,
      ),
    ),
  ],
  [
    'a move without a change',
    samplePlan([
      ...changes(),
      resourceChange('vicidial_phone.c', ['no-op'], desk, desk, { previous_address: 'vicidial_phone.b' }),
    ]),
  ],
  [
    'an import without a change',
    samplePlan([
      ...changes(),
      resourceChange('vicidial_phone.c', ['no-op'], desk, desk, { change: { importing: { id: '10.0.0.11/55000' } } }),
    ]),
  ],
])('is another with %s', (_name, other) => {
  expect(isSame(other)).toBe(false);
});

test.each([
  ['an error', { errored: true }],
  ['something missing', { complete: false }],
  [
    'something deferred, of an engine without the key "complete"',
    {
      complete: undefined,
      deferred_changes: [{ reason: 'x', resource_change: resourceChange('vicidial_phone.z', ['create'], null, desk) }],
    },
  ],
])('does not exist for a plan with %s', (_name, more) => {
  expect(fingerprint(read(samplePlan(changes(), more)), keyed)).toBeUndefined();
});

test('without a key it has a salt of its own each time, and is found equal all the same', () => {
  const [first, second] = [fingerprint(read(plan), {}) ?? '', fingerprint(read(plan), {}) ?? ''];
  expect(first).toMatch(/^s1\./u);
  expect(first).not.toBe(second);
  expect(hasFingerprint(read(plan), first, {})).toBe(true);
  expect(hasFingerprint(read(samplePlan([])), first, {})).toBe(false);
});

test.each([
  ['no fingerprint', 'abc', {}, /no fingerprint/u],
  ['a later kind', 's2.a.b', {}, /no fingerprint/u],
  ['one with a key, and no key', fingerprint(read(plan), keyed) ?? '', {}, /is not set here/u],
  ['one without a key, and a key', fingerprint(read(plan), {}) ?? '', keyed, /is set here/u],
  ['another key', fingerprint(read(plan), keyed) ?? '', { PHONESTATE_FINGERPRINT_KEY: 'other' }, /another value/u],
])('is refused with a reason: %s', (_name, expected, variables, message) => {
  expect(() => hasFingerprint(read(plan), expected, variables)).toThrow(message);
});
