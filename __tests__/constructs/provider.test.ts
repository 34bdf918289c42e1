import { AnnotationMetadataEntryType, App, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { Phone, PhoneAlias, VicidialProvider, type PhoneProps, type VicidialProviderProps } from '../../src';
import { providerSettings } from '../../src/settings/provider-settings';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { newStack, toJson } from './synthesis';

const warn: string = AnnotationMetadataEntryType.WARN;
const desk: PhoneProps = { serverIp: '10.0.0.11', extension: '55000' };

describe('VicidialProvider', () => {
  test('has every setting of the provider', async () => {
    const stack = newStack();
    const { certificate, privateKey } = await createCertificate();
    const all = {
      url: 'https://d.example/',
      user: 'u',
      password: 'p',
      callSource: 'git',
      requestTimeoutSeconds: 5,
      maxConcurrency: 2,
      caCertificate: certificate,
      httpUser: 'gate',
      httpPassword: 'p',
      headers: { 'X-Token': 'p' },
      clientCertificate: certificate,
      clientKey: privateKey,
      tlsServerName: 'vicidial.example.com',
      tlsMinimumVersion: '1.0' as const,
      insecureSkipVerify: true,
      maxRequestsPerSecond: 9,
      verifyWrites: false,
      nonLatin: true,
      adoptExisting: true,
      deletePermissionCheck: 'deny' as const,
      inUseCheck: 'deny' as const,
      writeTimeoutSeconds: 5,
      readFrom: 'database' as const,
      adminUrl: 'https://d.example/admin.php',
      databaseUrl: 'mysql://reader@db.example.com/asterisk',
      databasePassword: 'p',
      databaseCaCertificate: certificate,
      databaseIsReplica: false,
      systemName: 'production',
      previousSystem: 'vicidial.example.com/vicidial/non_agent_api.php',
      movedServers: { '10.0.0.11': '10.0.0.21' },
    };
    new VicidialProvider(stack, 'vicidial', all);
    const { provider } = toJson(stack);
    expect(Object.keys(provider.vicidial?.[0] ?? {}).sort()).toEqual(Object.keys(providerSettings).sort());
    expect(provider.vicidial?.[0]).toMatchObject({ headers: { 'X-Token': 'p' } });
  });

  test('refuses a url with a query', () => {
    const stack = newStack();
    new VicidialProvider(stack, 'vicidial', { url: 'https://vicidial.example.com/api?delete_phone=Y' });
    expect(() => Testing.synth(stack, true)).toThrow(/\[test\/vicidial\] url is not valid\. It must not have a query/u);
  });

  test('can be declared twice, with an alias', () => {
    const stack = newStack();
    new VicidialProvider(stack, 'vicidial');
    const west = new VicidialProvider(stack, 'west', { alias: 'west', url: 'https://west.example/' });
    new Phone(stack, 'desk', desk);
    new Phone(stack, 'desk-west', { ...desk, provider: west });
    const { provider, resource } = toJson(stack);
    expect(provider.vicidial).toContainEqual({ alias: 'west', url: 'https://west.example/' });
    expect(resource.vicidial_phone['desk-west']?.provider).toBe('vicidial.west');
  });
});

describe('the settings of the provider', () => {
  test('with a value that is not valid fail the synthesis; a token passes', () => {
    const given = (deletePermissionCheck: string) => () => {
      const stack = newStack();
      const check = new TerraformVariable(stack, 'check', { type: 'string' });
      new VicidialProvider(stack, 'vicidial', { deletePermissionCheck: deletePermissionCheck || check.stringValue });
      return Testing.synth(stack, true);
    };
    expect(given('sometimes')).toThrow(
      /\[test\/vicidial\] deletePermissionCheck is not valid\..* auto, canary, warn, deny\./u,
    );
    expect(given('deny')).not.toThrow();
    expect(given('')()).toContain('"delete_permission_check": "${var.check}"');
  });

  test('with characters that are not seen fail the synthesis, and letters of other scripts do not', () => {
    const synthesize = (props: VicidialProviderProps) => () => {
      const stack = newStack();
      new VicidialProvider(stack, 'vicidial', props);
      return Testing.synth(stack, true);
    };
    const url = 'https://vicidial.example.com/vicidial/non_agent_api.php';
    expect(synthesize({ url: `${url}\n`, user: '6666\u200b' })).toThrow(
      /url is not valid\..* ends with a line break[^]*user is not valid\..* zero width space \(U\+200B\)/u,
    );
    // Whether the system allows them, the environment may say in the run.
    expect(synthesize({ url, user: 'jörg' })).not.toThrow();
  });

  test('with a literal password cause a warning that does not show it', () => {
    const stack = newStack();
    const password = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true }).stringValue;
    const warnings = (construct: VicidialProvider) => {
      construct.node.validate();
      return JSON.stringify(
        construct.node.metadata.filter(({ type }) => type === warn).map((entry: { data?: unknown }) => entry.data),
      );
    };
    const literal = warnings(new VicidialProvider(stack, 'literal', { password: 'hunter2' }));
    expect(literal).toContain('password is written in plain text');
    expect(literal).not.toContain('hunter2');
    expect(warnings(new VicidialProvider(stack, 'variable', { password, alias: 'variable' }))).toBe('[]');
    const headers = { 'X-Id': password, 'X-Token': 'hunter2' };
    const all = new TerraformVariable(stack, 'headers', { type: 'map(string)', sensitive: true });
    const whole = { headers: Token.asStringMap(all.value), alias: 'whole' };
    expect(warnings(new VicidialProvider(stack, 'whole', whole))).toBe('[]');
    const mixed = warnings(new VicidialProvider(stack, 'mixed', { headers, alias: 'mixed' }));
    expect(mixed).toContain('headers is written in plain text');
    expect(mixed).not.toContain('hunter2');
  });
});

test('a stack can be written as HCL, each value in its type', () => {
  const stack = new TerraformStack(new App({ outdir: '/nowhere', hclOutput: true }), 'test');
  const password = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true });
  const west = new VicidialProvider(stack, 'west', {
    alias: 'west',
    url: 'https://west.example/',
    maxConcurrency: 2,
    nonLatin: true,
    headers: { 'X-Token': password.stringValue },
  });
  const desk = new Phone(stack, 'desk', {
    provider: west,
    serverIp: '10.0.0.11',
    extension: '55000',
    phoneRingTimeout: 45,
    phonePass: password.stringValue,
  });
  new PhoneAlias(stack, 'desks', { provider: west, aliasId: 'desks', phoneLogins: [desk.phoneLogin, '55001'] });
  // Its declared type is any; it is the stack as HCL.
  const hcl = Testing.synthHcl(stack, true) as string;
  const lines = hcl.split('\n').map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'url = "https://west.example/"',
      'max_concurrency = 2',
      'non_latin = true',
      'alias = "west"',
      'headers = {',
      'X-Token = "${var.password}"',
      'phone_ring_timeout = 45',
      'phone_pass = "${var.password}"',
      '"${vicidial_phone.desk.phone_login}",',
    ]),
  );
});
