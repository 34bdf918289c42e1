import { refusedTogether } from './identity-cases';
import { identityTest, identityTestOfOne } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

const adopt = { VICIDIAL_ADOPT_EXISTING: 'true' };
const early = { lifecycle: { create_before_destroy: true } };
const desk = { 'vicidial_phone.desk': phone('55000') };
const key = '10.0.0.11/55000';
const inconsistent = 'Provider produced inconsistent final plan';
const invalid = ['value-length', 'value-characters'];

/* Rows 2, 9 and 17. */
describe('refused with adopt_existing', () => {
  refusedTogether(
    {
      '-replace': (_, own) => ({
        state: { 'vicidial_phone.replaced': own(1) },
        declared: { 'vicidial_phone.replaced': own(1) },
        codes: ['phone-exists'],
        texts: [/adopt_existing/u],
      }),
      '-replace of an alias': (number, own) => {
        const alias = { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] };
        return {
          state: { 'vicidial_phone.listed': own(1), 'vicidial_phone_alias.replaced': alias },
          declared: { 'vicidial_phone.listed': own(1), 'vicidial_phone_alias.replaced': alias },
          codes: ['alias-exists'],
          texts: [/adopt_existing/u],
        };
      },
      '-replace with create_before_destroy': (_, own) => ({
        state: { 'vicidial_phone.replaced_early': own(1) },
        declared: { 'vicidial_phone.replaced_early': own(1, early) },
        codes: ['phone-exists'],
        texts: [/adopt_existing/u],
      }),
      'a taint': (_, own) => ({
        state: { 'vicidial_phone.tainted': own(1) },
        tainted: ['vicidial_phone.tainted'],
        declared: { 'vicidial_phone.tainted': own(1) },
        codes: ['phone-exists'],
        texts: [/adopt_existing/u],
      }),
      'a taint with create_before_destroy': (_, own) => ({
        state: { 'vicidial_phone.tainted_early': own(1) },
        tainted: ['vicidial_phone.tainted_early'],
        declared: { 'vicidial_phone.tainted_early': own(1, early) },
        codes: ['phone-exists'],
        texts: [/adopt_existing/u],
      }),
      'a phone that is forgotten under another address': (_, own) => ({
        state: { 'vicidial_phone.forgotten': own(1) },
        declared: { 'vicidial_phone.adopts': own(1) },
        blocks: { removed: [{ from: 'vicidial_phone.forgotten', lifecycle: { destroy: false } }] },
        codes: ['phone-exists'],
      }),
      'a login that a phone of another server has': (number, own) => ({
        server: [own(1), own(2, { server_ip: '10.0.0.12' })],
        declared: { 'vicidial_phone.other_login': own(1, { phone_login: number(2) }) },
        codes: ['login-taken'],
      }),
      'a caller id that only add_phone accepts': (_, own) => ({
        server: [own(1)],
        declared: { 'vicidial_phone.short_cid': own(1, { outbound_cid: '72755' }) },
        codes: invalid,
      }),
      'a name that only add_phone accepts': (_, own) => ({
        server: [own(1)],
        declared: { 'vicidial_phone.long_name': own(1, { phone_full_name: 'x'.repeat(40) }) },
        codes: invalid,
      }),
      'a password that only add_phone accepts': (_, own) => ({
        server: [own(1)],
        declared: { 'vicidial_phone.long_password': own(1, { registration_password: 'x'.repeat(40) }) },
        codes: invalid,
      }),
      'a mailbox that only add_phone accepts': (_, own) => ({
        server: [own(1)],
        declared: { 'vicidial_phone.short_mailbox': own(1, { voicemail_id: '5' }) },
        codes: invalid,
      }),
      'an alias name that only add_phone_alias accepts': (number, own) => ({
        state: { 'vicidial_phone.of_alias': own(1) },
        server: [{ alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] }],
        declared: {
          'vicidial_phone.of_alias': own(1),
          'vicidial_phone_alias.short_name': { alias_id: number(5), alias_name: 'D', phone_logins: [number(1)] },
        },
        codes: invalid,
      }),
    },
    {
      flags: ['replaced', 'replaced_early']
        .map((name) => `-replace=vicidial_phone.${name}`)
        .concat('-replace=vicidial_phone_alias.replaced'),
      environment: adopt,
    },
  );
});

identityTest('an adoption is in the plan, and is one update with every declared field', async (bed) => {
  const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };
  bed.serve(phone('55000', { phone_full_name: 'By hand' }), { ...desks, alias_name: 'By hand' });
  bed.declare({ ...desk, 'vicidial_phone.new': phone('55001'), 'vicidial_phone_alias.desks': desks });
  const { code, warnings } = await bed.plan([], adopt);
  expect(code).toBe(2);
  expect(warnings).toContain('existing-object-adopted');
  const adopted = (await bed.workspace.changes()).map(({ address, after }) => [address, after?.adopted]);
  expect(Object.fromEntries(adopted)).toEqual({
    'vicidial_phone.desk': true,
    'vicidial_phone.new': null,
    'vicidial_phone_alias.desks': true,
  });

  expect((await bed.applyPlan(adopt)).errors).toEqual([]);
  expect(bed.writes().sort()).toEqual([
    expect.stringMatching(/^add_phone 10\.0\.0\.11\/55001 /u),
    'update_phone 10.0.0.11/55000 dialplan_number,local_gmt,outbound_cid,phone_full_name,phone_login,phone_pass,protocol,registration_password,voicemail_id',
    'update_phone_alias desks alias_name,phone_logins',
  ]);
  expect(bed.attributes('vicidial_phone.desk')).toMatchObject({ id: key, adopted: true });
  expect(bed.attributes('vicidial_phone.new')).toMatchObject({ adopted: null });
  expect(bed.emulator.store.phone('10.0.0.11', '55000')).toMatchObject({ phone_full_name: 'Desk 55000' });
  await bed.expectNoChanges([], adopt);
  await bed.expectNoChanges();
});

identityTest('one phone under two provider blocks: what was planned as new is not adopted', async (bed) => {
  bed.declare(
    { ...desk, 'vicidial_phone.again': phone('55000', { phone_full_name: 'Again', provider: 'vicidial.second' }) },
    { provider: { vicidial: [{}, { alias: 'second' }] } },
  );
  const result = await bed.apply([], adopt);
  expect(result.code).toBe(1);
  // The second one is planned again in the apply, and is refused there where the first one exists by then.
  for (const error of result.errors) expect(['phone-exists', inconsistent]).toContain(error);
  // Or both have been planned by then: the server accepts one of them.
  const changing = bed.emulator.journal.entries.filter(({ changed }) => changed);
  expect(changing.map((entry) => entry.function)).toEqual(['add_phone']);
  const [address = ''] = Object.keys(bed.state());
  expect(Object.keys(bed.state())).toHaveLength(1);
  expect(bed.emulator.store.phone('10.0.0.11', '55000')?.phone_full_name).toBe(bed.attributes(address).phone_full_name);
});

identityTestOfOne(
  'a phone that turns up between plan and apply is not adopted, and a warning explains it',
  async (bed) => {
    bed.declare(desk);
    for (const environment of [adopt, {}]) {
      expect((await bed.plan([], environment)).code).toBe(2);
      bed.serve(phone('55000', { phone_full_name: 'By hand' }));
      const { code, findings } = await bed.applyPlan(environment);
      expect(code).toBe(1);
      expect(findings.filter(({ object }) => object === key)).not.toEqual([]);
      expect(bed.writes()).toEqual([]);
      expect(bed.state()).toEqual({});
      bed.emulator.store.removePhone('10.0.0.11', '55000');
    }
  },
);

identityTestOfOne(
  'a phone that vanishes before its adoption is not created, and a warning explains it',
  async (bed) => {
    bed.serve(phone('55000'));
    bed.declare(desk);
    const plan = await bed.plan([], adopt);
    expect(plan.code).toBe(2);
    const warning = plan.findings.find(({ code }) => code === 'existing-object-adopted');
    expect(warning?.detail).toContain('inconsistent final plan');
    bed.emulator.store.removePhone('10.0.0.11', '55000');
    expect(await bed.applyPlan(adopt)).toMatchObject({ code: 1, errors: [inconsistent] });
    expect(bed.writes()).toEqual([]);
    expect(bed.state()).toEqual({});
  },
);
