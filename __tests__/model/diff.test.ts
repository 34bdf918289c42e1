import fc from 'fast-check';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { diff, type Change } from '../../src/model/diff';
import type { Operation } from '../../src/model/operation';
import type { FieldValues } from '../../src/model/field-definition';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';
import { anyPhone, complete, plain } from './samples';
import { EmulatedApi } from './emulated-api';

describe('diff of a phone', () => {
  test('without desired and prior values does nothing', () => {
    expect(diff(phoneType, null, null)).toEqual({ action: 'none' });
  });

  test('deletes a phone that is no longer desired, by its key alone', () => {
    expect(diff(phoneType, null, complete)).toMatchObject({
      action: 'delete',
      operations: [
        { function: 'update_phone', parameters: { extension: '55000', server_ip: '10.0.0.11', delete_phone: 'Y' } },
      ],
    });
  });

  test('needs no second call for what add_phone sets itself, but one for a column default that a schema may change', () => {
    expect(createCalls({ ...complete, active: 'Y' })).toHaveLength(1);
    expect(createCalls({ ...complete, active: 'N' })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      active: 'N',
    });
    expect(createCalls({ ...complete, phone_ring_timeout: 60 })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      phone_ring_timeout: '60',
    });
    expect(createCalls({ ...complete, delete_vm_after_email: 'N' })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      delete_vm_after_email: 'N',
    });
  });

  test('clears an empty field of a new phone only where its server default is not empty', () => {
    expect(createCalls({ ...complete, email: '', template_id: '' })).toHaveLength(1);
    expect(createCalls({ ...complete, email: '' })[0]?.parameters).not.toHaveProperty('email');
    expect(createCalls({ ...complete, phone_context: '' })[1]?.parameters).toMatchObject({
      phone_context: '--BLANK--',
    });
  });

  test('clears a field with --BLANK--, a secret field too', () => {
    expect(
      callsOf(diff(phoneType, { ...complete, email: '' }, { ...complete, email: 'desk@x.com' }))[0]?.parameters,
    ).toEqual({ extension: '55000', server_ip: '10.0.0.11', email: '--BLANK--' });
    expect(
      callsOf(diff(phoneType, { ...complete, registration_password: new Secret('') }, complete))[0]?.parameters,
    ).toMatchObject({ registration_password: '--BLANK--' });
  });

  test('sends nothing for a field that is removed from the configuration', () => {
    expect(diff(phoneType, { ...complete, email: null }, { ...complete, email: 'desk@x.com' })).toEqual({
      action: 'none',
    });
  });

  test('sends a declared field that has no prior value, even an empty one', () => {
    expect(diff(phoneType, { ...complete, email: '' }, complete)).toMatchObject({
      action: 'update',
      changed: ['email'],
    });
  });

  test('fails to create without a required field, and names it', () => {
    expect(() => diff(phoneType, { ...complete, phone_pass: null }, null)).toThrow(/A new phone needs phone_pass\./u);
  });

  test('keeps secrets masked in the parameters, and does not send equal ones', () => {
    expect(createCalls(complete)[0]?.parameters.phone_pass).toBeInstanceOf(Secret);
    expect(diff(phoneType, { ...complete, phone_pass: new Secret('agentword') }, complete)).toEqual({ action: 'none' });
    expect(diff(phoneType, { ...complete, phone_pass: new Secret('other') }, complete)).toMatchObject({
      action: 'update',
      changed: ['phone_pass'],
    });
  });

  test('replaces on another key, but not on another case of the same key', () => {
    expect(diff(phoneType, { ...complete, extension: '55001' }, complete)).toMatchObject({
      action: 'replace',
      changedKeys: ['extension'],
    });
    expect(diff(phoneType, { ...complete, server_ip: '10.0.0.12' }, complete)).toMatchObject({
      action: 'replace',
      changedKeys: ['server_ip'],
    });
    expect(diff(phoneType, { ...complete, extension: 'CC1' }, { ...complete, extension: 'cc1' })).toEqual({
      action: 'none',
    });
  });

  test('is case-sensitive in every field but the key', () => {
    expect(diff(phoneType, { ...complete, phone_full_name: 'front desk' }, complete)).toMatchObject({
      action: 'update',
      changed: ['phone_full_name'],
    });
  });
});

describe('diff of a phone alias', () => {
  const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };

  test('updates on another order of phone logins', () => {
    expect(diff(phoneAliasType, { ...desks, phone_logins: ['55001', '55000'] }, desks)).toMatchObject({
      action: 'update',
      changed: ['phone_logins'],
      operations: [{ function: 'update_phone_alias', parameters: { alias_id: 'desks', phone_logins: '55001,55000' } }],
    });
    expect(diff(phoneAliasType, { ...desks, phone_logins: ['55000', '55001'] }, desks)).toEqual({ action: 'none' });
  });

  test('creates with one call', () => {
    expect(diff(phoneAliasType, desks, null)).toMatchObject({
      operations: [
        {
          function: 'add_phone_alias',
          parameters: { alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000,55001' },
        },
      ],
    });
  });

  test('deletes with update_phone_alias', () => {
    expect(diff(phoneAliasType, null, desks)).toMatchObject({
      operations: [{ function: 'update_phone_alias', parameters: { alias_id: 'desks', delete_alias: 'Y' } }],
    });
  });
});

describe('for any configuration', () => {
  test('the calls lead from the prior values to every declared value', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, desired) => {
        const api = apiFor(before, desired);
        execute(api, diff(phoneType, before, null));
        expectStored(api, before);
        execute(api, diff(phoneType, desired, before));
        expectStored(api, desired);
      }),
    );
  });

  test('an update changes nothing but what is declared', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const api = apiFor(before, after);
        execute(api, diff(phoneType, before, null));
        const untouched = api.phone;
        execute(api, diff(phoneType, withKeyOf(before, after), before));
        for (const [name, value] of Object.entries(after))
          if (value === null) expect(api.phone?.[name]).toBe(untouched?.[name]);
      }),
    );
  });

  test('equal values need no operation', () => {
    fc.assert(fc.property(anyPhone, (phone) => expect(diff(phoneType, phone, phone)).toEqual({ action: 'none' })));
  });

  test('after an update has been applied, nothing is left to do', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const prior = {
          ...before,
          ...Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null)),
        };
        expect(diff(phoneType, after, prior)).toEqual({ action: 'none' });
      }),
    );
  });

  test('an update carries the key and the changed fields in one call, and nothing else', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const desired = withKeyOf(before, after);
        const differing = Object.keys(desired).filter(
          (name) => desired[name] !== null && plain(desired[name]) !== plain(before[name]),
        );
        const calls = callsOf(diff(phoneType, desired, before));
        expect(calls.map(({ parameters }) => Object.keys(parameters).sort())).toEqual(
          differing.length === 0 ? [] : [['extension', 'server_ip', ...differing].sort()],
        );
      }),
    );
  });

  test('what is not declared is never sent', () => {
    fc.assert(
      fc.property(anyPhone, fc.option(anyPhone), (desired, before) => {
        const unmanaged = Object.keys(desired).filter((name) => desired[name] === null);
        for (const { parameters } of callsOf(diff(phoneType, desired, before)))
          for (const name of unmanaged) expect(parameters).not.toHaveProperty(name);
      }),
    );
  });

  test('a create needs a second call only for what add_phone does not set, and that call has nothing else', () => {
    fc.assert(
      fc.property(anyPhone, (phone) => {
        const { active, outbound_alt_cid, phone_ring_timeout, delete_vm_after_email, phone_context } = phone;
        const later = [
          ...(active === 'N' ? ['active'] : []),
          ...(phone_context === '' ? ['phone_context'] : []),
          ...Object.entries({ outbound_alt_cid, phone_ring_timeout, delete_vm_after_email }).flatMap(([name, value]) =>
            value === null ? [] : [name],
          ),
        ];
        const [add, update, ...more] = createCalls(phone);
        expect([add?.function, more]).toEqual(['add_phone', []]);
        expect(Object.keys(update?.parameters ?? {}).sort()).toEqual(
          later.length === 0 ? [] : ['extension', 'server_ip', ...later].sort(),
        );
        for (const name of ['active', 'outbound_alt_cid', 'phone_ring_timeout', 'delete_vm_after_email'])
          expect(add?.parameters).not.toHaveProperty(name);
      }),
    );
  });

  test('keys that differ in case alone never replace', () => {
    fc.assert(
      fc.property(anyPhone, (phone) => {
        const upper = { ...phone, extension: 'CC100' };
        expect(diff(phoneType, upper, { ...phone, extension: 'cc100' })).toEqual({ action: 'none' });
      }),
    );
  });
});

function withKeyOf(before: FieldValues, after: FieldValues): FieldValues {
  return { ...after, server_ip: before.server_ip ?? null, extension: before.extension ?? null };
}

/** An API with the templates that the phones use. */
function apiFor(...phones: readonly FieldValues[]): EmulatedApi {
  return new EmulatedApi({ templates: phones.map(({ template_id }) => plain(template_id ?? '')) });
}

function execute(api: EmulatedApi, change: Change): void {
  for (const call of callsOf(change)) expect([call, api.execute(call)]).toEqual([call, true]);
}

function expectStored(api: EmulatedApi, desired: FieldValues): void {
  for (const [name, value] of Object.entries(desired)) {
    // The key keeps the case in which it was created.
    const folded = (text: string | null | undefined) => (name === 'extension' ? text?.toLowerCase() : text);
    if (value !== null) expect([name, folded(api.phone?.[name])]).toEqual([name, folded(plain(value))]);
  }
}

function callsOf(change: Change): readonly Operation[] {
  if (change.action === 'replace') return [change.delete, ...change.create];
  return change.action === 'none' ? [] : change.operations;
}

function createCalls(values: FieldValues): readonly Operation[] {
  const change = diff(phoneType, values, null);
  expect(change.action).toBe('create');
  return callsOf(change);
}
