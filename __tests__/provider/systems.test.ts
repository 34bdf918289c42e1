/** The system that an object belongs to: a state of one system with a provider of another; against the emulator. */
import { unknown } from '../../src/terraform/value';
import type { PlanWalk } from './plan-walk';
import { details, inState, phone, plannedBy, useServer } from './server';

const server = useServer();

/** Names of systems, as `system_name` sets them. */
const [here, elsewhere] = ['staging', 'production'];
const start = (settings = {}) => server.start({ system_name: here, ...settings });
const foreign = inState('55000', { system: elsewhere });

test('a new phone is planned and stored with the system: its name, else host, port and path of the url', async () => {
  const { host, pathname } = new URL(server.emulator.url);
  for (const [settings, system] of [
    [{ system_name: here }, here],
    [{}, `${host}${pathname}`],
  ] as const) {
    const walk = await server.start(settings);
    const plan = await walk.plan('vicidial_phone', phone('55000'));
    expect(plan.planned?.system).toBe(system);
    const applied = await walk.apply('vicidial_phone', plannedBy(plan));
    expect(applied.planned).toMatchObject({ system, adopted: null });
    server.emulator.store.removePhone('10.0.0.11', '55000');
  }
});

test('the system is unknown at plan while the url or system_name is', async () => {
  for (const setting of ['url', 'system_name']) {
    const walk = await server.start({ [setting]: unknown });
    expect((await walk.plan('vicidial_phone', phone('55000'))).planned?.system).toBe(unknown);
  }
});

describe('an object of another system', () => {
  test('that is not found is an error, so that it stays in state', async () => {
    const outcome = await (await start()).read('vicidial_phone', foreign);
    expect(outcome.codes).toEqual(['system-mismatch']);
    expect(outcome.planned).toBeUndefined();
    expect(details(outcome)).toContain('previous_system');
  });

  test('that is found is one warning in a run, which names both systems, and retains its system', async () => {
    server.store('55000');
    server.store('55001');
    const walk = await start();
    const first = await walk.read('vicidial_phone', foreign);
    const second = await walk.read('vicidial_phone', inState('55001', { system: elsewhere }));
    expect([first.codes, second.codes]).toEqual([['system-differs'], []]);
    expect(details(first)).toContain(here);
    expect(details(first)).toContain(elsewhere);
    expect(first.planned?.system).toBe(elsewhere);
  });

  test('that does not change is planned without an error', async () => {
    expect((await (await start()).planNoOp('vicidial_phone', foreign)).codes).toEqual([]);
  });

  test.each<[string, (walk: PlanWalk) => ReturnType<PlanWalk['plan']>]>([
    ['update', (walk) => walk.plan('vicidial_phone', phone('55000', { email: 'desk@example.com' }), foreign)],
    ['delete', (walk) => walk.plan('vicidial_phone', null, foreign)],
    ['changed key', (walk) => walk.plan('vicidial_phone', phone('55009'), foreign)],
    ['tainted replacement', (walk) => walk.plan('vicidial_phone', phone('55000'))],
    [
      'replacement of the same key',
      async (walk) => {
        const { marker } = await walk.planNoOp('vicidial_phone', foreign);
        return walk.plan('vicidial_phone', phone('55000'), null, marker);
      },
    ],
  ])('is refused at plan: %s', async (_name, plan) => {
    server.store('55000');
    const walk = await start();
    await walk.refresh('vicidial_phone', foreign);
    expect((await plan(walk)).codes).toContain('system-mismatch');
  });

  test('is neither updated nor deleted by a plan that was made elsewhere', async () => {
    server.store('55000');
    const change = await (
      await start({ system_name: elsewhere })
    ).plan('vicidial_phone', phone('55000', { email: 'desk@example.com' }), foreign);
    expect(change.codes).toEqual([]);
    const walk = await start();
    expect((await walk.apply('vicidial_phone', plannedBy(change), foreign)).codes).toEqual(['system-mismatch']);
    expect((await walk.apply('vicidial_phone', null, foreign)).codes).toEqual(['system-mismatch']);
    expect(server.writes()).toEqual([]);
  });

  test('is of this system where previous_system says so, and is renamed by the refresh', async () => {
    server.store('55000');
    const walk = await start({ previous_system: elsewhere });
    const read = await walk.refresh('vicidial_phone', foreign);
    expect(read.codes).toEqual([]);
    expect(read.planned?.system).toBe(here);
    const change = await walk.plan('vicidial_phone', phone('55000', { email: 'desk@example.com' }), foreign);
    expect(change.codes).toEqual([]);
    expect(change.planned?.system).toBe(here);
  });

  test('that is not found with previous_system is planned again as a new one', async () => {
    const read = await (await start({ previous_system: elsewhere })).read('vicidial_phone', foreign);
    expect(read.codes).toEqual([]);
    expect(read.planned).toBeNull();
  });
});

describe('a state of version 0.1.0', () => {
  const old = inState('55000');

  test('gets the system by the refresh, and is then planned without a change', async () => {
    server.store('55000');
    const walk = await start();
    const read = await walk.refresh('vicidial_phone', old);
    expect(read.codes).toEqual([]);
    expect(read.planned).toMatchObject({ system: here, adopted: null, deletion_protection: null });
    expect((await walk.planNoOp('vicidial_phone', plannedBy(read))).codes).toEqual([]);
  });

  test('can be changed and deleted without a refresh', async () => {
    server.store('55000');
    const walk = await start();
    const change = await walk.plan('vicidial_phone', phone('55000', { email: 'desk@example.com' }), old);
    expect(change.codes).toEqual([]);
    expect(change.planned?.system).toBe(here);
    expect((await walk.apply('vicidial_phone', null, old)).codes).toEqual([]);
    expect(server.stored('55000')).toBeUndefined();
  });

  test('is not deleted in another system than that of the plan', async () => {
    server.store('55000');
    const plan = await (await start()).plan('vicidial_phone', null, old);
    const walk = await server.start({ system_name: elsewhere });
    expect((await walk.apply('vicidial_phone', null, old, plan.marker)).codes).toEqual(['system-mismatch']);
    expect(server.emulator.store.phones).toHaveLength(1);
    expect((await (await start()).apply('vicidial_phone', null, old, plan.marker)).codes).toEqual([]);
    expect(server.emulator.store.phones).toEqual([]);
  });
});
