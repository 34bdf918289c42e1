/** What must not be deleted: at plan in every form that can be seen there, and before the call; against the emulator. */
import { unknown } from '../../src/terraform/value';
import type { PlanWalk, Outcome } from './plan-walk';
import { details, inState, phone, plannedBy, useServer } from './server';

const server = useServer();

describe('with delete_permission_check = "deny"', () => {
  const deny = { delete_permission_check: 'deny' };
  beforeEach(() => server.store('55000'));
  const existing = inState('55000');

  test.each<[string, (walk: PlanWalk) => Promise<Outcome>]>([
    ['a delete', (walk) => walk.plan('vicidial_phone', null, existing)],
    ['a changed key', (walk) => walk.plan('vicidial_phone', phone('55009'), existing)],
    ['a tainted phone', (walk) => walk.plan('vicidial_phone', phone('55000'))],
    [
      'the second half of a replacement of the same key',
      async (walk) => {
        const { marker, codes } = await walk.planNoOp('vicidial_phone', existing);
        expect(codes).toEqual([]);
        return walk.plan('vicidial_phone', phone('55000'), null, marker);
      },
    ],
    [
      'the second half of a replacement that follows an update',
      async (walk) => {
        const changed = phone('55000', { email: 'desk@example.com' });
        const { marker, codes } = await walk.plan('vicidial_phone', changed, existing);
        expect(codes).toEqual([]);
        return walk.plan('vicidial_phone', changed, null, marker);
      },
    ],
  ])('%s is refused', async (_name, plan) => {
    const walk = await server.start(deny);
    await walk.refresh('vicidial_phone', existing);
    expect((await plan(walk)).codes).toContain('delete-denied');
  });

  test('the replacement of a phone that this plan imports is refused', async () => {
    const walk = await server.start(deny);
    const imported = await walk.import('vicidial_phone', '10.0.0.11/55000');
    const read = await walk.read('vicidial_phone', plannedBy(imported));
    const { marker } = await walk.plan('vicidial_phone', phone('55000'), plannedBy(read));
    expect((await walk.plan('vicidial_phone', phone('55000'), null, marker)).codes).toContain('delete-denied');
  });

  test('the delete of a plan that was made without deny is not sent', async () => {
    expect((await (await server.start()).plan('vicidial_phone', null, existing)).codes).toEqual(['delete-unchecked']);
    const { codes } = await (await server.start(deny)).apply('vicidial_phone', null, existing);
    expect(codes).toEqual(['delete-denied']);
    expect(server.writes()).toEqual([]);
  });

  test('a phone that does not exist any more is not refused, unless it exists again in the apply', async () => {
    server.emulator.store.removePhone('10.0.0.11', '55000');
    const plan = await (await server.start(deny)).plan('vicidial_phone', null, existing);
    expect(plan.codes).toEqual([]);
    const apply = async () => (await server.start(deny)).apply('vicidial_phone', null, existing, plan.marker);
    expect((await apply()).codes).toEqual([]);
    server.store('55000');
    expect((await apply()).codes).toEqual(['delete-denied']);
    expect(server.writes()).toEqual([]);
  });

  test('a setting that is not known yet counts as deny', async () => {
    const walk = await server.start({ delete_permission_check: unknown });
    expect((await walk.plan('vicidial_phone', null, existing)).codes).toEqual(['delete-denied']);
    expect((await walk.plan('vicidial_phone', phone('55009'), existing)).codes).toContain('delete-denied');
  });

  test('a delete is refused while the url is unknown, and a warning without deny', async () => {
    expect(
      (await (await server.start({ ...deny, url: unknown })).plan('vicidial_phone', null, existing)).codes,
    ).toEqual(['delete-denied']);
    expect((await (await server.start({ url: unknown })).plan('vicidial_phone', null, existing)).codes).toEqual([
      'delete-unchecked',
    ]);
  });

  test('the refusal says that -refresh-only is meant too, and how to forget the phone', async () => {
    const refused = await (await server.start(deny)).plan('vicidial_phone', null, existing);
    expect(details(refused)).toContain('-refresh-only');
    expect(details(refused)).toContain('removed block with lifecycle { destroy = false }');
    expect(details(refused)).toContain('Object: vicidial_phone 10.0.0.11/55000');
  });
});

describe('a phone with deletion_protection = true in state', () => {
  const guarded = inState('55000', { deletion_protection: true });
  beforeEach(() => server.store('55000'));

  test('is not deleted or replaced, not even by a configuration that ends the protection', async () => {
    const unprotected = { deletion_protection: false };
    const walks = [
      (walk: PlanWalk) => walk.plan('vicidial_phone', null, guarded),
      (walk: PlanWalk) => walk.plan('vicidial_phone', phone('55009', unprotected), guarded),
      (walk: PlanWalk) => walk.plan('vicidial_phone', phone('55000', unprotected)),
      async (walk: PlanWalk) => {
        const { marker } = await walk.plan('vicidial_phone', phone('55000', unprotected), guarded);
        return walk.plan('vicidial_phone', phone('55000', unprotected), null, marker);
      },
    ];
    for (const plan of walks) {
      const walk = await server.start();
      await walk.refresh('vicidial_phone', guarded);
      expect((await plan(walk)).codes).toContain('deletion-protected');
    }
  });

  test('is not deleted by a plan that was made in another way', async () => {
    expect((await (await server.start()).apply('vicidial_phone', null, guarded)).codes).toEqual(['deletion-protected']);
    expect(server.writes()).toEqual([]);
  });

  test('loses the protection by a change of the argument, which makes no call', async () => {
    const walk = await server.start();
    const config = phone('55000', { deletion_protection: false });
    const change = await walk.plan('vicidial_phone', config, guarded);
    expect(change.codes).toEqual([]);
    const applied = await walk.apply('vicidial_phone', plannedBy(change), guarded);
    expect(applied.planned).toMatchObject({ deletion_protection: false });
    expect(server.emulator.journal.entries).toEqual([]);
  });
});
