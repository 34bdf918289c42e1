import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Phone, PhoneAlias, PhoneGroup, VicidialProvider, type PhoneProps } from '../../src';
import { providerArguments } from '../../src/provider/provider-settings';

interface Synthesised {
  readonly provider?: Record<string, unknown[]>;
  readonly terraform: { readonly required_providers: Record<string, unknown> };
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly import?: unknown;
}

/** Synthesises a stack, validations and all. */
function synth(build: (stack: TerraformStack) => void): Synthesised {
  const stack = new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
  new VicidialProvider(stack, 'vicidial');
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Synthesised;
}

/** The arguments of a resource, without the metadata of CDKTF. */
const attributes = ({ resource }: Synthesised, type: string, name: string) =>
  Object.fromEntries(Object.entries(resource[type]?.[name] ?? {}).filter(([key]) => key !== '//'));

const desk: PhoneProps = { serverIp: '10.0.0.11', extension: '55000', phoneLogin: '55000' };

describe('Phone', () => {
  test('writes the declared values under their API names, and nothing else', () => {
    const output = synth(
      (stack) => new Phone(stack, 'desk', { ...desk, phoneRingTimeout: 45, email: '', protocol: 'SIP' }),
    );
    expect(attributes(output, 'vicidial_phone', 'desk')).toEqual({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      phone_ring_timeout: 45,
      email: '',
      protocol: 'SIP',
    });
    expect(output.terraform.required_providers).toEqual({
      vicidial: { source: 'phonestate/vicidial', version: '0.1.0' },
    });
  });

  test('passes tokens through, and its attributes are references', () => {
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
    expect(attributes(output, 'vicidial_phone', 'desk')).toMatchObject({
      phone_pass: '${var.password}',
      phone_ring_timeout: '${var.seconds}',
      protocol: '${var.password}',
    });
    expect(attributes(output, 'vicidial_phone_alias', 'desks')).toEqual({
      alias_id: 'desks',
      alias_name: '${vicidial_phone.desk.phone_full_name}',
      phone_logins: ['${vicidial_phone.desk.phone_login}', 'literal'],
      depends_on: ['vicidial_phone.desk'],
    });
    expect(attributes(output, 'vicidial_phone', 'copy')).toMatchObject({
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

  test('two phones with the same key or phone login are reported with both paths', () => {
    const twice = (props: PhoneProps) => () =>
      synth((stack) => {
        new Phone(stack, 'desk', desk);
        new Phone(stack, 'other', props);
      });
    expect(twice({ serverIp: '10.0.0.11', extension: '55000' })).toThrow(
      /test\/desk and test\/other declare the same phone/u,
    );
    expect(twice({ serverIp: '10.0.0.12', extension: '55000', phoneLogin: '55000' })).toThrow(
      /test\/desk and test\/other have the same phoneLogin/u,
    );
    expect(twice({ serverIp: '10.0.0.12', extension: '55000', phoneLogin: '55001' })).not.toThrow();
  });

  test('a literal password causes a warning that does not show it', () => {
    let warnings = '';
    synth((stack) => {
      const phone = new Phone(stack, 'desk', { ...desk, phonePass: 'agentword' });
      warnings = JSON.stringify(
        phone.node.metadata.map(({ type, data }: { type: string; data?: unknown }) => [type, data]),
      );
    });
    expect(warnings).toContain('phonePass is written in plain text');
    expect(warnings).not.toContain('agentword');
  });

  test('is imported by importFrom and generateConfigForImport, as any CDKTF resource', () => {
    const output = synth((stack) => {
      new Phone(stack, 'desk', desk).importFrom('10.0.0.11/55000');
      Phone.generateConfigForImport(stack, 'found', '10.0.0.11/55001');
    });
    expect(output.import).toEqual([
      { id: '10.0.0.11/55000', to: 'vicidial_phone.desk' },
      { id: '10.0.0.11/55001', to: 'vicidial_phone.found' },
    ]);
  });

  test('accepts meta-arguments', () => {
    const output = synth((stack) => new Phone(stack, 'desk', { ...desk, lifecycle: { preventDestroy: true } }));
    expect(attributes(output, 'vicidial_phone', 'desk')).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });
});

describe('PhoneGroup', () => {
  test('gives its phones the server and the defaults, which a phone may override', () => {
    const output = synth(
      (stack) =>
        new PhoneGroup(stack, 'sales', {
          serverIp: '10.0.0.11',
          defaults: { protocol: 'SIP', localGmt: '-5.00' },
          phones: { '55000': {}, '55001': { localGmt: '-8.00' } },
        }),
    );
    expect(
      Object.values(output.resource.vicidial_phone ?? {}).map(({ extension, local_gmt, protocol }) => [
        extension,
        local_gmt,
        protocol,
      ]),
    ).toEqual([
      ['55000', '-5.00', 'SIP'],
      ['55001', '-8.00', 'SIP'],
    ]);
    expect(output.resource.null_resource).toBeUndefined();
    expect(output.provider).not.toHaveProperty('null');
  });

  test('has a resource that depends on all its phones, added on first use', () => {
    const output = synth((stack) => {
      const group = new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': {}, '55001': {} } });
      new Phone(stack, 'last', { serverIp: '10.0.0.12', extension: '56000', dependsOn: [group.ready] });
      expect(group.ready).toBe(group.ready);
    });
    const [ready] = Object.values(output.resource.null_resource ?? {});
    expect(Object.keys(ready?.triggers as object)).toEqual(['55000', '55001']);
    expect(JSON.stringify(ready?.triggers)).toMatch(/\$\{vicidial_phone\.\w+\.id\}/u);
    expect(output.provider?.null).toHaveLength(1);
    expect(attributes(output, 'vicidial_phone', 'last').depends_on).toEqual([
      expect.stringMatching(/^null_resource\./u),
    ]);
  });
});

describe('VicidialProvider', () => {
  test('has every setting of the provider', () => {
    const stack = new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
    const all = {
      url: 'https://d.example/',
      user: 'u',
      password: 'p',
      source: 'git',
      requestTimeoutSeconds: 5,
      maxConcurrency: 2,
      caCertificate: 'pem',
      maxRequestsPerSecond: 9,
      verifyWrites: false,
      nonLatin: true,
      adoptExisting: true,
      deletePermissionCheck: 'deny' as const,
    };
    new VicidialProvider(stack, 'vicidial', all);
    const { provider } = JSON.parse(Testing.synth(stack)) as Synthesised;
    expect(Object.keys(provider?.vicidial?.[0] ?? {}).sort()).toEqual(Object.keys(providerArguments).sort());
  });

  test('can be declared twice, with an alias', () => {
    const stack = new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
    new VicidialProvider(stack, 'vicidial');
    const west = new VicidialProvider(stack, 'west', { alias: 'west', url: 'https://west.example/' });
    new Phone(stack, 'desk', desk);
    new Phone(stack, 'desk-west', { ...desk, provider: west });
    const { provider, resource } = JSON.parse(Testing.synth(stack, true)) as Synthesised;
    expect(provider?.vicidial).toContainEqual({ alias: 'west', url: 'https://west.example/' });
    expect(resource.vicidial_phone?.['desk-west']?.provider).toBe('vicidial.west');
  });
});
