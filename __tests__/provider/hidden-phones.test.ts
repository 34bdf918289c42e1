/** Phones that an apply hides from its own API user: they stay in state; in process against the emulator. */
import { details, inState, phone, plannedBy, useServer } from './server';

const server = useServer();

describe('a phone in a group that the API user cannot view', () => {
  const toAdmin = { admin_user_group: 'ADMIN' };

  test('is stored with a warning where it is created in it', async () => {
    server.asUser({ user_group: 'SALES' });
    const walk = await server.start();
    const plan = await walk.plan('vicidial_phone', phone('55000', toAdmin));
    const applied = await walk.apply('vicidial_phone', plannedBy(plan));
    expect(applied.codes).toEqual(['phone-hidden-now']);
    expect(applied.planned).toEqual(plan.planned);
    expect((await (await server.start()).read('vicidial_phone', plannedBy(applied))).codes).toEqual(['phone-hidden']);
  });

  test.each([true, false])(
    'is stored with a warning where a second call fails (verify_writes = %p)',
    async (verify) => {
      server.asUser({ user_group: 'SALES' });
      const walk = await server.start({ verify_writes: verify });
      const plan = await walk.plan('vicidial_phone', phone('55000', { ...toAdmin, phone_ring_timeout: 45 }));
      const applied = await walk.apply('vicidial_phone', plannedBy(plan));
      expect(applied.codes).toEqual(['phone-hidden-now']);
      expect(details(applied)).toContain('phone_ring_timeout could not be set');
      expect(applied.planned).toEqual(plan.planned);
    },
  );

  test('is not lost from the state where the second call fails and the lookup after it too', async () => {
    server.asUser({ user_group: 'SALES' });
    const walk = await server.start({ verify_writes: false });
    const plan = await walk.plan('vicidial_phone', phone('55000', { ...toAdmin, phone_ring_timeout: 45 }));
    server.emulator.faults.add({ kind: 'html', function: 'update_phone', skip: 1 });
    const applied = await walk.apply('vicidial_phone', plannedBy(plan));
    expect(applied.codes).toEqual(['phone-not-found', 'partially-created']);
    expect(applied.planned).toMatchObject({ id: '10.0.0.11/55000', phone_ring_timeout: null });
  });

  test('is stored with a warning where an update moves it there', async () => {
    server.asUser({ user_group: 'SALES' });
    server.store('55000');
    const walk = await server.start();
    const plan = await walk.plan('vicidial_phone', phone('55000', toAdmin), inState('55000'));
    const applied = await walk.apply('vicidial_phone', plannedBy(plan), inState('55000'));
    expect(applied.codes).toEqual(['phone-hidden-now']);
    expect(applied.planned).toMatchObject(toAdmin);
  });
});
