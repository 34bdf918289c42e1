import fc from 'fast-check';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { diff, type Change } from '../../src/model/diff';
import type { Operation } from '../../src/model/operation';
import type { FieldValues } from '../../src/model/field-definition';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';
import { anyPhone, complete, plain } from './samples';
import { SmallServer } from './server';

describe('diff of a phone', () => {
  test('nothing desired and nothing recorded is nothing to do', () => {
    expect(diff(phoneType, null, null)).toEqual({ action: 'none' });
  });

  test('a phone that is no longer desired is deleted by its key alone', () => {
    expect(diff(phoneType, null, complete)).toMatchObject({
      action: 'delete',
      operations: [
        { function: 'update_phone', parameters: { extension: '55000', server_ip: '10.0.0.11', delete_phone: 'Y' } },
      ],
    });
  });

  test('what add_phone writes by itself takes no second call, a column default that a schema may change does', () => {
    expect(creationOf({ ...complete, active: 'Y' })).toHaveLength(1);
    expect(creationOf({ ...complete, active: 'N' })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      active: 'N',
    });
    expect(creationOf({ ...complete, phone_ring_timeout: 60 })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      phone_ring_timeout: '60',
    });
    expect(creationOf({ ...complete, delete_vm_after_email: 'N' })[1]?.parameters).toEqual({
      extension: '55000',
      server_ip: '10.0.0.11',
      delete_vm_after_email: 'N',
    });
  });

  test('an empty field of a new phone is cleared only where a new phone would not have it empty', () => {
    expect(creationOf({ ...complete, email: '', template_id: '' })).toHaveLength(1);
    expect(creationOf({ ...complete, email: '' })[0]?.parameters).not.toHaveProperty('email');
    expect(creationOf({ ...complete, phone_context: '' })[1]?.parameters).toMatchObject({ phone_context: '--BLANK--' });
  });

  test('a field is emptied by --BLANK--, a secret one too', () => {
    expect(
      callsOf(diff(phoneType, { ...complete, email: '' }, { ...complete, email: 'desk@x.com' }))[0]?.parameters,
    ).toEqual({ extension: '55000', server_ip: '10.0.0.11', email: '--BLANK--' });
    expect(
      callsOf(diff(phoneType, { ...complete, registration_password: new Secret('') }, complete))[0]?.parameters,
    ).toMatchObject({ registration_password: '--BLANK--' });
  });

  test('removing a field from the configuration stops managing it and sends nothing', () => {
    expect(diff(phoneType, { ...complete, email: null }, { ...complete, email: 'desk@x.com' })).toEqual({
      action: 'none',
    });
  });

  test('declaring a field of which nothing is recorded sends it, an empty one too', () => {
    expect(diff(phoneType, { ...complete, email: '' }, complete)).toMatchObject({
      action: 'update',
      changed: ['email'],
    });
  });

  test('a creation without a required field fails with its name', () => {
    expect(() => diff(phoneType, { ...complete, phone_pass: null }, null)).toThrow(/A new phone needs phone_pass\./u);
  });

  test('secrets stay closed in the form, and equal ones are no change', () => {
    expect(creationOf(complete)[0]?.parameters.phone_pass).toBeInstanceOf(Secret);
    expect(diff(phoneType, { ...complete, phone_pass: new Secret('agentword') }, complete)).toEqual({ action: 'none' });
    expect(diff(phoneType, { ...complete, phone_pass: new Secret('other') }, complete)).toMatchObject({
      action: 'update',
      changed: ['phone_pass'],
    });
  });

  test('another key replaces, another spelling of it does not', () => {
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

  test('case of letters counts in every field but the key', () => {
    expect(diff(phoneType, { ...complete, phone_full_name: 'front desk' }, complete)).toMatchObject({
      action: 'update',
      changed: ['phone_full_name'],
    });
  });
});

describe('diff of an alias', () => {
  const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };

  test('the order of logins is a change', () => {
    expect(diff(phoneAliasType, { ...desks, phone_logins: ['55001', '55000'] }, desks)).toMatchObject({
      action: 'update',
      changed: ['phone_logins'],
      operations: [{ function: 'update_phone_alias', parameters: { alias_id: 'desks', phone_logins: '55001,55000' } }],
    });
    expect(diff(phoneAliasType, { ...desks, phone_logins: ['55000', '55001'] }, desks)).toEqual({ action: 'none' });
  });

  test('is created by one call', () => {
    expect(diff(phoneAliasType, desks, null)).toMatchObject({
      operations: [
        {
          function: 'add_phone_alias',
          parameters: { alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000,55001' },
        },
      ],
    });
  });

  test('is deleted by update_phone_alias', () => {
    expect(diff(phoneAliasType, null, desks)).toMatchObject({
      operations: [{ function: 'update_phone_alias', parameters: { alias_id: 'desks', delete_alias: 'Y' } }],
    });
  });
});

describe('whatever the declaration', () => {
  test('the calls lead from what is recorded to every value that is declared', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, desired) => {
        const server = new SmallServer();
        carryOut(server, diff(phoneType, before, null));
        expectHolds(server, before);
        carryOut(server, diff(phoneType, desired, before));
        expectHolds(server, desired);
      }),
    );
  });

  test('an update changes nothing but what is declared', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const server = new SmallServer();
        carryOut(server, diff(phoneType, before, null));
        const untouched = server.row;
        carryOut(server, diff(phoneType, withKeyOf(before, after), before));
        for (const [name, value] of Object.entries(after))
          if (value === null) expect(server.row?.[name]).toBe(untouched?.[name]);
      }),
    );
  });

  test('a phone compared with itself is nothing to do', () => {
    fc.assert(fc.property(anyPhone, (phone) => expect(diff(phoneType, phone, phone)).toEqual({ action: 'none' })));
  });

  test('after a change has been recorded there is nothing left to do', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const recorded = {
          ...before,
          ...Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null)),
        };
        expect(diff(phoneType, after, recorded)).toEqual({ action: 'none' });
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
        const silent = Object.keys(desired).filter((name) => desired[name] === null);
        for (const { parameters } of callsOf(diff(phoneType, desired, before)))
          for (const name of silent) expect(parameters).not.toHaveProperty(name);
      }),
    );
  });

  test('a creation takes a second call only for what add_phone does not set, and that call carries nothing else', () => {
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
        const [add, update, ...more] = creationOf(phone);
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

function carryOut(server: SmallServer, change: Change): void {
  for (const call of callsOf(change)) expect([call, server.call(call)]).toEqual([call, true]);
}

function expectHolds(server: SmallServer, desired: FieldValues): void {
  for (const [name, value] of Object.entries(desired)) {
    // The spelling of a key stays that of the creation.
    const exact = (text: string | undefined) => (name === 'extension' ? text?.toLowerCase() : text);
    if (value !== null) expect([name, exact(server.row?.[name])]).toEqual([name, exact(plain(value))]);
  }
}

function callsOf(change: Change): readonly Operation[] {
  if (change.action === 'replace') return [change.delete, ...change.create];
  return change.action === 'none' ? [] : change.operations;
}

function creationOf(values: FieldValues): readonly Operation[] {
  const change = diff(phoneType, values, null);
  expect(change.action).toBe('create');
  return callsOf(change);
}
