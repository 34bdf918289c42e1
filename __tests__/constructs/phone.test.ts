import { TerraformVariable } from 'cdktf';
import { Phone, PhoneAlias, type PhoneProps } from '../../src';
import { version } from '../../src/address';
import { allWarnings, synth } from './synthesis';

const desk: PhoneProps = { serverIp: '10.0.0.11', extension: '55000', phoneLogin: '55000' };

describe('Phone and PhoneAlias', () => {
  test('write the declared values under their API names, and nothing else', () => {
    const output = synth(
      (stack) => new Phone(stack, 'desk', { ...desk, phoneRingTimeout: 45, email: '', protocol: 'SIP' }),
    );
    expect(output.resource.vicidial_phone.desk).toEqual({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      phone_ring_timeout: 45,
      email: '',
      protocol: 'SIP',
    });
    expect(output.terraform.required_providers).toEqual({
      vicidial: { source: 'phonestate/vicidial', version },
    });
  });

  test('have deletion protection, and the attributes of their state as references', () => {
    const output = synth((stack) => {
      const desks = new PhoneAlias(stack, 'desks', { aliasId: 'desks', deletionProtection: true });
      new Phone(stack, 'desk', { ...desk, phoneFullName: desks.system, deletionProtection: desks.adopted });
    });
    expect(output.resource.vicidial_phone_alias?.desks).toEqual({ alias_id: 'desks', deletion_protection: true });
    expect(output.resource.vicidial_phone.desk).toMatchObject({
      phone_full_name: '${vicidial_phone_alias.desks.system}',
      deletion_protection: '${vicidial_phone_alias.desks.adopted}',
    });
  });

  test('have write-only passwords with a version, which other constructs may refer to', () => {
    const hidden: PhoneProps = { ...desk, phonePassWo: '${var.agent}', phonePassWoVersion: 2 };
    const output = synth((stack) => {
      const phone = new Phone(stack, 'desk', hidden);
      new Phone(stack, 'other', {
        ...desk,
        extension: '55001',
        phoneRingTimeout: phone.phonePassWoVersion,
        phoneLogin: '1',
      });
    });
    expect(output.resource.vicidial_phone).toMatchObject({
      desk: { phone_pass_wo: '${var.agent}', phone_pass_wo_version: 2 },
      other: { phone_ring_timeout: '${vicidial_phone.desk.phone_pass_wo_version}' },
    });
  });

  test.each<[string, Partial<PhoneProps>, string]>([
    ['without a version', { phonePassWo: 'agentword' }, 'phonePassWo: A write-only argument without its version'],
    ['twice', { phonePass: 'agentword', phonePassWoVersion: 1 }, 'phonePass: A password that is declared twice'],
    ['that is invalid', { phonePassWo: 'agent word', phonePassWoVersion: 1 }, 'phonePass: Value with characters'],
  ])('are refused with a password %s, which is not shown', (_case, props, message) => {
    const build = () => synth((stack) => new Phone(stack, 'desk', { ...desk, ...props }));
    expect(build).toThrow(message);
    expect(build).not.toThrow(/agent ?word/u);
  });

  test('warn of a literal write-only password as of any other', () => {
    const props = { ...desk, phonePassWo: '55000', phonePassWoVersion: 1 };
    const warnings = allWarnings((stack) => new Phone(stack, 'desk', props)).join('\n');
    expect(warnings).toContain('phonePassWo is written in plain text');
    expect(warnings).toContain('phonePass: Password that is easy to guess');
  });

  test('pass tokens through, and their attributes are references', () => {
    const output = synth((stack) => {
      const password = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true });
      const seconds = new TerraformVariable(stack, 'seconds', { type: 'number' });
      const phone = new Phone(stack, 'desk', {
        ...desk,
        phonePass: password.stringValue,
        phoneRingTimeout: seconds.numberValue,
        protocol: password.stringValue,
      });
      new PhoneAlias(stack, 'desks', {
        aliasId: 'desks',
        aliasName: phone.phoneFullName,
        phoneLogins: [phone.phoneLogin, 'literal'],
        dependsOn: [phone],
      });
      new Phone(stack, 'copy', {
        serverIp: phone.serverIp,
        extension: '55001',
        phoneRingTimeout: phone.phoneRingTimeout,
      });
    });
    expect(output.resource.vicidial_phone.desk).toMatchObject({
      phone_pass: '${var.password}',
      phone_ring_timeout: '${var.seconds}',
      protocol: '${var.password}',
    });
    expect(output.resource.vicidial_phone_alias.desks).toEqual({
      alias_id: 'desks',
      alias_name: '${vicidial_phone.desk.phone_full_name}',
      phone_logins: ['${vicidial_phone.desk.phone_login}', 'literal'],
      depends_on: ['vicidial_phone.desk'],
    });
    expect(output.resource.vicidial_phone.copy).toMatchObject({
      phone_ring_timeout: '${vicidial_phone.desk.phone_ring_timeout}',
    });
  });

  test('a literal that no server stores fails the synthesis; the error has path, prop and reason', () => {
    const fails = () =>
      synth(
        (stack) =>
          new Phone(stack, 'desk', { ...desk, protocol: 'PJSIP', phonePass: 'p@ssword', phoneRingTimeout: 500 }),
      );
    expect(fails).toThrow(/\[test\/desk\] protocol: .*PJSIP/u);
    expect(fails).toThrow(/\[test\/desk\] phonePass: /u);
    expect(fails).toThrow(/\[test\/desk\] phoneRingTimeout: .*2 to 180/u);
    expect(fails).not.toThrow(/p@ssword/u);
  });

  test('the word --NONE-- fails the synthesis; the error says what to write', () => {
    const fails = () => synth((stack) => new Phone(stack, 'desk', { ...desk, templateId: '--NONE--' }));
    expect(fails).toThrow(/\[test\/desk\] templateId: The word --NONE-- as a value\..*Write "" for none/su);
  });

  test('a literal password causes a warning that does not show it', () => {
    const warnings = allWarnings((stack) => new Phone(stack, 'desk', { ...desk, phonePass: 'agentword' })).join();
    expect(warnings).toContain('phonePass is written in plain text');
    expect(warnings).not.toContain('agentword');
  });

  test('are imported by importFrom and generateConfigForImport, as any CDKTF resource', () => {
    const output = synth((stack) => {
      new Phone(stack, 'desk', desk).importFrom('10.0.0.11/55000');
      Phone.generateConfigForImport(stack, 'found', '10.0.0.11/55001');
      PhoneAlias.generateConfigForImport(stack, 'desks', 'desks');
    });
    expect(output.import).toEqual([
      { id: '10.0.0.11/55000', to: 'vicidial_phone.desk' },
      { id: '10.0.0.11/55001', to: 'vicidial_phone.found' },
      { id: 'desks', to: 'vicidial_phone_alias.desks' },
    ]);
  });

  test('accept meta-arguments', () => {
    const output = synth((stack) => new Phone(stack, 'desk', { ...desk, lifecycle: { preventDestroy: true } }));
    expect(output.resource.vicidial_phone.desk).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });
});
