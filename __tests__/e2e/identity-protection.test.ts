import { refusedTogether } from './identity-cases';
import { identityTestOfOne } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

/* Row 21. */
const isProtected = { deletion_protection: true };

describe('a phone that state protects from deletion', () => {
  refusedTogether(
    {
      'is not deleted when its block is taken out': (_, own) => ({
        state: { 'vicidial_phone.taken_out': own(1, isProtected) },
        codes: ['deletion-protected'],
        texts: [/deletion_protection/u],
      }),
      'is not replaced by another key': (_, own) => ({
        state: { 'vicidial_phone.rekeyed': own(1, isProtected) },
        declared: { 'vicidial_phone.rekeyed': own(2, isProtected) },
        codes: ['deletion-protected'],
      }),
      'is not replaced in the plan that ends the protection': (_, own) => ({
        state: { 'vicidial_phone.unprotected': own(1, isProtected) },
        declared: { 'vicidial_phone.unprotected': own(2, { deletion_protection: false }) },
        codes: ['deletion-protected'],
      }),
      'is not replaced by -replace': (_, own) => ({
        state: { 'vicidial_phone.replaced': own(1, isProtected) },
        declared: { 'vicidial_phone.replaced': own(1, isProtected) },
        codes: ['deletion-protected'],
      }),
      'is not replaced where it is tainted': (_, own) => ({
        state: { 'vicidial_phone.tainted': own(1, isProtected) },
        tainted: ['vicidial_phone.tainted'],
        declared: { 'vicidial_phone.tainted': own(1, isProtected) },
        codes: ['deletion-protected'],
      }),
      'is not deleted: an alias': (number, own) => ({
        state: {
          'vicidial_phone.listed': own(1),
          'vicidial_phone_alias.taken_out': {
            ...isProtected,
            alias_id: number(5),
            alias_name: 'Desks',
            phone_logins: [number(1)],
          },
        },
        declared: { 'vicidial_phone.listed': own(1) },
        codes: ['deletion-protected'],
      }),
    },
    { flags: ['-replace=vicidial_phone.replaced'] },
  );
});

identityTestOfOne('the protection is never sent, and is ended by an apply of its own', async (bed) => {
  bed.prepare({ 'vicidial_phone.desk': phone('55000') });
  bed.declare({ 'vicidial_phone.desk': phone('55000', isProtected) });
  await bed.expectApply();
  expect(bed.attributes('vicidial_phone.desk')).toMatchObject(isProtected);
  await bed.expectRefusal(['deletion-protected'], ['-destroy', '-refresh=false']);
  bed.declare({ 'vicidial_phone.desk': phone('55000', { deletion_protection: false }) });
  await bed.expectApply();
  expect(bed.writes()).toEqual([]);
  bed.declare({});
  await bed.expectApply();
  expect(bed.phones()).toEqual({});
});
