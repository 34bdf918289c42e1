import { acceptedTogether } from './identity-cases';
import { identityTest } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

const other = { server_ip: '10.0.0.12' };

/** A phone for which no argument is left out. */
const complete = {
  active: 'Y',
  admin_user_group: 'ADMIN',
  delete_vm_after_email: 'N',
  email: 'desk@example.com',
  is_webphone: 'N',
  on_hook_agent: 'N',
  outbound_alt_cid: '7275551213',
  phone_context: 'default',
  phone_ring_timeout: 60,
  template_id: 'SIP_generic',
  use_external_server_ip: 'N',
  webphone_auto_answer: 'Y',
};

/* Rows 7, 12 and 20, and what must be accepted. */
describe('one plan', () => {
  acceptedTogether(
    {
      'another key, the same login': (number, own) => ({
        state: { 'vicidial_phone.rekeyed_a': own(1) },
        declared: { 'vicidial_phone.rekeyed_a': own(1, { extension: number(2) }) },
        after: { 'vicidial_phone.rekeyed_a': number(2) },
        logins: { [number(2)]: number(1) },
        warnings: ['unmanaged-fields-lost'],
      }),
      'another server, the same login': (number, own) => ({
        state: { 'vicidial_phone.rekeyed_b': own(1) },
        declared: { 'vicidial_phone.rekeyed_b': own(1, other) },
        after: { 'vicidial_phone.rekeyed_b': `10.0.0.12/${number(1)}` },
        warnings: ['unmanaged-fields-lost'],
      }),
      'another key and another login': (number, own) => ({
        state: { 'vicidial_phone.rekeyed_c': own(1) },
        declared: { 'vicidial_phone.rekeyed_c': own(2) },
        after: { 'vicidial_phone.rekeyed_c': number(2) },
        warnings: ['unmanaged-fields-lost'],
      }),
      'another key, with no argument left out: no warning': (number, own) => ({
        state: { 'vicidial_phone.rekeyed_d': own(1, complete) },
        declared: { 'vicidial_phone.rekeyed_d': own(2, complete) },
        after: { 'vicidial_phone.rekeyed_d': number(2) },
      }),
      'create_before_destroy with another key and another login': (number, own) => ({
        state: { 'vicidial_phone.early': own(1) },
        declared: { 'vicidial_phone.early': own(2, { lifecycle: { create_before_destroy: true } }) },
        after: { 'vicidial_phone.early': number(2) },
        warnings: ['unmanaged-fields-lost'],
      }),
      '-replace': (number, own) => ({
        state: { 'vicidial_phone.replaced': own(1) },
        declared: { 'vicidial_phone.replaced': own(1) },
        after: { 'vicidial_phone.replaced': number(1) },
      }),
      '-replace with another login': (number, own) => ({
        state: { 'vicidial_phone.replaced_login': own(1) },
        declared: { 'vicidial_phone.replaced_login': own(1, { phone_login: number(2) }) },
        after: { 'vicidial_phone.replaced_login': number(1) },
        logins: { [number(1)]: number(2) },
      }),
      replace_triggered_by: (number, own) => ({
        state: { 'vicidial_phone.trigger': own(1), 'vicidial_phone.triggered': own(2) },
        declared: {
          'vicidial_phone.trigger': own(1, { email: 'desk@example.com' }),
          'vicidial_phone.triggered': own(2, {
            lifecycle: { replace_triggered_by: ['vicidial_phone.trigger.email'] },
          }),
        },
        after: { 'vicidial_phone.trigger': number(1), 'vicidial_phone.triggered': number(2) },
      }),
      'a taint': (number, own) => ({
        state: { 'vicidial_phone.tainted': own(1) },
        tainted: ['vicidial_phone.tainted'],
        declared: { 'vicidial_phone.tainted': own(1) },
        after: { 'vicidial_phone.tainted': number(1) },
        warnings: ['unmanaged-fields-lost'],
      }),
      'a tainted alias': (number, own) => {
        const alias = { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] };
        return {
          state: { 'vicidial_phone.of_tainted': own(1), 'vicidial_phone_alias.tainted': alias },
          tainted: ['vicidial_phone_alias.tainted'],
          declared: { 'vicidial_phone.of_tainted': own(1), 'vicidial_phone_alias.tainted': alias },
          after: { 'vicidial_phone.of_tainted': number(1), 'vicidial_phone_alias.tainted': number(5) },
        };
      },
      'a state that has one login twice': (number, own) => ({
        state: { 'vicidial_phone.twice_a': own(1), 'vicidial_phone.twice_b': own(2, { phone_login: number(1) }) },
        declared: { 'vicidial_phone.twice_a': own(1), 'vicidial_phone.twice_b': own(2, { phone_login: number(1) }) },
        after: { 'vicidial_phone.twice_a': number(1), 'vicidial_phone.twice_b': number(2) },
        logins: { [number(2)]: number(1) },
      }),
      'a phone that gets out of a login which two have': (number, own) => ({
        state: { 'vicidial_phone.twice_c': own(1), 'vicidial_phone.twice_d': own(2, { phone_login: number(1) }) },
        declared: { 'vicidial_phone.twice_c': own(1), 'vicidial_phone.twice_d': own(2) },
        after: { 'vicidial_phone.twice_c': number(1), 'vicidial_phone.twice_d': number(2) },
      }),
      'one of two phones with one login deleted': (number, own) => ({
        state: { 'vicidial_phone.twice_e': own(1), 'vicidial_phone.twice_f': own(2, { phone_login: number(1) }) },
        declared: { 'vicidial_phone.twice_e': own(1) },
        after: { 'vicidial_phone.twice_e': number(1) },
      }),
      'a phone deleted whose login an alias still lists': (number, own) => ({
        state: {
          'vicidial_phone.listed_a': own(1),
          'vicidial_phone.listed_b': own(2),
          'vicidial_phone_alias.lists': {
            alias_id: number(5),
            alias_name: 'Desks',
            phone_logins: [number(1), number(2)],
          },
        },
        declared: {
          'vicidial_phone.listed_b': own(2),
          'vicidial_phone_alias.lists': {
            alias_id: number(5),
            alias_name: 'Desks',
            phone_logins: [number(1), number(2)],
          },
        },
        after: { 'vicidial_phone.listed_b': number(2), 'vicidial_phone_alias.lists': number(5) },
        warnings: ['login-still-listed'],
      }),
      'a login changed which an alias still lists': (number, own) => {
        const alias = { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] };
        return {
          state: { 'vicidial_phone.listed_c': own(1), 'vicidial_phone_alias.same': alias },
          declared: {
            'vicidial_phone.listed_c': own(1, { phone_login: number(3) }),
            'vicidial_phone_alias.same': alias,
          },
          after: { 'vicidial_phone.listed_c': number(1), 'vicidial_phone_alias.same': number(5) },
          logins: { [number(1)]: number(3) },
          warnings: ['login-still-listed'],
        };
      },
      'a phone deleted, and its login taken from the alias': (number, own) => ({
        state: {
          'vicidial_phone.listed_d': own(1),
          'vicidial_phone.listed_e': own(2),
          'vicidial_phone_alias.shrinks': {
            alias_id: number(5),
            alias_name: 'Desks',
            phone_logins: [number(1), number(2)],
          },
        },
        declared: {
          'vicidial_phone.listed_e': own(2),
          'vicidial_phone_alias.shrinks': { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(2)] },
        },
        after: { 'vicidial_phone.listed_e': number(2), 'vicidial_phone_alias.shrinks': number(5) },
      }),
    },
    { flags: ['-replace=vicidial_phone.replaced', '-replace=vicidial_phone.replaced_login'] },
  );
});

identityTest('moved into a module changes nothing', async (bed) => {
  bed.prepare({ 'vicidial_phone.a': phone('55000') });
  bed.writeModule('desk', { 'vicidial_phone.inner': phone('55000') });
  bed.declare(
    {},
    {
      module: { desk: { source: './desk' } },
      moved: [{ from: 'vicidial_phone.a', to: 'module.desk.vicidial_phone.inner' }],
    },
  );
  await bed.expectApply();
  expect(bed.writes()).toEqual([]);
  expect(bed.state()).toEqual({ 'module.desk.vicidial_phone.inner': '10.0.0.11/55000' });
});

identityTest('everything is destroyed, a phone that is in state twice among it', async (bed) => {
  const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };
  const objects = {
    'vicidial_phone.a': phone('55000'),
    'vicidial_phone.b': phone('55001'),
    'vicidial_phone.c': phone('55002', { phone_login: '55001' }),
    'vicidial_phone_alias.desks': desks,
  };
  bed.prepare({ ...objects, 'vicidial_phone.again': phone('55000') });
  bed.declare(objects);
  // Terraform plans before it destroys, and a conflict in that plan names the way out.
  const { output } = await bed.expectRefusal(['stored-twice'], ['-destroy']);
  expect(output).toContain('-refresh=false');
  await bed.expectApply(['-destroy', '-refresh=false']);
  expect(bed.state()).toEqual({});
  expect(bed.phones()).toEqual({});
  expect(bed.emulator.store.aliases).toEqual([]);
});

identityTest('terraform destroy, with its refresh', async (bed) => {
  const objects = { 'vicidial_phone.a': phone('55000'), 'vicidial_phone.b': phone('55001') };
  bed.prepare(objects);
  bed.declare(objects);
  await bed.expectApply(['-destroy']);
  expect(bed.state()).toEqual({});
  expect(bed.phones()).toEqual({});
});

identityTest('a tainted phone is not replaced without a refresh, which alone shows that it exists', async (bed) => {
  bed.prepare({ 'vicidial_phone.a': phone('55000') }, { tainted: ['vicidial_phone.a'] });
  bed.declare({ 'vicidial_phone.a': phone('55000') });
  await bed.expectRefusal(['phone-exists'], ['-refresh=false']);
});
