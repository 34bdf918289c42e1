import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOpenTofu } from '../../testing/engine';
import type { Bed } from './identity-bed';
import { identityTest } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

/** As version 0.1.0 wrote it: without `system`, `adopted` and `deletion_protection`. */
const state = readFileSync(join(__dirname, 'state-0.1.0.json'), 'utf8').replaceAll(
  'registry.terraform.io',
  isOpenTofu() ? 'registry.opentofu.org' : 'registry.terraform.io',
);

// The fixture has other passwords than the phones of these tests.
const plain = (extension: string, fields = {}) =>
  phone(extension, { phone_pass: `agent${extension}`, registration_password: `device${extension}`, ...fields });
const each = plain('${each.key}', { phone_full_name: 'Desk', for_each: '${toset(["55001", "55002"])}' });
const desk = plain('55000', { email: 'desk@example.com', phone_ring_timeout: 45 });
const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };
const declared = { 'vicidial_phone.desk': desk, 'vicidial_phone.shared': each, 'vicidial_phone_alias.desks': desks };

function prepare(bed: Bed): void {
  bed.workspace.write('terraform.tfstate', state);
  const shared = ['55001', '55002'].map((extension) => plain(extension, { phone_full_name: 'Desk' }));
  bed.serve(desk, ...shared, desks);
  bed.declare(declared);
}

const systems = (bed: Bed) => [...new Set(Object.values(bed.workspace.state()).map(({ system }) => system))];

identityTest('state of version 0.1.0 plans no change, and gets its system by a refresh', async (bed) => {
  prepare(bed);
  await bed.expectNoChanges(['-refresh=false']);
  const { warnings } = await bed.expectNoChanges();
  expect(warnings).not.toContain('system-differs');
  await bed.expectApply();
  expect(systems(bed)).toEqual([bed.system]);
  expect(bed.writes()).toEqual([]);
});

for (const flags of [[], ['-refresh=false']]) {
  const name = flags.length > 0 ? 'without a refresh' : 'with a refresh';

  identityTest(`state of version 0.1.0: the first update, replacement and deletion work, ${name}`, async (bed) => {
    prepare(bed);
    bed.declare({
      'vicidial_phone.desk': { ...desk, email: 'other@example.com' },
      'vicidial_phone.shared': { ...each, extension: '${each.key == "55001" ? "55009" : each.key}' },
    });
    await bed.expectApply(flags);
    expect(bed.writes().sort()).toEqual([
      expect.stringMatching(/^add_phone 10\.0\.0\.11\/55009 /u),
      'update_phone 10.0.0.11/55000 email',
      'update_phone 10.0.0.11/55001 delete_phone',
      'update_phone_alias desks delete_alias',
    ]);
    expect(bed.state()).toEqual({
      'vicidial_phone.desk': '10.0.0.11/55000',
      'vicidial_phone.shared["55001"]': '10.0.0.11/55009',
      'vicidial_phone.shared["55002"]': '10.0.0.11/55002',
    });
    await bed.expectNoChanges();
  });
}
