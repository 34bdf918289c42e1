import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { planCreate, planUpdate } from '../../src/provider/plan';
import { resourceSchema } from '../../src/provider/resource-schema';
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

const prior: ObjectValue = { ...complete, id: '10.0.0.11/55000' };

describe('planning a new phone', () => {
  test('keeps the configuration as it is and adds the id', () => {
    expect(planCreate(phoneType, complete, {})).toMatchObject({
      planned: prior,
      changedKeys: [],
      failures: [],
      changed: [],
    });
  });

  test('names each argument that add_phone needs and that is not declared', () => {
    const { failures } = planCreate(phoneType, { ...complete, phone_pass: null, outbound_cid: null }, {});
    expect(failures.map(({ code, field }) => [code, field])).toEqual([
      ['required-arguments-missing', 'phone_pass'],
      ['required-arguments-missing', 'outbound_cid'],
    ]);
  });

  test('takes a value that is not known yet for declared', () => {
    expect(planCreate(phoneType, { ...complete, phone_pass: unknown }, {}).failures).toEqual([]);
  });

  test('leaves the id open while a part of the key is not known', () => {
    expect(planCreate(phoneType, { ...complete, extension: unknown }, {}).planned.id).toBe(unknown);
  });

  test('accepts a length that only add_phone accepts', () => {
    expect(planCreate(phoneType, { ...complete, dialplan_number: '55' }, {}).failures).toEqual([]);
  });
});

describe('planning a change of a phone', () => {
  test('refuses a length that only add_phone accepts', () => {
    const { failures } = planUpdate(phoneType, { ...complete, dialplan_number: '55' }, prior, {});
    expect(failures.map(({ code, field }) => [code, field])).toEqual([['value-length', 'dialplan_number']]);
  });

  test('does not validate a stored value that is not changed', () => {
    const short = { ...complete, dialplan_number: '55' };
    const { failures, planned } = planUpdate(
      phoneType,
      { ...short, email: 'desk@example.com' },
      { ...short, id: '10.0.0.11/55000' },
      {},
    );
    expect(failures).toEqual([]);
    expect(planned).toEqual({ ...prior, dialplan_number: '55', email: 'desk@example.com' });
  });

  test('does not need what a creation needs', () => {
    const imported = { ...nothing, server_ip: '10.0.0.11', extension: '55000', id: '10.0.0.11/55000' };
    expect(
      planUpdate(phoneType, { ...imported, id: unknown, email: 'desk@example.com' }, imported, {}).failures,
    ).toEqual([]);
  });

  test.each(['extension', 'server_ip'])('replaces the phone when its %s changes', (name) => {
    expect(planUpdate(phoneType, { ...complete, [name]: '10.0.0.12' }, prior, {}).changedKeys).toEqual([name]);
  });

  test('replaces the phone when a part of its key is not known yet', () => {
    const plan = planUpdate(phoneType, { ...complete, extension: unknown }, prior, {});
    expect(plan.changedKeys).toEqual(['extension']);
    expect(plan.planned.id).toBe(unknown);
  });

  test('keeps the prior spelling of a key that differs only in the case of its letters', () => {
    const cased = { ...prior, extension: 'cc100', id: '10.0.0.11/cc100' };
    const { planned, changedKeys } = planUpdate(phoneType, { ...complete, extension: 'CC100' }, cased, {});
    expect(changedKeys).toEqual([]);
    expect(planned).toEqual(cased);
  });
});

describe('planning an alias', () => {
  const desks: ObjectValue = { id: null, alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };

  test('takes a list with an element that is not known yet for declared', () => {
    const plan = planCreate(phoneAliasType, { ...desks, phone_logins: ['55000', unknown] }, {});
    expect(plan.failures).toEqual([]);
    expect(plan.planned.phone_logins).toEqual(['55000', unknown]);
  });

  test('refuses a login with a comma, which would become two', () => {
    const [wrong] = planCreate(phoneAliasType, { ...desks, phone_logins: ['55000,55001'] }, {}).failures;
    expect(wrong?.field).toBe('phone_logins');
  });

  test('refuses an element that is null', () => {
    const [wrong] = planCreate(phoneAliasType, { ...desks, phone_logins: ['55000', null] }, {}).failures;
    expect(wrong?.field).toBe('phone_logins');
  });
});
