import { phoneAliasFields } from '../../src/model/phone-alias-fields';
import type { FieldDefinition } from '../../src/model/field-definition';
import { timezoneOffsets, phoneFields } from '../../src/model/phone-fields';

type Row = readonly [
  name: string,
  add: 'needed' | 'read' | 'not read',
  update: string,
  column: number | undefined,
  keeps: string,
  clear: 'clear' | '',
  since: number | undefined,
];

/** The API facts, sections 4 to 6, copied out by hand in the order of update_phone. */
const facts: readonly Row[] = [
  ['extension', 'needed', 'key', 100, '-_0aZ', '', undefined],
  ['server_ip', 'needed', 'key', 15, '-.:_0aZ', '', undefined],
  ['local_gmt', 'needed', 'offset', 6, '-.0', '', undefined],
  ['email', 'read', '5-300', 100, '- .:/@%_0aZ', 'clear', undefined],
  ['phone_context', 'read', '2-30', 20, '-_0aZ', 'clear', undefined],
  ['phone_full_name', 'needed', '2-30', 50, '- +._0aZ', 'clear', undefined],
  ['registration_password', 'needed', '2-30', 100, '-_0aZ', 'clear', undefined],
  ['protocol', 'needed', 'EXTERNAL IAX2 SIP Zap', undefined, '0aZ', '', undefined],
  ['phone_pass', 'needed', '2-30', 100, '-_0aZ', '', undefined],
  ['phone_login', 'needed', 'any', 15, '-_0aZ', '', undefined],
  ['voicemail_id', 'needed', '2-30', 10, '0aZ', '', undefined],
  ['dialplan_number', 'needed', '3-30', 20, '*#0aZ', '', undefined],
  ['active', 'not read', 'N Y', undefined, 'Z', '', undefined],
  ['outbound_cid', 'needed', '6-18', 20, '0', '', undefined],
  ['admin_user_group', 'read', '2-20', 20, '-_0aZ', '', undefined],
  ['outbound_alt_cid', 'not read', '6-18', 20, '0aZ', '', 180331],
  ['phone_ring_timeout', 'not read', '2..180', undefined, '0', '', 180331],
  ['delete_vm_after_email', 'not read', 'N Y', undefined, 'aZ', '', 180331],
  ['is_webphone', 'read', 'N Y Y_API_LAUNCH', undefined, '', '', 200622],
  ['webphone_auto_answer', 'read', 'N Y', undefined, '', '', 200622],
  ['use_external_server_ip', 'read', 'N Y', undefined, '', '', 200622],
  ['on_hook_agent', 'read', 'N Y', undefined, '', '', 200622],
  ['template_id', 'read', '2-', 15, '-_0aZ', 'clear', 200622],
];

const rows: Readonly<Record<string, FieldDefinition>> = phoneFields;

test('the table has the fields of the facts, in the order in which update_phone checks them', () => {
  expect(Object.keys(phoneFields)).toEqual(facts.map(([name]) => name));
});

describe.each(facts)('%s', (name, add, update, column, keeps, clear, since) => {
  const field = rows[name];

  test(`is ${add} by add_phone`, () => {
    expect(field?.onCreate).toBe({ needed: 'required', read: 'optional', 'not read': 'ignored' }[add]);
  });

  test(`is taken by update_phone as ${update}`, () => {
    if (update === 'key') expect(field?.key).toBe(true);
    else if (update === 'offset') expect(field?.choices).toBe(timezoneOffsets);
    else if (update.includes('..')) expect(field?.range?.join('..')).toBe(update);
    else if (/^\d/u.test(update)) expect(`${field?.update.min}-${field?.update.max ?? ''}`).toBe(update);
    else if (update === 'any') expect(field?.update).toEqual({ min: 1 });
    else expect([...(field?.choices ?? [])].sort().join(' ')).toBe(update);
  });

  if (column !== undefined) test('is cut by its column', () => expect(field?.columnLength).toBe(column));

  if (keeps !== '') {
    test('keeps its characters and no others', () => {
      const probe = '!"#$%&\'()*+,-./0:;<=>?@Z[\\]^_`a{|}~ ';
      const kept = new RegExp(
        `[${field?.allowedCharacters.classBody}${field?.allowedCharacters.letters ? 'a-zA-Z' : ''}]`,
        'u',
      );
      expect(
        [...probe]
          .filter((character) => kept.test(character))
          .sort()
          .join(''),
      ).toBe([...keeps].sort().join(''));
    });
  }

  test(`${clear ? 'can' : 'cannot'} be emptied`, () => expect(field?.clearable ?? false).toBe(clear !== ''));

  test('is known since its build', () => expect(field?.sinceBuild).toBe(since));
});

test('what a new phone has in the fields that nobody set', () => {
  const initial = Object.fromEntries(
    Object.entries(rows).flatMap(([name, field]) =>
      field.serverDefault === undefined ? [] : [[name, field.serverDefault]],
    ),
  );
  expect(initial).toEqual({
    email: '',
    phone_context: 'default',
    active: 'Y',
    admin_user_group: '---ALL---',
    outbound_alt_cid: '',
    phone_ring_timeout: '60',
    delete_vm_after_email: 'N',
    is_webphone: 'N',
    webphone_auto_answer: 'Y',
    use_external_server_ip: 'N',
    on_hook_agent: 'N',
    template_id: '',
  });
});

test('the shortest that add_phone takes', () => {
  const longer = Object.entries(rows)
    .filter(([, { onCreate, create }]) => onCreate === 'required' && create.min > 1)
    .map(([name, { create }]) => [name, create.min]);
  expect(longer).toEqual([
    ['extension', 2],
    ['dialplan_number', 2],
  ]);
});

test('the offsets are the 33 that VICIdial knows', () => {
  expect(timezoneOffsets.join(' ')).toBe(
    '12.75 12.00 11.00 10.00 9.50 9.00 8.00 7.00 6.50 6.00 5.75 5.50 5.00 4.50 4.00 3.50 3.00 2.00 1.00 0.00 ' +
      '-1.00 -2.00 -3.00 -3.50 -4.00 -5.00 -6.00 -7.00 -8.00 -9.00 -10.00 -11.00 -12.00',
  );
});

test('passwords are the only secrets, and older schemas hold less of them', () => {
  const secrets = Object.entries(rows)
    .filter(([, { secret }]) => secret)
    .map(([name, { legacyColumnLength }]) => [name, legacyColumnLength]);
  expect(secrets).toEqual([
    ['registration_password', 20],
    ['phone_pass', 10],
  ]);
});

test('the table of an alias', () => {
  expect(
    Object.entries<FieldDefinition>(phoneAliasFields).map(([name, { key, create, update, onCreate }]) => [
      name,
      key ?? false,
      create,
      update,
      onCreate,
    ]),
  ).toEqual([
    ['alias_id', true, { min: 2, max: 20 }, { min: 2, max: 20 }, 'required'],
    ['alias_name', false, { min: 1, max: 50 }, { min: 2, max: 50 }, 'required'],
    ['phone_logins', false, { min: 2, max: 255 }, { min: 2, max: 255 }, 'required'],
  ]);
});
