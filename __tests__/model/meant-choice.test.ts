import { phoneType } from '../../src/model/phone-fields';
import { validateValue } from '../../src/model/validate';

const message = (name: string, value: string) =>
  validateValue(phoneType, name, value, 'either')
    .map(({ what }) => what)
    .join();

describe('an offset in another form is answered with the right one', () => {
  test.each([
    ['+6.00', 'Write "6.00".'],
    ['+5', 'Write "5.00".'],
    ['UTC-5', 'Write "-5.00".'],
    ['GMT+5', 'Write "5.00".'],
    ['UTC', 'Write "0.00".'],
    ['Z', 'Write "0.00".'],
    ['\u22125.00', 'Write "-5.00".'],
    ['5,5', 'Write "5.50".'],
    ['5.5', 'Write "5.50".'],
    ['+05:30', 'Write "5.50" for 5 hours 30 minutes.'],
    ['-03:30', 'Write "-3.50" for minus 3 hours 30 minutes.'],
    ['UTC+5:45', 'Write "5.75" for 5 hours 45 minutes.'],
    ['-05:00', 'Write "-5.00" for minus 5 hours.'],
    ['+0530', 'Write "5.50" for 5 hours 30 minutes.'],
    ['5h30', 'Write "5.50" for 5 hours 30 minutes.'],
    ['5h', 'Write "5.00" for 5 hours.'],
    ['01:00', 'Write "1.00" for 1 hour.'],
    ['5.30', 'If 5 hours 30 minutes are meant, write "5.50":'],
    ['5.3', 'If 5 hours 30 minutes are meant, write "5.50":'],
    ['+5.45', 'If 5 hours 45 minutes are meant, write "5.75":'],
    ['-3.30', 'If minus 3 hours 30 minutes are meant, write "-3.50":'],
    ['12.45', 'If 12 hours 45 minutes are meant, write "12.75":'],
  ])('%s', (offset, advice) => {
    expect(message('local_gmt', offset)).toContain(advice);
  });

  test.each(['-9.50', '10.30', '5:99', '+05:15', 'America/New_York', '99', '5.300'])(
    '%s is none that VICIdial has, and all of them are listed',
    (offset) => {
      expect(message('local_gmt', offset)).toContain('It takes 12.75, 12.00, 11.00');
    },
  );
});

test.each([
  ['protocol', 'DAHDI', `Write "Zap", which is VICIdial's word for DAHDI.`],
  ['protocol', 'dahdi', 'Write "Zap",'],
  ['protocol', 'IAX', 'Write "IAX2",'],
  ['protocol', 'chan_sip', 'Write "SIP",'],
  ['protocol', 'ZAP', 'Write "Zap".'],
  ['protocol', 'S\u200bIP', 'Write "SIP".'],
  ['protocol', 'SIPP', 'Write "SIP".'],
  ['protocol', 'IAX-2', 'Write "IAX2".'],
  ['protocol', 'Externel', 'Write "EXTERNAL".'],
  ['is_webphone', 'Y_API_LAUCH', 'Write "Y_API_LAUNCH".'],
  ['is_webphone', 'Y-API-LAUNCH', 'Write "Y_API_LAUNCH".'],
  ['protocol', 'H323', 'It takes SIP, IAX2, Zap, EXTERNAL.'],
  ['protocol', 'PJSIP', 'The API does not accept PJSIP'],
  ['active', 'X', 'It takes Y, N.'],
])('%s = %j names the choice that was meant', (name, value, advice) => {
  expect(message(name, value)).toContain(advice);
});

test.each([
  'active',
  'delete_vm_after_email',
  'is_webphone',
  'webphone_auto_answer',
  'use_external_server_ip',
  'on_hook_agent',
])('a boolean in %s is answered with the letter, and the reason', (name) => {
  const reason = (word: string) => `${word} is a boolean in HCL and YAML, and Terraform makes a string of it.`;
  expect(message(name, 'true')).toContain(`${reason('true')} Write "Y".`);
  expect(message(name, 'false')).toContain(`${reason('false')} Write "N".`);
  for (const word of ['yes', 'Yes', '1', 'on', 'y ']) expect(message(name, word)).toContain('Write "Y".');
  for (const word of ['no', 'NO', '0', 'off']) expect(message(name, word)).toContain('Write "N".');
});
