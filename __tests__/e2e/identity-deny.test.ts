import { isOpenTofu } from '../../testing/engine';
import { refusedTogether } from './identity-cases';
import { identityTest, identityTestOfOne } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

const deny = { VICIDIAL_DELETE_PERMISSION_CHECK: 'deny' };
const desk = { 'vicidial_phone.desk': phone('55000') };

/* Row 1. */
describe('with deny, at plan', () => {
  refusedTogether(
    {
      'a phone taken out of the configuration': (_, own) => ({
        state: { 'vicidial_phone.taken_out': own(1) },
        codes: ['delete-denied'],
      }),
      'an alias taken out of the configuration': (number, own) => ({
        state: {
          'vicidial_phone.listed': own(1),
          'vicidial_phone_alias.taken_out': { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] },
        },
        declared: { 'vicidial_phone.listed': own(1) },
        codes: ['delete-denied'],
      }),
      'another key': (_, own) => ({
        state: { 'vicidial_phone.rekeyed': own(1) },
        declared: { 'vicidial_phone.rekeyed': own(2) },
        codes: ['delete-denied'],
      }),
      'another key, with create_before_destroy': (_, own) => ({
        state: { 'vicidial_phone.early': own(1) },
        declared: { 'vicidial_phone.early': own(2, { lifecycle: { create_before_destroy: true } }) },
        codes: ['delete-denied'],
      }),
      '-replace': (_, own) => ({
        state: { 'vicidial_phone.replaced': own(1) },
        declared: { 'vicidial_phone.replaced': own(1) },
        codes: ['delete-denied'],
      }),
      replace_triggered_by: (_, own) => ({
        state: { 'vicidial_phone.trigger': own(1), 'vicidial_phone.triggered': own(2) },
        declared: {
          'vicidial_phone.trigger': own(1, { email: 'desk@example.com' }),
          'vicidial_phone.triggered': own(2, {
            lifecycle: { replace_triggered_by: ['vicidial_phone.trigger.email'] },
          }),
        },
        codes: ['delete-denied'],
      }),
      'a taint': (_, own) => ({
        state: { 'vicidial_phone.tainted': own(1) },
        tainted: ['vicidial_phone.tainted'],
        declared: { 'vicidial_phone.tainted': own(1) },
        codes: ['delete-denied'],
      }),
    },
    { flags: ['-replace=vicidial_phone.replaced'], environment: deny },
  );
});

identityTestOfOne('destroy is refused with deny, with and without a refresh', async (bed) => {
  bed.prepare(desk);
  bed.declare(desk);
  await bed.expectRefusal(['delete-denied'], ['-destroy'], deny);
  await bed.expectRefusal(['delete-denied'], ['-destroy', '-refresh=false'], deny);
});

identityTest('a plan saved without deny is refused by the deny of the apply, and leaves all as it was', async (bed) => {
  const declared = {
    'vicidial_phone.replaced': phone('55001'),
    'vicidial_phone.tainted': phone('55002'),
    'vicidial_phone.rekeyed': phone('55009'),
  };
  const stored = { ...declared, 'vicidial_phone.rekeyed': phone('55003'), 'vicidial_phone.taken_out': phone('55000') };
  bed.prepare(stored, { tainted: ['vicidial_phone.tainted'] });
  bed.declare(declared);
  expect(await bed.plan(['-replace=vicidial_phone.replaced'])).toMatchObject({ code: 2, errors: [] });
  const [state, phones] = [bed.state(), bed.phones()];
  const refused = await bed.applyPlan(deny);
  expect(refused).toMatchObject({ code: 1, errors: ['delete-denied'] });
  expect(new Set(refused.findings.map(({ object }) => object).filter(Boolean))).toEqual(
    new Set(['55000', '55001', '55002', '55003'].map((extension) => `10.0.0.11/${extension}`)),
  );
  expect(bed.writes()).toEqual([]);
  expect(bed.phones()).toEqual(phones);
  expect(bed.state()).toEqual(state);
  expect(bed.stateText().match(/"status": "tainted"/gu)).toHaveLength(1);

  await bed.expectApply(['-replace=vicidial_phone.replaced']);
  expect(Object.keys(bed.phones()).sort()).toEqual(['55001', '55002', '55009'].map((each) => `10.0.0.11/${each}`));
});

identityTest('a setting that is unknown at plan counts as deny', async (bed) => {
  // Reading does not need the setting.
  const other = { 'vicidial_phone.other': phone('55001') };
  bed.prepare({ ...desk, ...other });
  bed.declare(
    { ...other, 'terraform_data.setting': { input: 'warn' } },
    { provider: { vicidial: { delete_permission_check: '${terraform_data.setting.output}' } } },
  );
  await bed.expectRefusal(['delete-denied']);
});

identityTest('an unknown url is refused with deny, and warned about without', async (bed) => {
  bed.prepare(desk);
  const configure = (check: string) =>
    bed.declare(
      { 'terraform_data.url': { input: bed.emulator.url } },
      { provider: { vicidial: { url: '${terraform_data.url.output}', delete_permission_check: check } } },
    );
  // A refresh needs the url.
  const flags = ['-refresh=false'];
  configure('deny');
  await bed.expectRefusal(['delete-denied'], flags);
  configure('warn');
  const { warnings } = await bed.expectApply(flags);
  expect(warnings).toContain('delete-unchecked');
  expect(bed.phones()).toEqual({});
});

/* Row 14. */
identityTestOfOne('a phone that was deleted by hand may be taken out of the configuration with deny', async (bed) => {
  bed.prepare(desk, { missing: Object.keys(desk) });
  bed.declare({});
  expect((await bed.plan(['-refresh-only'], deny)).errors).toEqual([]);
  await bed.expectApply([], deny);
  expect(bed.state()).toEqual({});
});

identityTest('-refresh-only with a phone that was taken out: refused as a plan is, on Terraform', async (bed) => {
  bed.prepare(desk);
  bed.declare({});
  const { code, errors, findings } = await bed.plan(['-refresh-only'], deny);
  if (isOpenTofu()) {
    expect(errors).toEqual([]);
    return;
  }
  expect({ code, errors }).toEqual({ code: 1, errors: ['delete-denied'] });
  expect(findings.find(({ severity }) => severity === 'error')?.detail).toContain('-refresh-only');
});
