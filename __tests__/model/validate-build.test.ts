import { buildNumber, validateBuild, truncationWarnings } from '../../src/model/validate-build';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';

const refused = (values: Parameters<typeof validateBuild>[1], build: string) =>
  validateBuild(phoneType, values, build).map(({ code, field }) => [code, field]);

const later = { outbound_alt_cid: '7275551213', phone_ring_timeout: 45, delete_vm_after_email: 'Y' };
const latest = {
  is_webphone: 'Y',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'Y',
  on_hook_agent: 'Y',
  template_id: 'SIP_generic',
};

describe('a field that came with a later build', () => {
  test.each([
    ['150217-0853', [...Object.keys(later), ...Object.keys(latest)]],
    ['180301-1021', [...Object.keys(later), ...Object.keys(latest)]],
    ['180331-0000', Object.keys(latest)],
    ['200621-2359', Object.keys(latest)],
    ['200622-0000', []],
    ['241004-1518', []],
    ['990101-0000', []],
    ['unreadable', []],
  ])('is refused by build %s on its attribute', (build, unknown) => {
    expect(refused({ extension: '55000', ...later, ...latest }, build)).toEqual(
      unknown.map((name) => ['field-unknown-to-build', name]),
    );
  });

  test('is told with the build that has it and the one of the server', () => {
    expect(validateBuild(phoneType, { template_id: '' }, '180301-1021')[0]?.detail).toContain(
      'template_id came with build 200622 of VICIdial; the server has build 180301-1021',
    );
  });

  test('does no harm where it is not declared', () => {
    expect(refused({ extension: '55000', is_webphone: null }, '150217-0853')).toEqual([]);
  });
});

describe('letters of a mailbox', () => {
  test('survive from build 241004 on', () => {
    expect(refused({ voicemail_id: '55ab' }, '241003-0000')).toEqual([['value-characters', 'voicemail_id']]);
    expect(refused({ voicemail_id: '55ab' }, '241004-1518')).toEqual([]);
    expect(refused({ voicemail_id: '5500' }, '150217-0853')).toEqual([]);
  });

  test.each([
    ['55ab', 'would store "55"'],
    ['ab', 'would strip it to nothing'],
  ])('%s on an older build says what would be stored', (voicemail_id, text) => {
    expect(validateBuild(phoneType, { voicemail_id }, '200622-0000')[0]?.detail).toContain(text);
  });
});

describe('a password that an old schema may cut', () => {
  const cut = (values: Parameters<typeof truncationWarnings>[1], build: string) =>
    truncationWarnings(phoneType, values, build);

  test('is warned about on old builds, from the length of the oldest columns on', () => {
    const codes = (values: Parameters<typeof truncationWarnings>[1], build: string) =>
      cut(values, build).map(({ code, field }) => [code, field]);
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
    expect(JSON.stringify(cut({ phone_pass: new Secret('elevenchars') }, '180301-1021'))).not.toContain('eleven');
  });
});

test('a build that cannot be read counts as the newest known', () => {
  expect(buildNumber('241004-1518')).toBe(241004);
  expect(buildNumber('')).toBe(250720);
});
