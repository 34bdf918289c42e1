import { aliasTable } from '../../src/phone/alias-fields';
import { checkValue, type CarriedBy } from '../../src/phone/check';
import { phoneTable } from '../../src/phone/fields';
import { Secret } from '../../src/phone/secret';

const said = (name: string, value: string | number | Secret, by: CarriedBy = 'either', nonLatin = false) =>
  checkValue(phoneTable, name, value, by, { nonLatin }).map(({ code, detail }) => `${code}: ${detail.split('\n')[0]}`);

describe('a value that survives the server', () => {
  // The limits of the API facts, section 5: the shortest and longest of update_phone, cut to the column.
  test.each<[string, string | number, string | number]>([
    ['email', 'a@b.c', `${'a'.repeat(88)}@example.com`],
    ['phone_context', 'ab', 'a'.repeat(20)],
    ['phone_full_name', 'ab', 'a'.repeat(30)],
    ['phone_login', 'a', 'a'.repeat(15)],
    ['voicemail_id', '12', '1234567890'],
    ['dialplan_number', '123', '*'.repeat(20)],
    ['outbound_cid', '123456', '1'.repeat(18)],
    ['admin_user_group', 'ab', '---ALL---'],
    ['outbound_alt_cid', '123456', '1'.repeat(18)],
    ['phone_ring_timeout', 2, 180],
    ['template_id', 'ab', 'a'.repeat(15)],
    ['local_gmt', '12.75', '-12.00'],
  ])('%s is accepted at both ends of its bounds', (name, shortest, longest) => {
    expect(said(name, shortest, 'update')).toEqual([]);
    expect(said(name, longest, 'update')).toEqual([]);
  });

  test.each<[string, string]>([
    ['email', `${'a'.repeat(90)}@example.com`],
    ['phone_context', 'a'.repeat(21)],
    ['phone_full_name', 'a'.repeat(31)],
    ['phone_login', 'a'.repeat(16)],
    ['voicemail_id', '1'],
    ['dialplan_number', '12'],
    ['outbound_cid', '12345'],
    ['outbound_cid', '1'.repeat(19)],
    ['admin_user_group', 'a'],
    ['outbound_alt_cid', '12345'],
    ['template_id', 'a'],
  ])('%s is refused beyond them', (name, value) => {
    expect(said(name, value, 'update')).toEqual([expect.stringMatching(/^value-length: /u)]);
  });

  test('lengths differ between the creating call and the updating one', () => {
    expect(said('dialplan_number', '12', 'create')).toEqual([]);
    expect(said('phone_full_name', 'a'.repeat(50), 'create')).toEqual([]);
    expect(said('outbound_cid', '1', 'create')).toEqual([]);
    expect(said('outbound_alt_cid', '1', 'create')).toHaveLength(1);
  });
});

describe('a value that does not', () => {
  test.each<[string, string | number, string]>([
    ['phone_full_name', 'Desk "A"', 'value-characters: phone_full_name is "Desk "A"": VICIdial would store "Desk A".'],
    ['phone_login', 'a'.repeat(16), `value-length: phone_login has 16 characters; it takes 1 to 15. VICIdial would cut it to "${'a'.repeat(15)}".`],
    ['email', 'a+b@x.com', 'value-email: email is "a+b@x.com"; VICIdial would store "a b@x.com".'],
    ['email', "o'neil@x.com", `value-email: email is "o'neil@x.com"; the apostrophe makes the call fail`],
    ['local_gmt', '-5', 'value-choice: local_gmt is "-5"; VICIdial would take it, but store "-5" in place of its own form. Write "-5.00".'],
    ['protocol', 'PJSIP', 'value-choice: protocol is "PJSIP"; VICIdial would refuse it.'],
    ['active', 'yes', 'value-choice: active is "yes"; VICIdial would strip it to nothing and keep what it has.'],
    ['is_webphone', 'maybe', 'value-choice: is_webphone is "maybe"; VICIdial would ignore it and keep what it has.'],
    ['template_id', 'x', 'value-length: template_id has 1 character; it takes 2 to 15. VICIdial would ignore it'],
    ['phone_ring_timeout', 1.5, 'value-range: phone_ring_timeout is 1.5; it takes a whole number from 2 to 180.'],
    ['outbound_alt_cid', '555CALLS', 'value-digits: outbound_alt_cid is "555CALLS"; it takes digits only.'],
    ['admin_user_group', '--BLANK--', 'value-blank-word: admin_user_group is the word --BLANK--.'],
  ])('%s = %p says what would become of it', (name, value, message) => {
    expect(said(name, value)).toEqual([expect.stringContaining(message)]);
  });

  test('letters of other scripts survive only where the system keeps them', () => {
    expect(said('phone_full_name', 'Käthe')).toHaveLength(1);
    expect(said('phone_full_name', 'Käthe', 'either', true)).toEqual([]);
    expect(said('outbound_cid', '１２３４５６', 'either', true)).toHaveLength(1);
  });

  test('a password is told by what is wrong with it and never shown, nor what would be left of it', () => {
    const [message] = said('phone_pass', new Secret('tür$chloss'));
    expect(message).toContain('2 of its characters would be stripped');
    expect(message).not.toMatch(/chloss|tür|trchl/u);
  });
});

describe('the empty string', () => {
  test.each(['email', 'phone_context', 'phone_full_name', 'template_id'])('empties %s', (name) => {
    expect(said(name, '', 'update')).toEqual([]);
  });

  test.each(['protocol', 'local_gmt', 'phone_pass', 'phone_login', 'voicemail_id', 'dialplan_number', 'active', 'outbound_cid', 'admin_user_group', 'outbound_alt_cid', 'delete_vm_after_email', 'is_webphone'])(
    'is an error for %s, which the API cannot empty',
    (name) => {
      expect(said(name, name === 'phone_pass' ? new Secret('') : '', 'update')).toEqual([expect.stringMatching(/^value-empty: /u)]);
    },
  );

  test('is an error where add_phone wants a value, although update_phone could empty it', () => {
    expect(said('phone_full_name', '', 'create')).toEqual([expect.stringMatching(/^value-empty: /u)]);
    expect(said('registration_password', new Secret(''), 'create')).toEqual([expect.stringMatching(/^value-empty: /u)]);
  });
});

describe('logins of an alias', () => {
  const logins = (...list: string[]) => checkValue(aliasTable, 'phone_logins', list, 'either').map(({ code }) => code);

  test('may not hold what would split or strip them', () => {
    expect(logins('55000', '55001')).toEqual([]);
    expect(logins('55000,55001')).toEqual(['value-characters']);
    expect(logins('')).toEqual(['value-characters']);
  });

  test('fit into the column together', () => {
    expect(logins(...Array.from({ length: 40 }, (_, index) => String(550_000 + index)))).toEqual(['value-length']);
  });
});
