import { TerraformVariable } from 'cdktf';
import { PhoneGroup, PhoneRange, Unmanaged, type PhoneRangeProps } from '../../src';
import { newStack, synth } from './synthesis';

function phonesOf(props: Omit<PhoneRangeProps, 'serverIp'>) {
  const { resource } = synth((stack) => new PhoneRange(stack, 'desks', { serverIp: '10.0.0.11', ...props }));
  return Object.values(resource.vicidial_phone ?? {});
}

describe('PhoneRange', () => {
  test('has a phone for each extension, with {extension} and {index} replaced', () => {
    expect(
      phonesOf({
        extensions: ['0098-0099', '55200'],
        phone: { phoneLogin: '{extension}', phoneFullName: 'Desk {index}' },
      }),
    ).toEqual([
      { server_ip: '10.0.0.11', extension: '0098', phone_login: '0098', phone_full_name: 'Desk 1' },
      { server_ip: '10.0.0.11', extension: '0099', phone_login: '0099', phone_full_name: 'Desk 2' },
      { server_ip: '10.0.0.11', extension: '55200', phone_login: '55200', phone_full_name: 'Desk 3' },
    ]);
  });

  test('has exceptions: undefined is the value of the range, Unmanaged is not managed, the empty string is empty', () => {
    const phones = phonesOf({
      extensions: '100-104',
      phone: { email: 'desk@example.com', phoneFullName: 'Desk {index}' },
      exceptions: {
        '100': { email: undefined },
        '101': { email: Unmanaged },
        '102': { email: '' },
        '103': 'without',
      },
    });
    expect(phones.map(({ extension, email, phone_full_name }) => [extension, email, phone_full_name])).toEqual([
      ['100', 'desk@example.com', 'Desk 1'],
      ['101', undefined, 'Desk 2'],
      ['102', '', 'Desk 3'],
      ['104', 'desk@example.com', 'Desk 5'],
    ]);
  });

  test('leaves references as they are, and gives its phones by extension', () => {
    const { resource } = synth((stack) => {
      const pass = new TerraformVariable(stack, 'pass', { type: 'string', sensitive: true });
      const range = new PhoneRange(stack, 'desks', {
        serverIp: '10.0.0.11',
        extensions: '100-101',
        phone: { phonePass: pass.stringValue, email: '${var.email}' },
      });
      expect(Object.keys(range.phones)).toEqual(['100', '101']);
    });
    expect(Object.values(resource.vicidial_phone)[0]).toMatchObject({
      phone_pass: '${var.pass}',
      email: '${var.email}',
    });
  });

  test.each([
    [
      'a range that is none',
      { extensions: '9-1', phone: {} },
      'test/desks: the range 9-1 ends before it begins; write 1-9.',
    ],
    [
      'an exception that matches nothing',
      { extensions: '1-9', phone: {}, exceptions: { '10': {} } },
      'test/desks: the exception 10 is none of the extensions.',
    ],
    [
      'an unknown placeholder',
      { extensions: '1-9', phone: { email: '{server}' } },
      'email has the unknown placeholder {server}. Placeholders are {extension}, {index}.',
    ],
  ])('refuses %s', (_what, props, message) => {
    expect(() => new PhoneRange(newStack(), 'desks', { serverIp: '10.0.0.11', ...props })).toThrow(message);
  });
});

test('PhoneGroup has its defaults where a phone has undefined, and not where it has Unmanaged', () => {
  const { resource } = synth(
    (stack) =>
      new PhoneGroup(stack, 'sales', {
        serverIp: '10.0.0.11',
        defaults: { email: 'sales@example.com' },
        phones: { '100': { email: undefined }, '101': { email: Unmanaged }, '102': { email: '' } },
      }),
  );
  expect(Object.values(resource.vicidial_phone).map(({ email }) => email)).toEqual([
    'sales@example.com',
    undefined,
    '',
  ]);
});
