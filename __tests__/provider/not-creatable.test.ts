/** Objects of other programs that the API cannot create, or cannot address; in process against an emulator. */
import type { ObjectValue } from '../../src/terraform/value';
import type { Arguments, Outcome, PlanWalk } from './plan-walk';
import { inState, useReaders } from './readers';
import { details, phone, plannedBy, useServer } from './server';

/** What can be declared of the phone: validation refuses its protocol. */
const config: Arguments = { ...phone('55000'), protocol: null };

const replacements: readonly (readonly [string, (walk: PlanWalk, state: ObjectValue) => Promise<Outcome>])[] = [
  ['with another key', (walk, state) => walk.plan('vicidial_phone', { ...config, extension: '56000' }, state)],
  [
    'by -replace',
    async (walk, state) => {
      const first = await walk.planNoOp('vicidial_phone', state);
      return walk.plan('vicidial_phone', config, null, first.marker);
    },
  ],
  ['as it is tainted', (walk) => walk.plan('vicidial_phone', config)],
];

describe.each(useReaders())('read from $reader', (system) => {
  async function refreshed(fields: Arguments = {}): Promise<{ walk: PlanWalk; state: ObjectValue }> {
    const walk = await system.start();
    const state = plannedBy(await walk.refresh('vicidial_phone', inState('55000', fields)));
    return { walk, state };
  }

  beforeEach(() => {
    system.store('55000', { protocol: 'PJSIP', phone_login: '55000', phone_pass: 'agentword' });
  });

  test.each(replacements)('a PJSIP phone that is replaced %s is an error that says why', async (_name, replace) => {
    const { walk, state } = await refreshed();
    expect(state.protocol).toBe('PJSIP');
    const refused = await replace(walk, state);
    expect(refused.errors).toMatchObject([{ path: ['protocol'] }]);
    expect(refused.codes).toContain('not-creatable');
    expect(refused.codes).not.toContain('required-arguments-missing');
    expect(details(refused)).toContain('has protocol PJSIP, which add_phone does not accept');
  });

  test('a PJSIP phone that is replaced is accepted where the configuration declares another protocol', async () => {
    const { walk, state } = await refreshed();
    const plan = await walk.plan('vicidial_phone', { ...config, extension: '56000', protocol: 'SIP' }, state);
    expect(plan.errors).toEqual([]);
  });

  test('a PJSIP phone is updated in its other fields', async () => {
    const { walk, state } = await refreshed({ phone_pass: 'agentword' });
    const declared = { server_ip: '10.0.0.11', extension: '55000', phone_full_name: 'Back office' };
    const plan = await walk.plan('vicidial_phone', declared, state);
    expect(plan.errors).toEqual([]);
    expect(plan.planned).toMatchObject({ protocol: 'PJSIP', phone_full_name: 'Back office' });
  });
});

describe('an import', () => {
  const server = useServer();

  test.each([
    ['vicidial_phone', '10.0.0.11/desk 1'],
    ['vicidial_phone', '10.0.0.11/5"5'],
    ['vicidial_phone_alias', 'a b'],
  ])('%s %s is not imported: the API cannot address its key', async (type, id) => {
    const walk = await server.start();
    const refused = await walk.import(type, id);
    expect(refused.codes).toEqual(['key-not-addressable']);
    expect(details(refused)).toContain(`${id} cannot be imported`);
    expect(refused.planned).toBeUndefined();
  });
});
