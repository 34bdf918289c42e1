import type { FieldValues } from '../../src/model/field-definition';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import {
  changedKeys,
  createFailures,
  lostFields,
  plannedCreate,
  planUpdate,
  updateFailures,
} from '../../src/provider/plan';
import { resourceSchema } from '../../src/provider/resource-schema';
import { decodeObject } from '../../src/provider/resource-values';
import { unknown, type ObjectValue } from '../../src/terraform/value';

const nothing: ObjectValue = Object.fromEntries(
  Object.keys(resourceSchema(phoneType, '').attributes).map((name) => [name, null]),
);

const complete: ObjectValue = {
  ...nothing,
  server_ip: '10.0.0.11',
  extension: '55000',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: 'agentword',
  protocol: 'SIP',
  registration_password: 'deviceword',
  phone_full_name: 'Front desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
};

const prior: ObjectValue = { ...complete, id: '10.0.0.11/55000', system: 'vicidial.example.com/api' };
const phone = (object: ObjectValue) => decodeObject(phoneType, object);
const codes = (failures: readonly { readonly code: string; readonly field?: string }[]) =>
  failures.map(({ code, field }) => [code, field]);

describe('a new phone', () => {
  const own = { system: 'vicidial.example.com/api', adopted: null };

  test('is planned as configured, with its id and its system', () => {
    expect(plannedCreate(phoneType, complete, phone(complete), own, null)).toEqual(prior);
  });

  test('has an unknown id while a part of its key is unknown', () => {
    const config = { ...complete, extension: unknown };
    expect(plannedCreate(phoneType, config, phone(config), own, null).id).toBe(unknown);
  });

  test('has one failure for all arguments that add_phone requires and that are not set', () => {
    const failures = createFailures(
      phoneType,
      phone({ ...complete, phone_pass: null, outbound_cid: null }),
      'create',
      {},
    );
    expect(codes(failures)).toEqual([['required-arguments-missing', undefined]]);
    expect(failures[0]?.what).toBe('phone_pass, outbound_cid are not set, and add_phone requires them.');
  });

  test('points at the argument where one is missing', () => {
    const failures = createFailures(phoneType, phone({ ...complete, phone_full_name: null }), 'create', {});
    expect(codes(failures)).toEqual([['required-arguments-missing', 'phone_full_name']]);
    expect(failures[0]?.what).toBe('phone_full_name is not set, and add_phone requires it.');
  });

  test('may not have the word --NONE--, which VICIdial shows for no template', () => {
    const desired = phone({ ...complete, template_id: '--NONE--' });
    expect(codes(createFailures(phoneType, desired, 'create', {}))).toEqual([['value-none', 'template_id']]);
    expect(codes(updateFailures(phoneType, desired.values, ['template_id'], {}))).toEqual([
      ['value-none', 'template_id'],
    ]);
  });

  test('may have a required argument whose value is unknown', () => {
    expect(createFailures(phoneType, phone({ ...complete, phone_pass: unknown }), 'create', {})).toEqual([]);
  });

  test('may have a length that only add_phone accepts, but not where it is adopted by an update', () => {
    const desired = phone({ ...complete, dialplan_number: '55' });
    expect(createFailures(phoneType, desired, 'create', {})).toEqual([]);
    expect(codes(createFailures(phoneType, desired, 'update', {}))).toEqual([['value-length', 'dialplan_number']]);
  });
});

describe('a changed phone', () => {
  const update = (config: ObjectValue, state = prior, system?: string) =>
    planUpdate(phoneType, config, state, phone(config), phone(state).values, system);
  const failures = (config: ObjectValue, state = prior) =>
    codes(updateFailures(phoneType, phone(config).values, update(config, state).changed, {}));

  test('may not have a length that only add_phone accepts', () => {
    expect(failures({ ...complete, dialplan_number: '55' })).toEqual([['value-length', 'dialplan_number']]);
  });

  test('is validated in what is sent only', () => {
    const short = { ...complete, dialplan_number: '55' };
    const config = { ...short, email: 'desk@example.com' };
    expect(failures(config, { ...short, id: '10.0.0.11/55000' })).toEqual([]);
    expect(update(config, { ...prior, dialplan_number: '55' }).planned).toEqual({
      ...prior,
      dialplan_number: '55',
      email: 'desk@example.com',
    });
  });

  test('does not need what a create needs', () => {
    const imported = { ...nothing, server_ip: '10.0.0.11', extension: '55000', id: '10.0.0.11/55000' };
    expect(failures({ ...imported, id: unknown, email: 'desk@example.com' }, imported)).toEqual([]);
  });

  test('gets the system that it is written to, and keeps it where nothing is sent', () => {
    const old = { ...prior, system: null };
    expect(update({ ...complete, email: 'desk@example.com' }, old, 'new/api').planned.system).toBe('new/api');
    expect(update({ ...complete, deletion_protection: true }, old, 'new/api').planned.system).toBeNull();
    expect(update({ ...complete, email: 'desk@example.com' }, old).planned.system).toBe(unknown);
    expect(update({ ...complete, email: 'desk@example.com' }).planned.system).toBe(prior.system);
  });

  test('keeps the prior spelling of a key that differs only in case', () => {
    const cased = { ...prior, extension: 'cc100', id: '10.0.0.11/cc100' };
    const config = { ...complete, extension: 'CC100' };
    expect(changedKeys(phoneType, phone(config), phone(cased).values)).toEqual([]);
    expect(update(config, cased).planned).toEqual(cased);
  });
});

describe('a replacement', () => {
  const keys = (config: ObjectValue) => changedKeys(phoneType, phone(config), phone(prior).values);

  test.each(['extension', 'server_ip'])('follows from another %s', (name) => {
    expect(keys({ ...complete, [name]: '10.0.0.12' })).toEqual([name]);
  });

  test('follows from a key that is unknown', () => {
    expect(keys({ ...complete, extension: unknown })).toEqual(['extension']);
  });

  test('loses the fields that the configuration does not set', () => {
    const [lost] = lostFields(phoneType, phone({ ...complete, email: '', phone_ring_timeout: unknown }));
    expect(lost?.code).toBe('unmanaged-fields-lost');
    expect(lost?.what).toContain('template_id');
    expect(lost?.what).not.toMatch(/ email,|phone_ring_timeout|phone_login/u);
  });
});

describe('a phone alias', () => {
  const desks: ObjectValue = { id: null, alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };
  const failures = (config: ObjectValue) =>
    createFailures(phoneAliasType, decodeObject(phoneAliasType, config), 'create', {});

  test('may have a list with an element that is unknown', () => {
    expect(failures({ ...desks, phone_logins: ['55000', unknown] })).toEqual([]);
  });

  test.each<[string, FieldValues['x'] | readonly (string | null)[]]>([
    ['a login with a comma, which would become two', ['55000,55001']],
    ['an element that is null', ['55000', null]],
  ])('may not have %s', (_name, phone_logins) => {
    const [wrong] = failures({ ...desks, phone_logins: phone_logins });
    expect(wrong?.field).toBe('phone_logins');
  });
});
