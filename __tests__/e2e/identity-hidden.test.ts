import { identityTest, identityTestOfOne } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

/* Row 8: the user `sales` views the user group SALES only. */
const sales = { VICIDIAL_USER: 'sales' };
const hidden = { admin_user_group: 'ADMIN' };

identityTest('a phone that a create or an update hides stays in state as planned, with a warning', async (bed) => {
  const moves = phone('55003', { admin_user_group: 'SALES' });
  bed.prepare({ 'vicidial_phone.moves': moves });
  bed.declare({
    'vicidial_phone.one_call': phone('55000', hidden),
    'vicidial_phone.two_calls': phone('55001', { ...hidden, phone_ring_timeout: 45 }),
    'vicidial_phone.visible': phone('55002', { admin_user_group: 'SALES', phone_ring_timeout: 45 }),
    'vicidial_phone.moves': phone('55003', hidden),
  });
  const { findings } = await bed.expectApply([], sales);
  const warned = findings.filter(({ code }) => code === 'phone-hidden-now');
  expect(warned.map(({ object }) => object).sort()).toEqual(
    ['55000', '55001', '55003'].map((extension) => `10.0.0.11/${extension}`),
  );
  expect(bed.attributes('vicidial_phone.one_call')).toMatchObject({ id: '10.0.0.11/55000', ...hidden });
  expect(bed.attributes('vicidial_phone.two_calls')).toMatchObject({ ...hidden, phone_ring_timeout: 45 });
  expect(bed.attributes('vicidial_phone.moves')).toMatchObject(hidden);
  expect(bed.stateText()).not.toContain('tainted');
  expect(Object.keys(bed.phones())).toHaveLength(4);

  // As the warning says, each plan fails until the user can view them.
  const state = bed.state();
  const plan = await bed.plan([], sales);
  expect(plan).toMatchObject({ code: 1, errors: ['phone-hidden'] });
  expect(bed.state()).toEqual(state);
  expect(bed.writes().filter((line) => !line.startsWith('add_phone'))).toHaveLength(2);
});

identityTestOfOne('a phone that is hidden is not created, adopted or deleted', async (bed) => {
  bed.serve(phone('55000', hidden));
  bed.declare({ 'vicidial_phone.desk': phone('55000') });
  const codes = ['phone-exists', 'phone-hidden'];
  await bed.expectApply(['-refresh-only'], sales);
  expect(bed.state()).toEqual({});
  for (const environment of [sales, { ...sales, VICIDIAL_ADOPT_EXISTING: 'true' }]) {
    const { code, errors } = await bed.plan([], environment);
    expect(code).toBe(1);
    for (const error of errors) expect(codes).toContain(error);
  }
  bed.prepare({ 'vicidial_phone.desk': phone('55000', hidden) });
  bed.declare({});
  await bed.expectRefusal(codes, [], sales);
});
