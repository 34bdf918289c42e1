import { phoneAliasFields } from '../../src/model/phone-alias-fields';
import type { FieldDefinition } from '../../src/model/field-definition';
import { timezoneOffsets, phoneFields } from '../../src/model/phone-fields';

type Row = readonly [
  name: string,
  onCreate: 'required' | 'optional' | 'ignored',
  update: string,
  columnLength: number | undefined,
  allowed: string,
  clear: 'clear' | '',
  sinceBuild: number | undefined,
];

/** docs/internals/vicidial-api.md, sections 4 to 6, copied by hand, in the order in which update_phone checks. */
const facts: readonly Row[] = [
  ['extension', 'required', 'key', 100, '-_0aZ', '', undefined],
  ['server_ip', 'required', 'key', 15, '-.:_0aZ', '', undefined],
  ['local_gmt', 'required', 'offset', 6, '-.0', '', undefined],
  ['email', 'optional', '5-300', 100, '- .:/@%_0aZ', 'clear', undefined],
  ['phone_context', 'optional', '2-30', 20, '-_0aZ', 'clear', undefined],
  ['phone_full_name', 'required', '2-30', 50, '- +._0aZ', 'clear', undefined],
  ['registration_password', 'required', '2-30', 100, '-_0aZ', 'clear', undefined],
  ['protocol', 'required', 'EXTERNAL IAX2 SIP Zap', undefined, '0aZ', '', undefined],
  ['phone_pass', 'required', '2-30', 100, '-_0aZ', '', undefined],
  ['phone_login', 'required', 'any', 15, '-_0aZ', '', undefined],
  ['voicemail_id', 'required', '2-30', 10, '0aZ', '', undefined],
  ['dialplan_number', 'required', '3-30', 20, '*#0aZ', '', undefined],
  ['active', 'ignored', 'N Y', undefined, 'Z', '', undefined],
  ['outbound_cid', 'required', '6-18', 20, '0', '', undefined],
  ['admin_user_group', 'optional', '2-20', 20, '-_0aZ', '', undefined],
  ['outbound_alt_cid', 'ignored', '6-18', 20, '0aZ', '', 180331],
  ['phone_ring_timeout', 'ignored', '2..180', undefined, '0', '', 180331],
  ['delete_vm_after_email', 'ignored', 'N Y', undefined, 'aZ', '', 180331],
  ['is_webphone', 'optional', 'N Y Y_API_LAUNCH', undefined, '', '', 200622],
  ['webphone_auto_answer', 'optional', 'N Y', undefined, '', '', 200622],
  ['use_external_server_ip', 'optional', 'N Y', undefined, '', '', 200622],
  ['on_hook_agent', 'optional', 'N Y', undefined, '', '', 200622],
  ['template_id', 'optional', '2-', 15, '-_0aZ', 'clear', 200622],
];

const rows: Readonly<Record<string, FieldDefinition>> = phoneFields;

test('the table has every field of the API, in the order in which update_phone checks them', () => {
  expect(Object.keys(phoneFields)).toEqual(facts.map(([name]) => name));
});

describe.each(facts)('%s', (name, onCreate, update, columnLength, allowed, clear, sinceBuild) => {
  const field = rows[name];

  test(`is ${onCreate} on create`, () => expect(field?.onCreate).toBe(onCreate));

  test(`is accepted on update as ${update}`, () => {
    if (update === 'key') expect(field?.key).toBe(true);
    else if (update === 'offset') expect(field?.choices).toBe(timezoneOffsets);
    else if (update.includes('..')) expect(field?.range?.join('..')).toBe(update);
    else if (/^\d/u.test(update)) expect(`${field?.update.min}-${field?.update.max ?? ''}`).toBe(update);
    else if (update === 'any') expect(field?.update).toEqual({ min: 1 });
    else expect([...(field?.choices ?? [])].sort().join(' ')).toBe(update);
  });

  if (columnLength !== undefined)
    test('is truncated to the length of its column', () => expect(field?.columnLength).toBe(columnLength));

  if (allowed !== '') {
    test('has exactly its allowed characters', () => {
      const probe = '!"#$%&\'()*+,-./0:;<=>?@Z[\\]^_`a{|}~ ';
      const pattern = new RegExp(
        `[${field?.allowedCharacters.classBody}${field?.allowedCharacters.letters ? 'a-zA-Z' : ''}]`,
        'u',
      );
      expect(
        [...probe]
          .filter((character) => pattern.test(character))
          .sort()
          .join(''),
      ).toBe([...allowed].sort().join(''));
    });
  }

  test(`${clear ? 'can' : 'cannot'} be cleared`, () => expect(field?.clearable ?? false).toBe(clear !== ''));

  test('has the build that it came with', () => expect(field?.sinceBuild).toBe(sinceBuild));
});

test('the server defaults of a new phone', () => {
  const defaults = Object.fromEntries(
    Object.entries(rows).flatMap(([name, field]) =>
      field.serverDefault === undefined ? [] : [[name, field.serverDefault]],
    ),
  );
  expect(defaults).toEqual({
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

test('the min lengths of add_phone that are more than one character', () => {
  const minLengths = Object.entries(rows)
    .filter(([, { onCreate, create }]) => onCreate === 'required' && create.min > 1)
    .map(([name, { create }]) => [name, create.min]);
  expect(minLengths).toEqual([
    ['extension', 2],
    ['dialplan_number', 2],
  ]);
});

test('the time zones are the 33 of VICIdial', () => {
  expect(timezoneOffsets.join(' ')).toBe(
    '12.75 12.00 11.00 10.00 9.50 9.00 8.00 7.00 6.50 6.00 5.75 5.50 5.00 4.50 4.00 3.50 3.00 2.00 1.00 0.00 ' +
      '-1.00 -2.00 -3.00 -3.50 -4.00 -5.00 -6.00 -7.00 -8.00 -9.00 -10.00 -11.00 -12.00',
  );
});

test('passwords are the only secrets, and their columns are shorter on older schemas', () => {
  const secrets = Object.entries(rows)
    .filter(([, { secret }]) => secret)
    .map(([name, { columnLengthBefore }]) => [name, columnLengthBefore]);
  expect(secrets).toEqual([
    ['registration_password', { build: 241004, length: 20 }],
    ['phone_pass', { build: 200622, length: 10 }],
  ]);
});

test('the fields of a phone alias', () => {
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
