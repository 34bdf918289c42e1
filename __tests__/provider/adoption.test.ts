/** Adoption: planned with `adopted = true`, or not made at all; in process against the emulator. */
import { unknown } from '../../src/terraform/value';
import type { Arguments } from './plan-walk';
import { desks, details, inState, phone, plannedBy, useServer } from './server';

const server = useServer();

describe('with adopt_existing = true', () => {
  const adopt = { adopt_existing: true };

  test('an existing phone is planned with adopted = true, and adopted by one update', async () => {
    server.store('55000');
    const plan = await (await server.start(adopt)).plan('vicidial_phone', phone('55000', { phone_ring_timeout: 45 }));
    expect(plan.planned).toMatchObject({ adopted: true, id: '10.0.0.11/55000' });
    const walk = await server.start(adopt);
    const applied = await walk.apply('vicidial_phone', plannedBy(plan));
    expect(applied.codes).toEqual([]);
    expect(applied.planned).toEqual(plan.planned);
    expect(server.writes()).toHaveLength(1);
    expect(server.writes()[0]).toMatch(/^update_phone .*phone_ring_timeout=45/u);
  });

  test('a phone that was planned as new is not adopted: what turned up stays as it is', async () => {
    const plan = await (await server.start(adopt)).plan('vicidial_phone', phone('55000'));
    expect(plan.planned).toMatchObject({ adopted: null });
    server.store('55000', { phone_full_name: 'Of someone else' });
    const { codes, planned } = await (await server.start(adopt)).apply('vicidial_phone', plannedBy(plan));
    expect(codes).toEqual(['phone-exists']);
    expect(planned).toBeUndefined();
    expect(server.stored('55000')?.phone_full_name).toBe('Of someone else');
  });

  test('a phone that turned up is explained where the apply plans again', async () => {
    const walk = await server.start(adopt);
    await walk.apply('vicidial_phone', plannedBy(await walk.plan('vicidial_phone', phone('55001'))));
    server.store('55000');
    const again = await walk.plan('vicidial_phone', phone('55000'));
    // The engine then refuses the plan: it had adopted = null.
    expect(again.planned).toMatchObject({ adopted: true });
    expect(again.codes).toEqual(['existing-object-adopted']);
  });

  test('a phone that vanished is not created in place of the adoption', async () => {
    server.store('55000');
    const plan = await (await server.start(adopt)).plan('vicidial_phone', phone('55000'));
    server.emulator.store.removePhone('10.0.0.11', '55000');
    const { codes } = await (await server.start(adopt)).apply('vicidial_phone', plannedBy(plan));
    expect(codes).toEqual(['phone-not-found']);
    expect(server.writes()).toEqual([]);
  });

  test.each<[string, Arguments, string]>([
    ['outbound_cid', { outbound_cid: '72755' }, 'value-length'],
    ['phone_full_name', { phone_full_name: 'n'.repeat(40) }, 'value-length'],
    ['phone_pass', { phone_pass: 'p'.repeat(40) }, 'value-length'],
    ['voicemail_id', { voicemail_id: '5' }, 'value-length'],
  ])('%s is validated as the update that it will be', async (_field, fields, code) => {
    server.store('55000');
    expect((await (await server.start(adopt)).plan('vicidial_phone', phone('55000', fields))).codes).toContain(code);
    expect((await (await server.start(adopt)).plan('vicidial_phone', phone('55001', fields))).codes).not.toContain(
      code,
    );
  });

  test('the name of a phone alias is validated as an update', async () => {
    server.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'x', phone_logins: '1' });
    const { codes } = await (await server.start(adopt)).plan('vicidial_phone_alias', { ...desks, alias_name: 'D' });
    expect(codes).toContain('value-length');
  });

  test('the login of another phone is refused', async () => {
    server.store('55000');
    server.emulator.store.putPhone({ server_ip: '10.0.0.12', extension: '56000', phone_login: 'taken' });
    const { codes } = await (
      await server.start(adopt)
    ).plan('vicidial_phone', phone('55000', { phone_login: 'taken' }));
    expect(codes).toContain('login-taken');
  });

  test.each(['before', 'after'])('a key that is in state, shown %s the adoption, is refused', async (when) => {
    server.store('55000');
    const walk = await server.start(adopt);
    const show = () => walk.show('vicidial_phone', inState('55000'));
    const plan = () => walk.plan('vicidial_phone', phone('55000'));
    const outcomes = when === 'before' ? [await show(), await plan()] : [await plan(), await show()];
    expect(outcomes.flatMap(({ codes }) => codes)).toContain('phone-exists');
    expect(outcomes.map(details).join('\n')).toContain('moved');
  });

  test.each([
    ['a replacement of the same key', true],
    ['a tainted phone', false],
  ])('%s adopts nothing: the plan is refused', async (_name, hasMarker) => {
    server.store('55000');
    const walk = await server.start(adopt);
    await walk.refresh('vicidial_phone', inState('55000'));
    const first = hasMarker ? await walk.planNoOp('vicidial_phone', inState('55000')) : undefined;
    const { codes, planned, errors } = await walk.plan('vicidial_phone', phone('55000'), null, first?.marker);
    expect(codes).toContain('phone-exists');
    expect(planned).toMatchObject({ adopted: null });
    expect(errors[0]?.detail).toContain('adopt_existing = false');
  });

  test('a phone that was adopted in this apply is not deleted by another object', async () => {
    server.store('55000');
    const walk = await server.start(adopt);
    const plan = await walk.plan('vicidial_phone', phone('55000'));
    await walk.apply('vicidial_phone', plannedBy(plan));
    expect((await walk.apply('vicidial_phone', null, inState('55000'))).codes).toEqual(['delete-of-written-object']);
    expect(server.stored('55000')).toBeDefined();
  });

  test('it is unknown whether a phone is adopted while the url is, and null without the setting', async () => {
    const walk = await server.start({ ...adopt, url: unknown });
    expect((await walk.plan('vicidial_phone', phone('55000'))).planned?.adopted).toBe(unknown);
    const without = await server.start({ url: unknown });
    expect((await without.plan('vicidial_phone', phone('55000'))).planned?.adopted).toBeNull();
  });

  test('a phone that is hidden is not adopted', async () => {
    server.store('55000', { admin_user_group: 'ADMIN' });
    server.asUser({ user_group: 'SALES' });
    expect((await (await server.start(adopt)).plan('vicidial_phone', phone('55000'))).codes).toEqual(['phone-hidden']);
  });
});
