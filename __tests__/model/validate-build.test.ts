import { buildNumber, validateBuild, truncationWarnings } from '../../src/model/validate-build';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';

const rejected = (values: Parameters<typeof validateBuild>[1], build: string) =>
  validateBuild(phoneType, values, build).map(({ code, field }) => [code, field]);

const later = { outbound_alt_cid: '7275551213', phone_ring_timeout: 45, delete_vm_after_email: 'Y' };
const webphone = {
  is_webphone: 'Y',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'Y',
  on_hook_agent: 'Y',
  template_id: 'SIP_generic',
};

describe('a field of a later build', () => {
  test.each([
    ['150217-0853', [...Object.keys(later), ...Object.keys(webphone)]],
    ['180301-1021', [...Object.keys(later), ...Object.keys(webphone)]],
    ['180331-0000', Object.keys(webphone)],
    ['200621-2359', Object.keys(webphone)],
    ['200622-0000', []],
    ['241004-1518', []],
    ['990101-0000', []],
    ['unreadable', []],
  ])('is rejected for build %s on its attribute', (build, unknown) => {
    expect(rejected({ extension: '55000', ...later, ...webphone }, build)).toEqual(
      unknown.map((name) => ['field-unknown-to-build', name]),
    );
  });

  test('is reported with its build and that of the server', () => {
    expect(validateBuild(phoneType, { template_id: '' }, '180301-1021')[0]?.detail).toContain(
      'template_id came with build 200622 of VICIdial; the server has build 180301-1021',
    );
  });

  test('is accepted where it is not declared', () => {
    expect(rejected({ extension: '55000', is_webphone: null }, '150217-0853')).toEqual([]);
  });
});

describe('letters in voicemail_id', () => {
  test('are accepted from build 220312 on', () => {
    expect(rejected({ voicemail_id: '55ab' }, '220311-0000')).toEqual([['value-characters', 'voicemail_id']]);
    expect(rejected({ voicemail_id: '55ab' }, '220312-1518')).toEqual([]);
    expect(rejected({ voicemail_id: '5500' }, '150217-0853')).toEqual([]);
  });

  test.each([
    ['55ab', 'would store "55"'],
    ['ab', 'would strip it to nothing'],
  ])('%s on an older build is reported with what would be stored', (voicemail_id, message) => {
    expect(validateBuild(phoneType, { voicemail_id }, '200622-0000')[0]?.detail).toContain(message);
  });
});

describe('a password that an old schema may truncate', () => {
  const warningsFor = (values: Parameters<typeof truncationWarnings>[1], build: string) =>
    truncationWarnings(phoneType, values, build);

  test('is warned about on old builds, beyond the length of the oldest columns', () => {
    const codes = (values: Parameters<typeof truncationWarnings>[1], build: string) =>
      warningsFor(values, build).map(({ code, field }) => [code, field]);
    expect(codes({ phone_pass: new Secret('tencharact') }, '180301-1021')).toEqual([]);
    expect(codes({ phone_pass: new Secret('elevenchars') }, '180301-1021')).toEqual([
      ['password-may-be-truncated', 'phone_pass'],
    ]);
    expect(codes({ registration_password: new Secret('a'.repeat(20)) }, '180301-1021')).toEqual([]);
    expect(codes({ registration_password: new Secret('a'.repeat(21)) }, '180301-1021')).toEqual([
      ['password-may-be-truncated', 'registration_password'],
    ]);
    expect(codes({ phone_pass: new Secret('elevenchars') }, '241004-1518')).toEqual([]);
  });

  test('is not shown', () => {
    expect(JSON.stringify(warningsFor({ phone_pass: new Secret('elevenchars') }, '180301-1021'))).not.toContain(
      'eleven',
    );
  });
});

test('a build that cannot be parsed counts as the newest supported', () => {
  expect(buildNumber('241004-1518')).toBe(241004);
  expect(buildNumber('')).toBe(250720);
});

test('a fork writes the year of a build with four digits', () => {
  expect(buildNumber('20201226-1')).toBe(201226);
  expect(buildNumber('241004-1518')).toBe(241004);
});

test('names of servers are refused before the build that has them', () => {
  expect(rejected({ server_ip: 'east' }, '211107-0000')).toEqual([['value-characters', 'server_ip']]);
  expect(rejected({ server_ip: 'east' }, '241004-1518')).toEqual([]);
  expect(rejected({ server_ip: '10.0.0.11' }, '150217-0853')).toEqual([]);
});
