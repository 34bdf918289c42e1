import { TerraformVariable, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Phone, PhoneAlias, PhoneGroup, VicidialProvider, type PhoneProps } from '../../src';
import { messagesOf, newStack, toJson } from './synthesis';

/** The warnings of phone aliases in a stack with the provider and what the functions add, in this order. */
function warningsOf(...parts: readonly ((stack: TerraformStack, provider: VicidialProvider) => unknown)[]): string[] {
  const stack = newStack();
  const provider = new VicidialProvider(stack, 'vicidial');
  for (const part of parts) part(stack, provider);
  toJson(stack);
  // A second synthesis repeats nothing.
  toJson(stack);
  return stack.node.findAll().filter(isAlias).flatMap(messagesOf);
}

const isAlias = (construct: IConstruct) => construct instanceof PhoneAlias;

const phone =
  (phoneLogin: string, props: Partial<PhoneProps> = {}) =>
  (stack: TerraformStack) =>
    new Phone(stack, `desk-${phoneLogin}`, { serverIp: '10.0.0.11', extension: phoneLogin, phoneLogin, ...props });

const alias =
  (...phoneLogins: string[]) =>
  (stack: TerraformStack) =>
    new PhoneAlias(stack, 'desks', { aliasId: 'desks', phoneLogins });

describe('a phone alias over phones with different passwords', () => {
  const [first, second] = [phone('55000', { phonePass: 'agentword' }), phone('55001', { phonePass: 'otherword' })];
  const list = alias('55000', '55001');

  test('is a warning where one of them has it in a write-only argument', () => {
    const hidden = (word: string) => phone('55001', { phonePassWo: word, phonePassWoVersion: 1 });
    expect(warningsOf(first, hidden('agentword'), list)).toEqual([]);
    expect(warningsOf(first, hidden('otherword'), list)).toHaveLength(1);
  });

  test.each([
    ['before', [list, first, second]],
    ['after', [first, second, list]],
    ['between', [second, list, first]],
  ])('is a warning where it is declared %s its phones, without the passwords', (_order, parts) => {
    const warnings = warningsOf(...parts);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^phoneLogins: A phone alias over phones with different passwords\. test\/desk-55000 and test\/desk-55001, which test\/desks lists, have different values of phonePass\./u,
      ),
    ]);
    expect(warnings.join()).toContain('Code: alias-passwords-differ');
    expect(warnings.join()).not.toMatch(/agentword|otherword/u);
  });

  test('is a warning where it refers to the phones, or their passwords are those of two variables', () => {
    const warnings = warningsOf((stack) => {
      const [a, b] = ['a', 'b'].map((name) => new TerraformVariable(stack, name, { sensitive: true }).stringValue);
      const desks = [phone('55000', { phonePass: a })(stack), phone('55001', { phonePass: b })(stack)];
      alias(...desks.map(({ phoneLogin }) => phoneLogin))(stack);
    });
    expect(warnings).toEqual([expect.stringContaining('take phonePass from different expressions')]);
  });

  test('is none where the passwords are equal, of one variable, or not declared', () => {
    expect(warningsOf(first, phone('55001', { phonePass: 'agentword' }), list)).toEqual([]);
    expect(warningsOf(first, phone('55001'), list)).toEqual([]);
    const ofOneVariable = (stack: TerraformStack) => {
      const password = new TerraformVariable(stack, 'password', { sensitive: true });
      phone('55000', { phonePass: password.stringValue })(stack);
      phone('55001', { phonePass: '${var.password}' })(stack);
    };
    expect(warningsOf(ofOneVariable, list)).toEqual([]);
  });

  test('is none where another system has one of the phones', () => {
    const elsewhere = (stack: TerraformStack) =>
      phone('55001', {
        phonePass: 'otherword',
        provider: new VicidialProvider(stack, 'west', { alias: 'west' }),
      })(stack);
    expect(warningsOf(first, elsewhere, list)).toEqual([expect.stringContaining('"55001"')]);
  });
});

describe('a phone alias with a login that no phone of the stack has', () => {
  test.each([
    ['before', [alias('55000', '55009'), phone('55000')]],
    ['after', [phone('55000'), alias('55000', '55009')]],
  ])('is a warning where it is declared %s the phones', (_order, parts) => {
    const warnings = warningsOf(...parts);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^phoneLogins: A phone alias lists a login that no phone has\. test\/desks lists the login "55009", which no phone of this stack has\. It may be declared elsewhere/u,
      ),
    ]);
    expect(warnings.join()).toContain('Code: alias-login-without-phone');
  });

  test('is none where a phone has the login in other letters, or one of a group has it', () => {
    expect(warningsOf(phone('desk1'), alias('DESK1'))).toEqual([]);
    const group = (stack: TerraformStack) =>
      new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': { phoneLogin: '55000' } } });
    expect(warningsOf(group, alias('55000'))).toEqual([]);
  });

  test('is none where the stack does not show the logins of its phones', () => {
    const counted = phone('55001', { count: 2 });
    const ofVariable = phone('55001', { phoneLogin: '${var.login}' });
    expect(warningsOf(alias('55009'))).toEqual([]);
    expect(warningsOf(alias('55009'), phone('55000'), counted)).toEqual([]);
    expect(warningsOf(alias('55009'), phone('55000'), ofVariable)).toEqual([]);
    expect(warningsOf(alias('${var.login}'), phone('55000'))).toEqual([]);
  });
});
