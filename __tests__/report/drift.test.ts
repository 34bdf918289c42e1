/** What has changed outside of Terraform. */
import { driftOf } from '../../src/report/drift';
import { parsePlan } from '../../src/report/plan-file';
import { Secrets } from '../../src/report/secrets';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';

type Fields = Readonly<Record<string, unknown>>;

const desk = storedPhone('55000');

function driftFrom(before: Fields, after: Fields | null, expressions: Fields = {}, address = 'vicidial_phone.desk') {
  const plan = parsePlan(
    samplePlan([], {
      resource_drift: [resourceChange(address, [after ? 'update' : 'delete'], before, after)],
      configuration: {
        root_module: {
          resources: [{ address: 'vicidial_phone.desk', expressions }],
          module_calls: { site: { module: { resources: [{ address: 'vicidial_phone.desk', expressions }] } } },
        },
      },
    }),
    'plan.json',
  );
  return driftOf(plan, new Secrets([plan]));
}

test('a value that was there before and is another one is drift', () => {
  const { drift, firstRead } = driftFrom(desk, { ...desk, phone_full_name: 'By hand' });
  expect(drift).toEqual([
    {
      address: 'vicidial_phone.desk',
      key: '10.0.0.11/55000',
      isDeleted: false,
      fields: [{ name: 'phone_full_name', before: 'Desk 55000', after: 'By hand' }],
    },
  ]);
  expect(firstRead).toBe(0);
});

test('what is read for the first time is no drift, and is counted', () => {
  expect(driftFrom(desk, { ...desk, active: 'Y', email: 'a@example.com' })).toEqual({ drift: [], firstRead: 1 });
});

test.each(['vicidial_phone.desk', 'module.site.vicidial_phone.desk["a]"]', 'module.site["x"].vicidial_phone.desk[3]'])(
  'what is declared is drift, though it had no value: %s',
  (address) => {
    const { drift } = driftFrom(desk, { ...desk, email: 'a@example.com' }, { email: { constant_value: '' } }, address);
    expect(drift[0]?.fields).toEqual([{ name: 'email', before: null, after: 'a@example.com' }]);
  },
);

test('an argument that is written as null is not declared', () => {
  const { drift } = driftFrom(desk, { ...desk, email: 'a@example.com' }, { email: { constant_value: null } });
  expect(drift).toEqual([]);
});

test('the attributes of the provider are never drift', () => {
  expect(driftFrom(desk, { ...desk, system: 'other.example.com', adopted: true })).toEqual({ drift: [], firstRead: 0 });
});

test('an object that does not exist any more is drift without attributes', () => {
  expect(driftFrom(desk, null).drift).toEqual([
    { address: 'vicidial_phone.desk', key: '10.0.0.11/55000', isDeleted: true, fields: [] },
  ]);
});
