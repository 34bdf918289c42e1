import type { TerraformStack } from 'cdktf';
import { Phone, PhoneAlias, type PhoneProps } from '../../src';
import { allWarnings } from './synthesis';

const phone =
  (id: string, props: Partial<PhoneProps> = {}) =>
  (stack: TerraformStack) =>
    new Phone(stack, id, { serverIp: '10.0.0.11', extension: id, ...props });

test('a number or mailbox of phones of one server is one warning at the first of them, in whichever order they are made', () => {
  const props = { dialplanNumber: '700', voicemailId: '700' };
  const phones = [
    phone('a1', props),
    phone('b1', props),
    phone('c1', props),
    phone('d1', { ...props, serverIp: '10.0.0.12' }),
  ];
  for (const order of [phones, [...phones].reverse()]) {
    const warnings = allWarnings(...order);
    expect(warnings).toHaveLength(2);
    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'dialplanNumber: Phones of one server with the same dialplan number. The phones test/a1, test/b1, test/c1 have the same serverIp and dialplanNumber, 700.',
        ),
        expect.stringMatching(/^voicemailId: [^]*Code: mailbox-shared$/u),
      ]),
    );
  }
});

test('two phones of one expression share its value, and two expressions may differ', () => {
  const shared = [phone('a1', { dialplanNumber: '${var.n}' }), phone('b1', { dialplanNumber: '${var.n}' })];
  expect(allWarnings(...shared)).toEqual([expect.stringContaining('Code: dialplan-number-shared')]);
  const others = [phone('a1', { dialplanNumber: '${var.n}' }), phone('b1', { dialplanNumber: '${var.m}' })];
  expect(allWarnings(...others)).toEqual([]);
});

test('an alias id that is the login of a phone is a warning at the alias, in both orders', () => {
  const desk = phone('a1', { phoneLogin: 'DESKS' });
  const alias = (stack: TerraformStack) => new PhoneAlias(stack, 'alias', { aliasId: 'desks' });
  for (const order of [
    [desk, alias],
    [alias, desk],
  ]) {
    expect(allWarnings(...order)).toEqual([
      expect.stringMatching(/^aliasId: .* The aliasId of test\/alias is the phoneLogin of test\/a1\./u),
    ]);
  }
});
