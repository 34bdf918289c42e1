/** The warnings about the phones of a phone alias, in every order of planning; in process against an emulator. */
import { unknown, type Value } from '../../src/terraform/value';
import type { Outcome, PlanWalk } from './plan-walk';
import { useReaders } from './readers';
import { details, inState, phone, useServer } from './server';

type Step = (walk: PlanWalk) => Promise<Outcome>;

/** Every order of some steps. */
function orders<T>(steps: readonly T[]): T[][] {
  if (steps.length === 0) return [[]];
  return steps.flatMap((step, index) => orders(steps.toSpliced(index, 1)).map((rest) => [step, ...rest]));
}

const planPhone =
  (extension: string, password: Value): Step =>
  (walk) =>
    walk.plan('vicidial_phone', phone(extension, { phone_pass: password }));

const noOpPhone =
  (extension: string, password: Value): Step =>
  (walk) =>
    walk.planNoOp('vicidial_phone', inState(extension, { phone_pass: password }));

const planAlias =
  (...logins: Value[]): Step =>
  (walk) =>
    walk.plan('vicidial_phone_alias', { alias_id: 'desks', alias_name: 'Desks', phone_logins: logins });

/** The warnings of a plan about the alias, and the text of all. */
async function planned(walk: PlanWalk, steps: readonly Step[]): Promise<{ codes: string[]; text: string }> {
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(await step(walk));
  const codes = outcomes.flatMap((outcome) => outcome.codes).filter((code) => code.startsWith('alias-'));
  return { codes, text: outcomes.map(details).join('\n') };
}

describe('phones that are declared with different passwords', () => {
  const server = useServer();

  test.each([
    ['new phones', [planPhone('55000', 'agentword'), planPhone('55001', 'otherword')]],
    ['one of them in state', [noOpPhone('55000', 'agentword'), planPhone('55001', 'otherword')]],
  ])('are one warning in every order, without the passwords: %s', async (_name, phones) => {
    for (const order of orders([...phones, planAlias('55000', '55001')])) {
      const { codes, text } = await planned(await server.start(), order);
      expect(codes).toEqual(['alias-passwords-differ']);
      expect(text).toContain('"55000" and "55001" of the phone alias desks are declared with different values');
      expect(text).not.toMatch(/agentword|otherword/u);
    }
  });

  test('are none where passwords are equal, unknown, or of phones that the alias does not list', async () => {
    const list = planAlias('55000', '55001');
    const others = [
      [planPhone('55001', 'agentword'), list],
      [planPhone('55001', unknown), list],
      [planPhone('55001', 'otherword'), planAlias('55000', unknown)],
      [planPhone('55002', 'otherword'), list],
    ];
    for (const steps of others) {
      for (const order of orders([planPhone('55000', 'agentword'), ...steps])) {
        expect((await planned(await server.start(), order)).codes).toEqual([]);
      }
    }
  });
});

describe.each(useReaders())('read from $reader', (system) => {
  const isDatabase = system.reader === 'database';

  test('a login that no phone has is a warning with the database only, also for an alias that does not change', async () => {
    system.store('55000', { phone_login: '55000', phone_pass: 'agentword' });
    const expected = isDatabase ? ['alias-login-without-phone'] : [];
    const { codes, text } = await planned(await system.start(), [planAlias('55000', '55009')]);
    expect(codes).toEqual(expected);
    if (isDatabase) expect(text).toContain('the login "55009", which no phone of the system has now');
    const stored = { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55009'] };
    const walk = await system.start();
    expect((await walk.planNoOp('vicidial_phone_alias', stored)).codes).toEqual(expected);
  });

  test('a login of a phone that the plan creates first is none', async () => {
    system.store('55000', { phone_login: '55000', phone_pass: 'agentword' });
    const steps = [planPhone('55005', 'agentword'), planAlias('55000', '55005')];
    expect((await planned(await system.start(), steps)).codes).toEqual([]);
  });

  test('a login that only a phone planned later has is a warning that says to refer to it', async () => {
    const steps = [planAlias('55005'), planPhone('55005', 'agentword')];
    const { codes, text } = await planned(await system.start(), steps);
    expect(codes).toEqual(isDatabase ? ['alias-login-without-phone'] : []);
    if (isDatabase) expect(text).toContain('refer to its phone_login there');
  });

  test('phones that are stored with different passwords are a warning with the database only', async () => {
    system.store('55000', { phone_login: '55000', phone_pass: 'agentword' });
    system.store('55001', { phone_login: '55001', phone_pass: 'otherword' });
    const { codes, text } = await planned(await system.start(), [planAlias('55000', '55001')]);
    expect(codes).toEqual(isDatabase ? ['alias-passwords-differ'] : []);
    if (isDatabase) expect(text).toContain('"55000" and "55001" of the phone alias desks have different values');
    expect(text).not.toMatch(/agentword|otherword/u);
  });
});

describe('a phone alias that does not change', () => {
  const server = useServer();

  test.each(['api', 'admin', 'auto'])('is planned without a request where read_from is "%s"', async (readFrom) => {
    const walk = await server.start({ read_from: readFrom });
    const stored = { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };
    expect((await walk.planNoOp('vicidial_phone_alias', stored)).codes).toEqual([]);
    expect(server.emulator.journal.entries).toHaveLength(0);
    expect(server.emulator.pages.entries).toHaveLength(0);
  });
});
