/** What a construct has that the bindings have which CDKTF generates. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataVicidialPhones, Phone, PhoneAlias, VicidialProvider } from '../../src';
import { newStack, synth } from './synthesis';

const key = { serverIp: '10.0.0.11', extension: '55000' };

test('an argument can be set, read as it was set, and left out again', () => {
  const { resource, provider } = synth((stack, vicidial) => {
    const phone = new Phone(stack, 'desk', { ...key, email: 'a@example.com', phoneRingTimeout: 45 });
    expect(phone.emailInput).toBe('a@example.com');
    expect(phone.email).toMatch(/^\$\{TfToken/u);
    phone.email = 'b@example.com';
    phone.deletionProtection = true;
    phone.resetPhoneRingTimeout();
    expect(phone.phoneRingTimeoutInput).toBeUndefined();
    const alias = new PhoneAlias(stack, 'desks', { aliasId: 'desks' });
    alias.phoneLogins = ['Käthe'.normalize('NFD')];
    expect(alias.phoneLoginsInput).toEqual(['Käthe']);
    vicidial.systemName = 'lab';
    vicidial.maxConcurrency = 2;
    vicidial.resetMaxConcurrency();
    expect([vicidial.systemName, vicidial.systemNameInput, vicidial.maxConcurrency]).toEqual(['lab', 'lab', undefined]);
    const some = new DataVicidialPhones(stack, 'some', { protocol: 'SIP' });
    some.serverIp = '10.0.0.11';
    some.resetProtocol();
    expect(some.serverIpInput).toBe('10.0.0.11');
  });
  expect(resource.vicidial_phone.desk).toEqual({
    server_ip: '10.0.0.11',
    extension: '55000',
    email: 'b@example.com',
    deletion_protection: true,
  });
  expect(resource.vicidial_phone_alias.desks).toEqual({ alias_id: 'desks', phone_logins: ['Käthe'] });
  expect(provider.vicidial).toEqual([{ system_name: 'lab' }]);
});

test('the provider alias can be set and left out', () => {
  const { provider } = synth((stack) => {
    const west = new VicidialProvider(stack, 'west', { alias: 'west' });
    west.alias = 'north';
    expect([west.alias, west.aliasInput, west.fqn]).toEqual(['north', 'north', 'vicidial.north']);
    const other = new VicidialProvider(newStack(), 'other', { alias: 'other' });
    other.resetAlias();
    expect(other.alias).toBeUndefined();
  });
  expect(provider.vicidial).toContainEqual({ alias: 'north' });
});

test('the classes have the statics', () => {
  const stack = newStack();
  const vicidial = new VicidialProvider(stack, 'vicidial');
  const phone = new Phone(stack, 'desk', key);
  const some = new DataVicidialPhones(stack, 'some');
  for (const construct of [vicidial, phone, some])
    expect([Phone.isConstruct(construct), Phone.isTerraformElement(construct)]).toEqual([true, true]);
  expect([phone, some].map((construct) => Phone.isTerraformResource(construct))).toEqual([true, false]);
  expect(DataVicidialPhones.isTerraformDataSource(some)).toBe(true);
  expect(VicidialProvider.isTerraformProvider(vicidial)).toBe(true);
  expect([Phone, DataVicidialPhones, VicidialProvider].map((type) => type.tfResourceType)).toEqual([
    'vicidial_phone',
    'vicidial_phones',
    'vicidial',
  ]);
});

test('each prop, attribute and method has a description', () => {
  const folder = join(__dirname, '..', '..', 'src', 'constructs', 'generated');
  for (const file of ['phone.ts', 'phone-alias.ts', 'provider.ts', 'data-sources.ts']) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    const bare = lines.filter((line, index) => {
      const isFirst = /^ {2}(?:readonly|get|reset\w+\()/u.test(line) || /^export /u.test(line);
      return isFirst && !/^ *\/\*\* \S.* \*\/$/u.test(lines[index - 1] ?? '');
    });
    expect(bare).toEqual([]);
  }
});
