/** Which plans are refused or accepted, in any order of calls, and what they cost; in process against the emulator. */
import { unknown } from '../../src/terraform/value';
import { desks, details, inState, phone, useServer } from './server';

const server = useServer();

describe('without adopt_existing', () => {
  test.each([
    ['a replacement of the same key', true],
    ['a tainted phone', false],
  ])('%s is accepted', async (_name, hasMarker) => {
    server.store('55000');
    const walk = await server.start();
    await walk.refresh('vicidial_phone', inState('55000'));
    const first = hasMarker ? await walk.planNoOp('vicidial_phone', inState('55000')) : undefined;
    const { errors } = await walk.plan('vicidial_phone', phone('55000'), null, first?.marker);
    expect(errors).toEqual([]);
  });

  test('a tainted phone is refused where nothing was read, with the reason', async () => {
    server.store('55000');
    const walk = await server.start();
    await walk.show('vicidial_phone', inState('55000'));
    const refused = await walk.plan('vicidial_phone', phone('55000'));
    expect(refused.codes).toEqual(['phone-exists']);
    expect(details(refused)).toContain('-refresh=false');
  });

  test('a key that was renamed without moved is refused in every order, and both messages name moved', async () => {
    for (const order of ['create first', 'delete first']) {
      server.store('55000');
      const walk = await server.start();
      const create = () => walk.plan('vicidial_phone', phone('55000'));
      const remove = () => walk.plan('vicidial_phone', null, inState('55000'));
      const outcomes = order === 'create first' ? [await create(), await remove()] : [await remove(), await create()];
      expect(outcomes[1]?.codes).toContain('phone-exists');
      expect(outcomes.map(details).join('\n')).toContain('moved');
    }
  });

  test('two phones in state with one key are refused, and the message names removed and state rm', async () => {
    server.store('55000');
    const walk = await server.start();
    await walk.planNoOp('vicidial_phone', inState('55000'));
    const twice = await walk.planNoOp('vicidial_phone', inState('55000'));
    expect(twice.codes).toEqual(['stored-twice']);
    expect(details(twice)).toContain('removed block with lifecycle { destroy = false }');
    expect(details(twice)).toContain('terraform state rm');
  });

  test('an unknown key of an existing phone is refused', async () => {
    server.store('55000');
    const { codes } = await (
      await server.start()
    ).plan('vicidial_phone', phone('55000', { extension: unknown }), inState('55000'));
    expect(codes).toContain('key-unknown');
  });

  test('a login that a phone alias keeps is a warning, in either order', async () => {
    for (const order of ['phone first', 'alias first']) {
      server.store('55000');
      server.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000' });
      const walk = await server.start();
      const remove = () => walk.plan('vicidial_phone', null, inState('55000'));
      const list = () => walk.planNoOp('vicidial_phone_alias', { ...desks, id: 'desks' });
      const outcomes = order === 'phone first' ? [await remove(), await list()] : [await list(), await remove()];
      expect(outcomes.flatMap(({ codes }) => codes)).toContain('login-still-listed');
      expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    }
  });
});

describe('the calls of a plan', () => {
  const count = 10;
  const extensions = Array.from({ length: count }, (_, index) => String(55000 + index));

  test('are a lookup for each object where nothing changes', async () => {
    const walk = await server.start();
    for (const extension of extensions) {
      server.store(extension);
      await walk.refresh('vicidial_phone', inState(extension));
      await walk.planNoOp('vicidial_phone', inState(extension));
    }
    expect(server.emulator.journal.entries).toHaveLength(count);
  });

  test.each([false, true])('are one for each new phone, and two, with adopt_existing = %p', async (adopt) => {
    const walk = await server.start({ adopt_existing: adopt });
    for (const extension of extensions) await walk.plan('vicidial_phone', phone(extension));
    expect(server.emulator.journal.entries.length).toBeLessThanOrEqual(count + 2);
  });

  test('are those of the run for an update of one field', async () => {
    server.store('55000');
    const walk = await server.start();
    await walk.refresh('vicidial_phone', inState('55000'));
    await walk.plan('vicidial_phone', phone('55000', { email: 'desk@example.com' }), inState('55000'));
    expect(server.emulator.journal.entries).toHaveLength(3);
  });

  test('are one more for each delete', async () => {
    const walk = await server.start();
    for (const extension of extensions) {
      server.store(extension);
      await walk.plan('vicidial_phone', null, inState(extension));
    }
    expect(server.emulator.journal.entries.length).toBeLessThanOrEqual(count + 1);
  });
});
