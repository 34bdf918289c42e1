import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { validateValue, validateValues, type IntendedCall } from '../../src/model/validate';
import type { FieldValue } from '../../src/model/field-definition';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';

const messages = (name: string, value: FieldValue, by: IntendedCall = 'either', nonLatin = false) =>
  validateValue(phoneType, name, value, by, { nonLatin }).map(
    ({ code, detail }) => `${code}: ${detail.split('\n')[0]}`,
  );

const a = (length: number) => 'a'.repeat(length);

test('an existing phone may have an extension of one character, which add_phone refuses', () => {
  expect(messages('extension', '1', 'update')).toEqual([]);
  expect(messages('extension', '1', 'create')).toEqual([expect.stringMatching(/^value-length: /u)]);
});

describe('a value that is not stored unchanged', () => {
  test.each<[string, FieldValue, string]>([
    [
      'phone_full_name',
      'Desk "A"',
      'value-characters: phone_full_name is "Desk \\"A\\""; VICIdial would store "Desk A". It takes letters, digits, spaces, - + . and _.',
    ],
    [
      'phone_full_name',
      'Two\nlines',
      'value-characters: phone_full_name is "Two\\nlines"; VICIdial would store "Twolines".',
    ],
    [
      'phone_full_name',
      a(51),
      `value-length: phone_full_name has 51 characters; add_phone would truncate it to "${a(50)}", update_phone would refuse it. It takes 1 to 50 when the phone is created, 2 to 30 when it is updated.`,
    ],
    ['phone_context', '!!', 'value-characters: phone_context is "!!"; VICIdial would strip it to nothing.'],
    [
      'phone_context',
      'a!',
      'value-characters: phone_context is "a!"; add_phone would store "a", update_phone would strip it to "a" and refuse the rest.',
    ],
    [
      'phone_login',
      a(16),
      `value-length: phone_login has 16 characters; VICIdial would truncate it to "${a(15)}". It takes 1 to 15.`,
    ],
    ['email', 'a+b@x.com', 'value-email: email is "a+b@x.com"; VICIdial would store "a b@x.com".'],
    [
      'email',
      "o'neil@x.com",
      'value-email: email is "o\'neil@x.com"; VICIdial would fail on the apostrophe and store nothing.',
    ],
    [
      'local_gmt',
      '-5',
      'value-choice: local_gmt is "-5"; VICIdial would store "-5", which is not its own form. Write "-5.00".',
    ],
    ['local_gmt', ' -5.0', 'value-choice: local_gmt is " -5.0"; VICIdial would store "-5.0". Write "-5.00".'],
    ['local_gmt', '+5', 'value-choice: local_gmt is "+5"; VICIdial would store "5". Write "5.00".'],
    ['local_gmt', '-9.50', 'value-choice: local_gmt is "-9.50"; VICIdial would refuse it. It takes 12.75, 12.00,'],
    [
      'protocol',
      'PJSIP',
      'value-choice: protocol is "PJSIP"; VICIdial would refuse it. The API does not accept PJSIP, although the database has it: add such a phone on the admin pages, import it, and leave protocol out. It takes SIP,',
    ],
    ['protocol', 'sip', 'value-choice: protocol is "sip"; VICIdial would refuse it. Write "SIP".'],
    ['active', 'yes', 'value-choice: active is "yes"; VICIdial would strip it to nothing. It takes Y, N.'],
    ['active', 'Yes', 'value-choice: active is "Yes"; VICIdial would store "Y". It takes Y, N.'],
    ['delete_vm_after_email', 'y', 'value-choice: delete_vm_after_email is "y"; VICIdial would refuse it. Write "Y".'],
    [
      'is_webphone',
      'maybe',
      'value-choice: is_webphone is "maybe"; VICIdial would ignore it. It takes Y, N, Y_API_LAUNCH.',
    ],
    [
      'is_webphone',
      'y_api_launch',
      'value-choice: is_webphone is "y_api_launch"; VICIdial would store "Y_API_LAUNCH". Write "Y_API_LAUNCH".',
    ],
    ['template_id', 'x', 'value-length: template_id has 1 character; VICIdial would ignore it. It takes 2 to 15.'],
    [
      'phone_ring_timeout',
      1,
      'value-range: phone_ring_timeout is 1; VICIdial would refuse it. It takes a whole number from 2 to 180.',
    ],
    ['phone_ring_timeout', 181, 'value-range: phone_ring_timeout is 181; VICIdial would refuse it.'],
    ['phone_ring_timeout', 1.5, 'value-range: phone_ring_timeout is 1.5; VICIdial would store "15".'],
    ['phone_ring_timeout', -45, 'value-range: phone_ring_timeout is -45; VICIdial would store "45".'],
    [
      'outbound_cid',
      '+1 727 555-1212',
      'value-characters: outbound_cid is "+1 727 555-1212"; VICIdial would store "17275551212". It takes digits.',
    ],
    ['outbound_alt_cid', '555CALLS', 'value-not-numeric: outbound_alt_cid is "555CALLS"; it takes digits only.'],
    ['voicemail_id', '1234-5678', 'value-characters: voicemail_id is "1234-5678"; VICIdial would store "12345678".'],
    ['admin_user_group', '--BLANK--', 'value-reserved: admin_user_group is the word --BLANK--.'],
    [
      'server_ip',
      '10.0.0.11/55000',
      'value-characters: server_ip is "10.0.0.11/55000"; VICIdial would store "10.0.0.1155000".',
    ],
    ['extension', 'front desk', 'value-characters: extension is "front desk"; VICIdial would store "frontdesk".'],
  ])('%s = %j reports what would be stored', (name, value, message) => {
    expect(messages(name, value)).toEqual([expect.stringContaining(message)]);
  });

  test('is reported for the call that sends it, where that is known', () => {
    expect(messages('dialplan_number', '12', 'create')).toEqual([]);
    expect(messages('dialplan_number', '12', 'update')).toEqual([
      'value-length: dialplan_number has 2 characters; VICIdial would refuse it. It takes 3 to 20 when it is updated.',
    ]);
    expect(messages('outbound_alt_cid', '12', 'create')).toEqual([
      'value-length: outbound_alt_cid has 2 characters; VICIdial would refuse it. It takes 6 to 18.',
    ]);
  });

  test('is reported once for each field', () => {
    const failures = validateValues(
      phoneType,
      { email: "+'", protocol: 'PJSIP', active: 'Y', phone_login: null },
      'update',
    );
    expect(failures.map(({ field, code }) => [field, code])).toEqual([
      ['email', 'value-email'],
      ['protocol', 'value-choice'],
    ]);
  });
});

test('the word --NONE-- is an error that says what to write, for what no password is', () => {
  const none = (name: string) => messages(name, '--NONE--');
  expect(none('template_id')).toEqual(['value-none: template_id is the word --NONE--; none is written "".']);
  expect(none('phone_full_name')).toEqual([expect.stringMatching(/^value-none: /u)]);
  expect(validateValue(phoneType, 'phone_pass', new Secret('--NONE--'), 'either')).toEqual([]);
});

describe('letters of other scripts', () => {
  test('are accepted only where the system keeps them', () => {
    expect(messages('phone_full_name', 'Käthe')).toEqual([expect.stringContaining('would store "Kthe"')]);
    expect(messages('phone_full_name', 'Käthe')).toEqual([
      expect.stringContaining('set non_latin = true in the provider block.'),
    ]);
    expect(messages('phone_full_name', 'Käthe', 'either', true)).toEqual([]);
    expect(messages('phone_full_name', 'Приёмная', 'either', true)).toEqual([]);
  });

  test('are not named as the cause where other characters are stripped too, or only digits are allowed', () => {
    expect(messages('phone_full_name', 'Käthe!')).toEqual([expect.not.stringContaining('non_latin')]);
    expect(messages('phone_full_name', 'Käthe!', 'either', true)).toEqual([
      expect.stringContaining('would store "Käthe"'),
    ]);
    expect(messages('outbound_cid', '１２３４５６', 'either', true)).toEqual([
      expect.stringContaining('strip it to nothing'),
    ]);
  });
});

describe('a password', () => {
  test.each<[string, IntendedCall, string]>([
    ['tür$chloss', 'update', 'phone_pass: VICIdial would strip 2 of its 10 characters. It takes'],
    ['$$$q', 'update', 'phone_pass: VICIdial would strip 3 of its 4 characters and refuse the rest.'],
    ['$$$', 'create', 'phone_pass: VICIdial would strip it to nothing.'],
    [`z${a(100)}`, 'create', 'phone_pass has 101 characters; VICIdial would truncate it to 100 characters.'],
    [`z${a(30)}`, 'update', 'phone_pass has 31 characters; VICIdial would refuse it.'],
    ['', 'update', 'phone_pass is empty.'],
  ])('%j is rejected with the reason', (password, by, message) => {
    expect(messages('phone_pass', new Secret(password), by)).toEqual([expect.stringContaining(message)]);
  });

  test('is never shown, nor what would remain of it', () => {
    for (const by of ['create', 'update', 'either'] as const) {
      for (const password of ['tür$chloss', '$$$q', `q${a(200)}`]) {
        const output = JSON.stringify(validateValue(phoneType, 'registration_password', new Secret(password), by));
        expect(output).not.toMatch(/chloss|tür|trchl|\$\$|"q|qaa|aaa/u);
      }
    }
  });
});

describe('the empty string', () => {
  test.each(['email', 'phone_context', 'phone_full_name', 'registration_password', 'template_id'])(
    'clears %s',
    (name) => {
      expect(messages(name, name === 'registration_password' ? new Secret('') : '', 'update')).toEqual([]);
    },
  );

  test.each([
    'extension',
    'server_ip',
    'protocol',
    'local_gmt',
    'phone_pass',
    'phone_login',
    'voicemail_id',
    'dialplan_number',
    'active',
    'outbound_cid',
    'admin_user_group',
    'outbound_alt_cid',
    'delete_vm_after_email',
    'is_webphone',
    'webphone_auto_answer',
    'use_external_server_ip',
    'on_hook_agent',
  ])('is an error for %s, which the API cannot clear', (name) => {
    for (const by of ['create', 'update', 'either'] as const) {
      expect(messages(name, name === 'phone_pass' ? new Secret('') : '', by)).toEqual([
        expect.stringMatching(/^value-empty: /u),
      ]);
    }
  });

  test('is an error where add_phone requires a value, although update_phone could clear it', () => {
    expect(messages('phone_full_name', '', 'create')).toEqual([
      'value-empty: phone_full_name is empty, and add_phone creates no phone without it. Set a value; once the phone exists, the field can be emptied.',
    ]);
    expect(messages('registration_password', new Secret(''), 'create')).toEqual([
      expect.stringMatching(/^value-empty: /u),
    ]);
    expect(messages('phone_full_name', '', 'either')).toEqual([]);
    expect(messages('email', '', 'create')).toEqual([]);
  });
});

describe('phone logins of a phone alias', () => {
  const logins = (list: readonly string[], nonLatin = false) =>
    validateValue(phoneAliasType, 'phone_logins', list, 'either', { nonLatin }).map(
      ({ code, detail }) => `${code}: ${detail.split('\n')[0]}`,
    );

  test('are accepted up to the max length of the column, including commas', () => {
    expect(logins(['55000', '55001'])).toEqual([]);
    expect(logins(Array.from({ length: 64 }, () => '123'))).toEqual([]);
    expect(logins([...Array.from({ length: 63 }, () => '123'), '1234'])).toEqual([
      'value-length: phone_logins has 256 characters in total; VICIdial would refuse it. It takes 2 to 255.',
    ]);
  });

  test.each<[readonly string[], string]>([
    [[], 'value-empty: phone_logins is an empty list. A phone alias has at least one login.'],
    [[''], 'value-characters: phone_logins has an empty login. Remove it from the list.'],
    [['5'], 'value-length: phone_logins has 1 character in total; VICIdial would refuse it. It takes 2 to 255.'],
    [
      ['55000', '55001,55002'],
      'value-characters: phone_logins has the login "55001,55002"; VICIdial would read it as more than one login. List each login by itself.',
    ],
    [
      ['55 000'],
      'value-characters: phone_logins has the login "55 000"; VICIdial would store "55000". It takes letters, digits, - and _.',
    ],
  ])('%j is refused', (list, message) => {
    expect(logins(list)).toEqual([message]);
  });

  test('may have letters of other scripts where the system keeps them', () => {
    expect(logins(['käthe'])).toHaveLength(1);
    expect(logins(['käthe'], true)).toEqual([]);
  });
});

test.each<[string, string, IntendedCall, boolean]>([
  ['alias_id', a(1), 'create', false],
  ['alias_id', a(2), 'create', true],
  ['alias_id', a(20), 'create', true],
  ['alias_id', a(21), 'create', false],
  ['alias_name', a(1), 'create', true],
  ['alias_name', a(1), 'update', false],
  ['alias_name', a(50), 'update', true],
  ['alias_name', a(51), 'create', false],
  ['alias_name', 'All: front/desk @1', 'create', true],
  ['alias_name', 'All (front)', 'create', false],
])('%s = %j of a phone alias on %s is accepted: %j', (name, value, by, accepted) => {
  expect(validateValue(phoneAliasType, name, value, by).length === 0).toBe(accepted);
});

describe('letters beyond a to z, with use_non_latin', () => {
  const nonLatin = { nonLatin: true };

  test('count two or more bytes each where the API limits a length', () => {
    expect(validateValue(phoneType, 'phone_full_name', 'и'.repeat(15), 'update', nonLatin)).toEqual([]);
    const [failure] = validateValue(phoneType, 'phone_full_name', 'и'.repeat(16), 'update', nonLatin);
    expect(failure?.what).toContain('16 characters (32 bytes, which VICIdial counts)');
    // add_phone has no maximum, and the column counts characters.
    expect(validateValue(phoneType, 'phone_full_name', 'и'.repeat(50), 'create', nonLatin)).toEqual([]);
    expect(validateValue(phoneType, 'phone_full_name', 'и'.repeat(51), 'create', nonLatin)).toHaveLength(1);
  });

  test('are stripped from server_ip all the same', () => {
    expect(validateValue(phoneType, 'server_ip', 'sérver', 'create', nonLatin)).toHaveLength(1);
  });
});
