import { AnnotationMetadataEntryType, App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Phone, PhoneAlias, VicidialProvider, type VicidialProviderProps } from '../../src';

const warn: string = AnnotationMetadataEntryType.WARN;
const newStack = (hclOutput = false) => new TerraformStack(new App({ outdir: '/nowhere', hclOutput }), 'test');

describe('the arguments of the provider', () => {
  test('are typed', () => {
    const right: VicidialProviderProps = { maxConcurrency: 2, nonLatin: true, deletePermissionCheck: 'canary' };
    // @ts-expect-error a text is no number
    const text: VicidialProviderProps = { ...right, maxConcurrency: '2' };
    // @ts-expect-error the argument is called caCertificate
    const stranger: VicidialProviderProps = { ...right, certificate: 'pem' };
    // @ts-expect-error a number is neither yes nor no
    const number: VicidialProviderProps = { ...right, nonLatin: 1 };
    expect([text, stranger, number]).toHaveLength(3);
  });

  test('that the provider does not know fail the synthesis, tokens aside', () => {
    const given = (deletePermissionCheck: string) => () => {
      const stack = newStack();
      const check = new TerraformVariable(stack, 'check', { type: 'string' });
      new VicidialProvider(stack, 'vicidial', { deletePermissionCheck: deletePermissionCheck || check.stringValue });
      return Testing.synth(stack, true);
    };
    expect(given('sometimes')).toThrow(/\[test\/vicidial\] deletePermissionCheck is not valid\..* warn, canary, deny/u);
    expect(given('deny')).not.toThrow();
    expect(given('')()).toContain('"delete_permission_check": "${var.check}"');
  });

  test('warn of a password in clear, without showing it', () => {
    const stack = newStack();
    const password = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true }).stringValue;
    const warnings = (construct: VicidialProvider) =>
      JSON.stringify(
        construct.node.metadata.filter(({ type }) => type === warn).map((entry: { data?: unknown }) => entry.data),
      );
    const open = warnings(new VicidialProvider(stack, 'open', { password: 'hunter2' }));
    expect(open).toContain('password is written in clear');
    expect(open).not.toContain('hunter2');
    expect(warnings(new VicidialProvider(stack, 'closed', { password, alias: 'closed' }))).toBe('[]');
  });
});

test('a stack is written as HCL too, each value in its type', () => {
  const stack = newStack(true);
  const word = new TerraformVariable(stack, 'word', { type: 'string', sensitive: true });
  const west = new VicidialProvider(stack, 'west', {
    alias: 'west',
    url: 'https://west.example/',
    maxConcurrency: 2,
    nonLatin: true,
  });
  const desk = new Phone(stack, 'desk', {
    provider: west,
    serverIp: '10.0.0.11',
    extension: '55000',
    phoneRingTimeout: 45,
    phonePass: word.stringValue,
  });
  new PhoneAlias(stack, 'desks', { provider: west, aliasId: 'desks', phoneLogins: [desk.phoneLogin, '55001'] });
  // Its declared type is any; it is the text of the stack.
  const text = Testing.synthHcl(stack, true) as string;
  const lines = text.split('\n').map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'url = "https://west.example/"',
      'max_concurrency = 2',
      'non_latin = true',
      'alias = "west"',
      'phone_ring_timeout = 45',
      'phone_pass = "${var.word}"',
      '"${vicidial_phone.desk.phone_login}",',
    ]),
  );
});
