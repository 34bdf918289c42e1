import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import type { Bed } from './identity-bed';
import { refusedTogether } from './identity-cases';
import { identityTest } from './identity-test';
import { phone, system } from './harness';

jest.setTimeout(300_000);

/* Row 16: state of production, and the URL of staging, which has phones of the same keys. */
const production = 'pbx.example.com/vicidial/non_agent_api.php';
const elsewhere = { system: production };
const objects = {
  'vicidial_phone.a': phone('55000'),
  'vicidial_phone.b': phone('55001'),
  'vicidial_phone_alias.desks': { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] },
};
const systemsInState = (bed: Bed) => [...new Set(Object.values(bed.workspace.state()).map((each) => each.system))];

describe('what belongs to another system', () => {
  refusedTogether(
    {
      'is not updated': (_, own) => ({
        state: { 'vicidial_phone.updated': own(1, elsewhere) },
        declared: { 'vicidial_phone.updated': own(1, { email: 'desk@example.com' }) },
        codes: ['system-mismatch'],
        texts: [/pbx\.example\.com/u],
      }),
      'is not replaced': (_, own) => ({
        state: { 'vicidial_phone.rekeyed': own(1, elsewhere) },
        declared: { 'vicidial_phone.rekeyed': own(2) },
        codes: ['system-mismatch'],
      }),
      'is not replaced by -replace': (_, own) => ({
        state: { 'vicidial_phone.replaced': own(1, elsewhere) },
        declared: { 'vicidial_phone.replaced': own(1) },
        codes: ['system-mismatch'],
      }),
      'is not replaced where it is tainted': (_, own) => ({
        state: { 'vicidial_phone.tainted': own(1, elsewhere) },
        tainted: ['vicidial_phone.tainted'],
        declared: { 'vicidial_phone.tainted': own(1) },
        codes: ['system-mismatch'],
      }),
      'is not deleted': (_, own) => ({
        state: { 'vicidial_phone.taken_out': own(1, elsewhere) },
        codes: ['system-mismatch'],
      }),
      'is not created again': (_, own) => ({
        state: { 'vicidial_phone.missing': own(1, elsewhere) },
        missing: ['vicidial_phone.missing'],
        declared: { 'vicidial_phone.missing': own(1) },
        codes: ['system-mismatch'],
        texts: [/pbx\.example\.com/u],
      }),
      'is not updated: an alias': (number, own) => ({
        state: {
          'vicidial_phone.listed': own(1, elsewhere),
          'vicidial_phone_alias.updated': {
            ...elsewhere,
            alias_id: number(5),
            alias_name: 'Desks',
            phone_logins: [number(1)],
          },
        },
        declared: {
          'vicidial_phone.listed': own(1),
          'vicidial_phone_alias.updated': { alias_id: number(5), alias_name: 'Other', phone_logins: [number(1)] },
        },
        codes: ['system-mismatch'],
      }),
    },
    { flags: ['-replace=vicidial_phone.replaced'] },
  );
});

identityTest('where all of another system is found unchanged, one warning names both systems', async (bed) => {
  bed.prepare(objects, { system: production });
  bed.declare(objects);
  const { findings } = await bed.expectApply();
  const warnings = findings.filter(({ code }) => code === 'system-differs');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.detail).toContain(production);
  expect(warnings[0]?.detail).toContain(bed.system);
  expect(bed.writes()).toEqual([]);
  expect(systemsInState(bed)).toEqual([production]);
});

identityTest('another system is not destroyed, with and without a refresh', async (bed) => {
  bed.prepare(objects, { system: production });
  bed.declare(objects);
  await bed.expectRefusal(['system-mismatch'], ['-destroy']);
  await bed.expectRefusal(['system-mismatch'], ['-destroy', '-refresh=false']);
});

identityTest('previous_system says that the system has moved, and renews the mark', async (bed) => {
  bed.prepare(objects, { system: production, missing: ['vicidial_phone.b'] });
  bed.declare({ ...objects, 'vicidial_phone.a': phone('55000', { email: 'desk@example.com' }) });
  const moved = { VICIDIAL_PREVIOUS_SYSTEM: production };
  const { warnings } = await bed.expectApply([], moved);
  expect(warnings).not.toContain('system-differs');
  expect(
    bed
      .writes()
      .map((line) => line.split(' ').slice(0, 2).join(' '))
      .sort(),
  ).toEqual(['add_phone 10.0.0.11/55001', 'update_phone 10.0.0.11/55000']);
  expect(systemsInState(bed)).toEqual([bed.system]);
  await bed.expectNoChanges();
});

describe('another emulator', () => {
  let other: Emulator;
  const stored = [phone('55000'), phone('55001')].map((fields) => fields as Record<string, string>);
  beforeAll(async () => {
    other = await startEmulator({ data: system });
  });
  beforeEach(() => {
    for (const fields of stored) other.store.putPhone(fields);
    other.journal.clear();
  });
  afterAll(() => other.close());

  identityTest('a saved plan of another system is refused, whatever it would do', async (bed) => {
    const there = { VICIDIAL_URL: other.url };
    bed.declare({ 'vicidial_phone.new': phone('55005') });
    expect((await bed.plan()).code).toBe(2);
    const created = await bed.applyPlan(there);
    expect(created.code).toBe(1);
    expect(created.errors).toContain('Provider produced inconsistent final plan');
    bed.prepare({ 'vicidial_phone.updated': phone('55000'), 'vicidial_phone.deleted': phone('55001') });
    bed.declare({ 'vicidial_phone.updated': phone('55000', { email: 'desk@example.com' }) });
    expect((await bed.plan()).code).toBe(2);
    const { code, errors, findings } = await bed.applyPlan(there);
    expect(code).toBe(1);
    expect(errors).toContain('system-mismatch');
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(2);
    expect(other.store.phones).toHaveLength(2);
    expect(other.journal.writes).toEqual([]);
  });

  identityTest('system_name stands for the address: a tunnel may change its port', async (bed) => {
    const named = { VICIDIAL_SYSTEM_NAME: 'production' };
    const desks = { 'vicidial_phone.a': phone('55000'), 'vicidial_phone.b': phone('55001') };
    bed.declare(desks);
    expect((await bed.expectApply([], named)).warnings).not.toContain('system-differs');
    expect(systemsInState(bed)).toEqual(['production']);
    const { warnings } = await bed.expectNoChanges([], { ...named, VICIDIAL_URL: other.url });
    expect(warnings).not.toContain('system-differs');
    expect((await bed.plan([], { VICIDIAL_URL: other.url })).warnings).toContain('system-differs');
  });
});
