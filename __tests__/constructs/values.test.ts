/** Values of constructs: letters in composed form, booleans where a letter belongs, and warnings about literals. */
import { TerraformVariable } from 'cdktf';
import { DataVicidialPhone, Phone, PhoneAlias, PhoneGroup, VicidialProvider } from '../../src';
import { allWarnings, newStack, synth, toJson } from './synthesis';

const nfd = (text: string) => text.normalize('NFD');
const key = { serverIp: '10.0.0.11', extension: '55000' };

describe('decomposed letters are composed, as Terraform does', () => {
  test('in values, lists, ids, import ids and the keys of a group', () => {
    const { resource, ...output } = synth((stack) => {
      new Phone(stack, nfd('büro'), { ...key, phoneFullName: nfd('Käthe'), phoneLogin: nfd('käthe') }).importFrom(
        nfd('10.0.0.11/käthe'),
      );
      new PhoneAlias(stack, 'desks', { aliasId: nfd('büro'), phoneLogins: [nfd('käthe'), 'desk'] });
      new PhoneGroup(stack, nfd('grün'), { serverIp: '10.0.0.12', phones: { [nfd('müller')]: {} } });
    });
    const text = JSON.stringify({ resource, output });
    expect(text).toBe(text.normalize('NFC'));
    // CDKTF removes a composed letter from a name, and of a decomposed one only the mark.
    expect(resource.vicidial_phone.bro).toMatchObject({ phone_full_name: 'Käthe', phone_login: 'käthe' });
    expect(resource.vicidial_phone_alias.desks).toMatchObject({ alias_id: 'büro', phone_logins: ['käthe', 'desk'] });
    expect(Object.values(resource.vicidial_phone).map(({ extension }) => extension)).toContain('müller');
  });

  test('in a group, a provider, a data source and a generated import', () => {
    const stack = newStack();
    new VicidialProvider(stack, 'vicidial', { systemName: 'lab', alias: nfd('büro') });
    const group = new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.12', phones: { [nfd('müller')]: {} } });
    const data = new DataVicidialPhone(stack, 'desk', { serverIp: '10.0.0.11', extension: nfd('käthe') });
    PhoneAlias.generateConfigForImport(stack, 'imported', nfd('büro'));
    expect(Object.keys(group.phones)).toEqual(['müller']);
    expect(data.extension).toBeDefined();
    const text = JSON.stringify(toJson(stack));
    expect(text).toBe(text.normalize('NFC'));
    expect(text).toContain('"büro"');
  });

  test('so two spellings of one key are duplicates', () => {
    const two = () =>
      synth((stack) => {
        new Phone(stack, 'a', { serverIp: '10.0.0.11', extension: 'käthe' });
        new Phone(stack, 'b', { serverIp: '10.0.0.11', extension: nfd('KÄTHE') });
      });
    expect(two).toThrow('test/a and test/b declare the same phone');
  });
});

test('keys and logins that differ only in accents are duplicates, as on the server', () => {
  const two = () =>
    synth((stack) => {
      new Phone(stack, 'a', { serverIp: '10.0.0.11', extension: 'cafe', phoneLogin: 'bureau' });
      new Phone(stack, 'b', { serverIp: '10.0.0.11', extension: 'café', phoneLogin: 'Buréau' });
    });
  expect(two).toThrow('test/a and test/b declare the same phone');
  expect(two).toThrow('test/a and test/b have the same phoneLogin');
});

test('a boolean where a letter belongs is an error with what to write', () => {
  // As a program without types has it.
  const props: object = { active: true, onHookAgent: false };
  const fails = () => synth((stack) => new Phone(stack, 'desk', { ...key, ...props }));
  expect(fails).toThrow(/active: .*\n?.*true is a boolean in HCL and YAML, .* Write "Y"\./u);
  expect(fails).toThrow(/onHookAgent: .*\n?.*Write "N"\./u);
});

describe('a literal that is hardly meant', () => {
  test('is a warning at synthesis, once, and no password is shown', () => {
    const warnings = allWarnings(
      (stack) =>
        new Phone(stack, 'desk', {
          ...key,
          phoneContext: '',
          email: 'desk',
          phonePass: 'vicidial',
          registrationPassword: 'zq',
        }),
    ).filter((text) => text.includes('Code: '));
    expect(warnings.map((text) => /Code: (.*)$/u.exec(text)?.[1])).toEqual([
      'password-short',
      'password-known',
      'phone-without-context',
      'email-not-address',
    ]);
    expect(warnings.join()).toContain('email: Value that is no email address. email is "desk"');
    expect(warnings.join()).not.toMatch(/= ?vicidial|zq/u);
  });

  test('is none where it is refused, or known only to Terraform', () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'email', { type: 'string' });
    expect(
      allWarnings(
        (other) => new Phone(other, 'desk', { ...key, email: variable.stringValue, phoneContext: '${var.context}' }),
      ),
    ).toEqual([]);
    expect(() => allWarnings((other) => new Phone(other, 'desk', { ...key, email: 'a+b' }))).toThrow('value-email');
  });
});
