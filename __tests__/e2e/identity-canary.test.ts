import { identityTest } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

/* Row 15. */
const canary = { VICIDIAL_DELETE_PERMISSION_CHECK: 'canary' };
const desk = { 'vicidial_phone.desk': phone('55000') };
const alias = (logins: readonly string[]) => ({ alias_id: 'desks', alias_name: 'Desks', phone_logins: logins });
const checks = ['add_phone_alias phonestate_canary', 'update_phone_alias phonestate_canary'];

identityTest('the canary uses a login that exists where the first one of an alias does not', async (bed) => {
  bed.prepare({ ...desk, 'vicidial_phone_alias.desks': alias(['59999', '55000']) });
  bed.declare(desk);
  const { code, errors } = await bed.plan([], canary);
  expect({ code, errors }).toEqual({ code: 2, errors: [] });
  const writes = bed.writes().map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(writes).toEqual(checks);
  expect(bed.emulator.store.aliases.map(({ alias_id }) => alias_id)).toEqual(['desks']);
});

identityTest('two plans with the canary at once both succeed, and leave none', async (bed) => {
  bed.prepare(desk);
  bed.declare({});
  const plans = await Promise.all([0, 1, 2].map(() => bed.plan(['-lock=false'], canary)));
  expect(plans.map(({ code, errors }) => ({ code, errors }))).toEqual(plans.map(() => ({ code: 2, errors: [] })));
  expect(bed.emulator.store.aliases).toEqual([]);
});

identityTest('a phone whose login state does not have is no error, and no advice to set canary', async (bed) => {
  const { phone_login: login, ...rest } = phone('55001');
  bed.prepare({ ...desk, 'vicidial_phone.imported': rest });
  expect(login).toBe('55001');
  bed.declare(desk);
  const { code, errors, output } = await bed.plan([], canary);
  expect({ code, errors }).toEqual({ code: 2, errors: [] });
  expect(output).not.toContain('delete_permission_check = \\"canary\\"');
  expect(bed.emulator.store.aliases).toEqual([]);
});
