import fc from 'fast-check';
import { aliasTable } from '../../src/phone/alias-fields';
import { diff, type Call } from '../../src/phone/diff';
import type { AnyValues, Field } from '../../src/phone/field';
import { phoneFields, phoneTable } from '../../src/phone/fields';
import { Secret } from '../../src/phone/secret';

const complete = {
  server_ip: '10.0.0.11',
  extension: '55000',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: new Secret('agentword'),
  registration_password: new Secret('deviceword'),
  protocol: 'SIP',
  phone_full_name: 'Front desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
};

describe('diff of a phone', () => {
  test('nothing desired and nothing recorded is nothing to do', () => {
    expect(diff(phoneTable, null, null)).toEqual({ action: 'none' });
  });

  test('a phone that is no longer desired is deleted by its key alone', () => {
    expect(diff(phoneTable, null, complete)).toEqual({
      action: 'delete',
      calls: [{ function: 'update_phone', fields: { extension: '55000', server_ip: '10.0.0.11', delete_phone: 'Y' } }],
    });
  });

  test('what add_phone writes by itself takes no second call, a column default that a schema may change does', () => {
    expect(callsOf({ ...complete, active: 'Y' })).toHaveLength(1);
    expect(callsOf({ ...complete, active: 'N' })[1]?.fields).toEqual({ extension: '55000', server_ip: '10.0.0.11', active: 'N' });
    expect(callsOf({ ...complete, phone_ring_timeout: 60 })[1]?.fields).toEqual({ extension: '55000', server_ip: '10.0.0.11', phone_ring_timeout: '60' });
  });

  test('an empty field of a new phone is cleared only where a new phone would not have it empty', () => {
    expect(callsOf({ ...complete, email: '', template_id: '' })).toHaveLength(1);
    expect(callsOf({ ...complete, email: '' })[0]?.fields).not.toHaveProperty('email');
    expect(callsOf({ ...complete, phone_context: '' })[1]?.fields).toMatchObject({ phone_context: '--BLANK--' });
  });

  test('a creation without a required field fails with its name', () => {
    expect(() => diff(phoneTable, { ...complete, phone_pass: null }, null)).toThrow(/phone_pass/u);
  });

  test('secrets stay closed in the form, and equal ones are no change', () => {
    expect(callsOf(complete)[0]?.fields.phone_pass).toBeInstanceOf(Secret);
    expect(diff(phoneTable, { ...complete, phone_pass: new Secret('agentword') }, complete)).toEqual({ action: 'none' });
    expect(diff(phoneTable, { ...complete, phone_pass: new Secret('other') }, complete)).toMatchObject({ action: 'update', changed: ['phone_pass'] });
  });

  test('another key replaces, another spelling of it does not', () => {
    expect(diff(phoneTable, { ...complete, extension: '55001' }, complete)).toMatchObject({ action: 'replace', because: ['extension'] });
    expect(diff(phoneTable, { ...complete, extension: 'CC1' }, { ...complete, extension: 'cc1' })).toEqual({ action: 'none' });
  });
});

describe('diff of an alias', () => {
  const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };

  test('the order of logins is a change', () => {
    expect(diff(aliasTable, { ...desks, phone_logins: ['55001', '55000'] }, desks)).toEqual({
      action: 'update',
      changed: ['phone_logins'],
      calls: [{ function: 'update_phone_alias', fields: { alias_id: 'desks', phone_logins: '55001,55000' } }],
    });
  });

  test('is deleted by update_phone_alias', () => {
    expect(diff(aliasTable, null, desks)).toMatchObject({ calls: [{ function: 'update_phone_alias', fields: { alias_id: 'desks', delete_alias: 'Y' } }] });
  });
});

/** What the calls of a diff do to a row, by the API facts: written here once more, without the table. */
const notReadByAdd = ['active', 'outbound_alt_cid', 'phone_ring_timeout', 'delete_vm_after_email'];
const newRow = { email: '', phone_context: 'default', active: 'Y', admin_user_group: '---ALL---', outbound_alt_cid: '', phone_ring_timeout: '60', delete_vm_after_email: 'N', is_webphone: 'N', webphone_auto_answer: 'Y', use_external_server_ip: 'N', on_hook_agent: 'N', template_id: '' };

type Row = Record<string, string>;

function perform(row: Row | null, { function: name, fields }: Call): Row | null {
  const sent = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value instanceof Secret ? value.open() : value]));
  if (name === 'add_phone') {
    expect(row).toBeNull();
    return { ...newRow, ...Object.fromEntries(Object.entries(sent).filter(([field]) => !notReadByAdd.includes(field))) };
  }
  if (sent.delete_phone === 'Y') return null;
  return { ...row, ...Object.fromEntries(Object.entries(sent).map(([field, value]) => [field, value === '--BLANK--' ? '' : value])) };
}

const word = fc.stringMatching(/^[a-z0-9]{6,10}$/u);
const clearable = ['email', 'phone_context', 'template_id'];

function anyValue(name: string, field: Field): fc.Arbitrary<unknown> {
  if (field.kind === 'number') return fc.integer({ min: 2, max: 180 });
  if (field.secret) return word.map((text) => new Secret(text));
  const text = field.choices ? fc.constantFrom(...field.choices) : word;
  return clearable.includes(name) ? fc.oneof(text, fc.constant('')) : text;
}

const required = Object.keys(complete);
const anyPhone = fc.record(
  Object.fromEntries(
    Object.entries<Field>(phoneFields).map(([name, field]) => [name, required.includes(name) ? anyValue(name, field) : fc.option(anyValue(name, field))]),
  ),
) as fc.Arbitrary<AnyValues>;

const plain = (value: unknown) => (value instanceof Secret ? value.open() : String(value));

describe('whatever the declaration', () => {
  test('the calls lead from nothing, or from what is recorded, to every value that is declared', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, fc.boolean(), (before, after, sameKey) => {
        const desired: AnyValues = sameKey ? { ...after, server_ip: before.server_ip ?? null, extension: before.extension ?? null } : after;
        let row = callsOf(before).reduce<Row | null>(perform, null);
        const change = diff(phoneTable, desired, before);
        if (change.action === 'replace') row = [...change.remove, ...change.create].reduce<Row | null>(perform, row);
        else if (change.action !== 'none') row = change.calls.reduce<Row | null>(perform, row);
        for (const [name, value] of Object.entries(desired)) if (value !== null) expect([name, row?.[name]?.toLowerCase()]).toEqual([name, plain(value).toLowerCase()]);
      }),
    );
  });

  test('a phone compared with itself is nothing to do', () => {
    fc.assert(fc.property(anyPhone, (phone) => expect(diff(phoneTable, phone, phone)).toEqual({ action: 'none' })));
  });

  test('an update carries the key and the changed fields, and nothing else', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const desired: AnyValues = { ...after, server_ip: before.server_ip ?? null, extension: before.extension ?? null };
        const change = diff(phoneTable, desired, before);
        if (change.action === 'none') return;
        if (change.action !== 'update') throw new Error(`${change.action} instead of an update`);
        const differing = Object.keys(desired).filter((name) => desired[name] !== null && plain(desired[name]) !== plain(before[name] ?? null));
        expect(Object.keys(change.calls[0].fields).sort()).toEqual(['extension', 'server_ip', ...differing].sort());
      }),
    );
  });

  test('what is not declared is never sent', () => {
    fc.assert(
      fc.property(anyPhone, anyPhone, (before, after) => {
        const silent = Object.keys(after).filter((name) => after[name] === null);
        const change = diff(phoneTable, after, before);
        const calls = change.action === 'replace' ? change.create : change.action === 'none' ? [] : change.calls;
        for (const { fields } of calls) for (const name of silent) expect(fields).not.toHaveProperty(name);
      }),
    );
  });
});

function callsOf(values: AnyValues): readonly Call[] {
  const change = diff(phoneTable, values, null);
  if (change.action !== 'create') throw new Error(`${change.action} instead of a creation`);
  return change.calls;
}
