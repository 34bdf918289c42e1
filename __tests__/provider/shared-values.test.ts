/** What objects of a plan share and should not, in every order of planning; in process against an emulator. */
import { unknown } from '../../src/terraform/value';
import type { Arguments, Outcome, PlanWalk } from './plan-walk';
import { details, inState, phone, useServer } from './server';

const server = useServer();

type Step = (walk: PlanWalk) => Promise<readonly Outcome[]>;

/** Every order of some steps. */
function orders<T>(steps: readonly T[]): T[][] {
  if (steps.length === 0) return [[]];
  return steps.flatMap((step, index) => orders(steps.toSpliced(index, 1)).map((rest) => [step, ...rest]));
}

const create =
  (extension: string, fields: Arguments): Step =>
  async (walk) => [await walk.plan('vicidial_phone', phone(extension, fields))];

const noOp =
  (extension: string, fields: Arguments): Step =>
  async (walk) => [await walk.planNoOp('vicidial_phone', inState(extension, fields))];

/** An update of another field; what the configuration does not set stays as it is in state. */
const update =
  (extension: string, fields: Arguments): Step =>
  async (walk) => {
    const unset = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
    const config = phone(extension, { phone_full_name: 'Other', ...unset });
    return [await walk.plan('vicidial_phone', config, inState(extension, fields))];
  };

/** Both halves of a replacement under another key. */
const replace =
  (extension: string, fields: Arguments): Step =>
  async (walk) => {
    const first = await walk.plan('vicidial_phone', phone(extension, fields), inState(`9${extension}`, fields));
    return [first, await walk.plan('vicidial_phone', phone(extension, fields), null, first.marker)];
  };

const alias =
  (id: string): Step =>
  async (walk) => [
    await walk.plan('vicidial_phone_alias', { alias_id: id, alias_name: 'Desks', phone_logins: ['57000'] }),
  ];

const codesOfSharing = ['dialplan-number-shared', 'mailbox-shared', 'alias-id-is-login'];

async function planned(steps: readonly Step[]): Promise<{ codes: string[]; texts: string[] }> {
  for (const extension of ['55000', '55001', '55002']) server.store(extension);
  const walk = await server.start();
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(...(await step(walk)));
  const found = outcomes.flatMap(({ warnings }) => warnings.map(({ detail = '' }) => detail));
  const texts = found.filter((text) => codesOfSharing.some((code) => text.includes(`Code: ${code}\n`)));
  return { codes: texts.map((text) => /Code: (\S+)/u.exec(text)?.[1] ?? ''), texts };
}

const shared = { dialplan_number: '700', phone_login: 'a' };
const other = { dialplan_number: '700', phone_login: 'b' };

test.each<[string, Step, Step]>([
  ['two new phones', create('55000', shared), create('55001', other)],
  ['a new phone and one that does not change', create('55003', shared), noOp('55001', other)],
  ['two phones that do not change', noOp('55000', shared), noOp('55001', other)],
  ['an update that does not set it', update('55000', shared), create('55003', other)],
  ['a replacement', replace('55000', shared), create('55003', other)],
])(
  'a dialplan number of two phones of a server is one warning with the same text in both orders: %s',
  async (_name, a, b) => {
    const [first, second] = [await planned([a, b]), await planned([b, a])];
    expect(first.codes).toEqual(['dialplan-number-shared']);
    expect(second.texts).toEqual(first.texts);
    expect(first.texts.join()).toMatch(
      /Object: vicidial_phone 10\.0\.0\.11\/5500\d\nObject: vicidial_phone 10\.0\.0\.11\/5500\d$/u,
    );
  },
);

test('a number of three phones is one warning in every order, and a mailbox is one of its own', async () => {
  const fields = (login: string) => ({ voicemail_id: '700', dialplan_number: '700', phone_login: login });
  const steps = [create('55003', fields('a')), create('55004', fields('b')), create('55005', fields('c'))];
  for (const order of orders(steps)) {
    expect((await planned(order)).codes).toEqual(['mailbox-shared', 'dialplan-number-shared']);
  }
});

test('numbers are compared as the server does, and shown as they are written', async () => {
  const [a, b] = [create('55003', { voicemail_id: 'box' }), create('55004', { voicemail_id: 'BOX' })];
  const { codes, texts } = await planned([b, a]);
  expect(codes).toEqual(['mailbox-shared']);
  expect(texts.join()).toContain('10.0.0.11/55003 and 10.0.0.11/55004 of one server have the voicemail_id box.');
  expect((await planned([a, b])).texts).toEqual(texts);
});

test('phones of two servers, unknown numbers and a phone that is planned twice share nothing', async () => {
  const west = { ...other, server_ip: '10.0.0.12' };
  expect((await planned([create('55003', shared), create('55004', west)])).codes).toEqual([]);
  const later = { ...other, dialplan_number: unknown };
  expect((await planned([create('55003', shared), create('55004', later)])).codes).toEqual([]);
  expect((await planned([replace('55003', shared)])).codes).toEqual([]);
});

test.each<[string, Step]>([
  ['a new phone', create('55003', { phone_login: 'DESKS' })],
  ['a phone that does not change', noOp('55000', { phone_login: 'desks' })],
  ['a replacement', replace('55000', { phone_login: 'Desks' })],
])('an alias id that is the login of %s is one warning in both orders', async (_name, step) => {
  const [first, second] = [await planned([alias('desks'), step]), await planned([step, alias('desks')])];
  expect(first.codes).toEqual(['alias-id-is-login']);
  expect(second.texts).toEqual(first.texts);
  expect(first.texts.join()).toMatch(/The alias_id desks is the phone_login of the phone 10\.0\.0\.11\/5500\d/u);
  expect(first.texts.join()).toContain('Object: vicidial_phone_alias desks\nObject: vicidial_phone 10.0.0.11/');
});

test('Terraform drops the warnings of the second half of a replacement, so the first half has those of its values', async () => {
  server.store('55000');
  const walk = await server.start();
  const config = phone('55001', { phone_pass: 'test' });
  const first = await walk.plan('vicidial_phone', config, inState('55000', { phone_pass: 'test' }));
  expect(first.codes).toContain('password-default');
  const second = await walk.plan('vicidial_phone', config, null, first.marker);
  expect(details(second)).not.toContain('password-default');
});
