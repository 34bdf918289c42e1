import type { Bed } from './identity-bed';
import { identityTest } from './identity-test';
import { phone, type Fields } from './harness';

jest.setTimeout(300_000);

/* Row 7: what a provider cannot see. A new phone that keeps the login of the old one, or its key, cannot be created first. */
const early = (fields: Fields) => ({
  'vicidial_phone.desk': phone('55000', { ...fields, lifecycle: { create_before_destroy: true } }),
});
const desk = { 'vicidial_phone.desk': phone('55000') };
const key = '10.0.0.11/55000';

/** Applies: the plan succeeds, and its apply fails without a loss; the message names the way out of a deposed object. */
async function failToApply(bed: Bed, flags: readonly string[] = []): Promise<void> {
  const { code, errors, findings, stdout } = await bed.apply(flags);
  expect(code).toBe(1);
  // No plan that fails has a summary.
  expect(stdout).toContain('"operation":"plan"');
  for (const error of errors) expect(['login-taken', 'phone-exists']).toContain(error);
  const message = findings.find(({ severity }) => severity === 'error')?.detail;
  expect(message).toMatch(/deposed/u);
  expect(message).toMatch(/removed/u);
  expect(bed.phones()).toEqual({ [key]: '55000' });
  expect(Object.values(bed.state())).toEqual([key]);
}

/** Takes the resource out of the configuration, which deletes its phone. */
async function takeOut(bed: Bed): Promise<void> {
  bed.declare({});
  await bed.expectApply();
  expect(bed.state()).toEqual({});
  expect(bed.phones()).toEqual({});
}

/** Forgets the object, and imports the phone again. */
async function forgetAndImport(bed: Bed): Promise<void> {
  bed.declare({}, { removed: [{ from: 'vicidial_phone.desk', lifecycle: { destroy: false } }] });
  await bed.expectApply();
  expect(bed.state()).toEqual({});
  expect(bed.phones()).toEqual({ [key]: '55000' });
  bed.declare(desk, { import: [{ to: 'vicidial_phone.desk', id: key }] });
  await bed.expectApply();
  bed.declare(desk);
  await bed.expectNoChanges();
}

type WayOut = readonly [name: string, walk: (bed: Bed) => Promise<void>];
const byTakingOut: WayOut = ['take the resource out', takeOut];
const byRemoved: WayOut = ['forget it with removed', forgetAndImport];

interface Case {
  readonly name: string;
  readonly fields?: Fields;
  readonly flags?: readonly string[];
  readonly isTainted?: boolean;
  readonly waysOut: readonly WayOut[];
}

const cases: readonly Case[] = [
  { name: 'another extension and the same login', fields: { extension: '55009' }, waysOut: [byTakingOut, byRemoved] },
  { name: '-replace', flags: ['-replace=vicidial_phone.desk'], waysOut: [byTakingOut] },
  { name: 'a taint', isTainted: true, waysOut: [byRemoved] },
];

for (const { name, fields = {}, flags, isTainted = false, waysOut } of cases) {
  const ways = waysOut.map(([wayOut]) => wayOut).join(', or to ');
  identityTest(`create_before_destroy and ${name} fails in the apply; the way out is to ${ways}`, async (bed) => {
    bed.prepare(desk, { tainted: isTainted ? Object.keys(desk) : [] });
    bed.declare(early(fields));
    await failToApply(bed, flags);
    const left = bed.stateText();
    for (const [, walk] of waysOut) {
      bed.workspace.write('terraform.tfstate', left);
      bed.serve(phone('55000'));
      await walk(bed);
    }
  });
}
