/** Phones of a server that has another address now: in state the old one, on the server the new one. */
import { inState, phone, plannedBy, useServer } from './server';
import type { Arguments } from './plan-walk';

const server = useServer();

const [before, after] = ['10.0.0.11', '10.0.0.12'];
const start = (settings: Arguments = {}) => server.start({ moved_servers: { [before]: after }, ...settings });
const declared = (extension = '55000', fields: Arguments = {}) => phone(extension, { server_ip: after, ...fields });

/** The phone at the new address, as VICIdial has moved it. */
function moveByHand(extension = '55000', fields: Record<string, string> = {}): void {
  server.store(extension, { server_ip: after, ...fields });
}

test('is updated in place: nothing is written, and the plan shows it as adopted', async () => {
  moveByHand();
  const walk = await start();
  const state = inState('55000', { deletion_protection: true });
  const read = await walk.refresh('vicidial_phone', state);
  expect(read.codes).toEqual([]);
  expect(read.planned).toMatchObject({ server_ip: before, id: `${before}/55000` });
  const plan = await walk.plan('vicidial_phone', declared('55000', { deletion_protection: true }), state);
  expect(plan.codes).toEqual([]);
  expect(plan.planned).toMatchObject({ server_ip: after, id: `${after}/55000`, adopted: true });
  const applied = await walk.apply('vicidial_phone', plannedBy(plan), state);
  expect(applied.codes).toEqual([]);
  expect(applied.planned).toMatchObject({ server_ip: after, id: `${after}/55000`, adopted: true });
  expect(server.writes()).toEqual([]);
});

test('is changed at its new address', async () => {
  moveByHand();
  const walk = await start();
  const plan = await walk.plan('vicidial_phone', declared('55000', { email: 'desk@example.com' }), inState('55000'));
  expect(plan.codes).toEqual([]);
  const applied = await walk.apply('vicidial_phone', plannedBy(plan), inState('55000'));
  expect(applied.codes).toEqual([]);
  expect(server.emulator.store.phone(after, '55000')).toMatchObject({ email: 'desk@example.com' });
  expect(server.writes()).toHaveLength(1);
});

test('plans the same after a process has begun to apply, when nothing is checked any more', async () => {
  moveByHand('55000');
  moveByHand('55001');
  const walk = await start();
  const first = await walk.plan('vicidial_phone', declared('55000'), inState('55000'));
  await walk.apply('vicidial_phone', plannedBy(first), inState('55000'));
  const second = await walk.plan('vicidial_phone', declared('55001'), inState('55001'));
  expect(second.codes).toEqual([]);
  expect(second.planned).toMatchObject({ id: `${after}/55001`, adopted: true });
});

test('has another login at its new address: that is read from there, and shown', async () => {
  moveByHand('55000', { phone_login: '55000x' });
  const walk = await start();
  const state = inState('55000');
  const plan = await walk.plan('vicidial_phone', declared('55000', { phone_login: 'desk' }), state);
  expect(plan.codes).toEqual([]);
  await walk.apply('vicidial_phone', plannedBy(plan), state);
  expect(server.emulator.store.phone(after, '55000')).toMatchObject({ phone_login: 'desk' });
});

describe('is refused', () => {
  test('where the old address has the phone still, in the refresh and in the plan', async () => {
    for (const alsoAfter of [false, true]) {
      server.store('55000', { phone_login: 'other' });
      if (alsoAfter) moveByHand();
      const walk = await start();
      expect((await walk.refresh('vicidial_phone', inState('55000'))).codes).toEqual(['server-not-moved']);
      const plan = await walk.plan('vicidial_phone', declared(), inState('55000'));
      expect(plan.codes).toEqual(['server-not-moved']);
    }
  });

  test('in the apply, where the phone has come back to the old address since the plan', async () => {
    moveByHand();
    const walk = await start();
    const plan = await walk.plan('vicidial_phone', declared(), inState('55000'));
    server.store('55000', { phone_login: 'other' });
    const applied = await walk.apply('vicidial_phone', plannedBy(plan), inState('55000'));
    expect(applied.codes).toEqual(['server-not-moved']);
  });

  test('without a refresh, where neither address has the phone', async () => {
    const plan = await (await start()).plan('vicidial_phone', declared(), inState('55000'));
    expect(plan.codes).toEqual(['phone-not-found']);
  });

  test.each([
    ['a delete', null],
    ['another extension', declared('55009')],
    ['the old address in the configuration', phone('55000', { email: 'desk@example.com' })],
  ])('%s, before the state has the new address', async (_name, config) => {
    moveByHand();
    const walk = await start();
    await walk.refresh('vicidial_phone', inState('55000'));
    expect((await walk.plan('vicidial_phone', config, inState('55000'))).codes).toEqual(['server-moved']);
  });

  test('an unchanged configuration with the old address', async () => {
    moveByHand();
    expect((await (await start()).planNoOp('vicidial_phone', inState('55000'))).codes).toEqual(['server-moved']);
  });

  test('a replacement of the same phone, as -replace asks for', async () => {
    moveByHand();
    const walk = await start();
    const first = await walk.plan('vicidial_phone', declared(), inState('55000'));
    const second = await walk.plan('vicidial_phone', declared(), null, first.marker);
    expect(second.codes).toEqual(['server-moved']);
  });

  test('a delete that was planned without moved_servers', async () => {
    moveByHand();
    const applied = await (await start()).apply('vicidial_phone', null, inState('55000'));
    expect(applied.codes).toEqual(['server-moved']);
    expect(server.emulator.store.phone(after, '55000')).toBeDefined();
  });

  test('of another system, in the plan and in the apply: the state would have the key of a phone of this one', async () => {
    moveByHand();
    const state = inState('55000', { system: 'another' });
    const plan = await (await start()).plan('vicidial_phone', declared(), state);
    expect(plan.codes).toEqual(['system-mismatch']);
    const ofOther = await (await start({ system_name: 'another' })).plan('vicidial_phone', declared(), state);
    expect(ofOther.codes).toEqual([]);
    const applied = await (await start()).apply('vicidial_phone', plannedBy(ofOther), state);
    expect(applied.codes).toEqual(['system-mismatch']);
  });

  test('a second resource that takes the new key, in either order', async () => {
    moveByHand();
    const other = () => phone('55000', { server_ip: after, phone_login: 'other' });
    for (const movesFirst of [true, false]) {
      const walk = await start({ adopt_existing: true });
      const steps = [
        () => walk.plan('vicidial_phone', declared(), inState('55000')),
        () => walk.plan('vicidial_phone', other()),
      ];
      const codes = [];
      for (const step of movesFirst ? steps : steps.reverse()) codes.push(...(await step()).codes);
      expect(codes).toContain('phone-exists');
    }
  });
});

test('a phone that is at neither address any more is gone, and its delete is allowed', async () => {
  const walk = await start();
  expect((await walk.refresh('vicidial_phone', inState('55000'))).planned).toBeNull();
  const plan = await walk.plan('vicidial_phone', null, inState('55000'));
  expect(plan.codes).toEqual([]);
  expect((await walk.apply('vicidial_phone', null, inState('55000'), plan.marker)).codes).toEqual([]);
});

test('a phone of another server, and a phone alias, are planned as ever', async () => {
  server.store('55000', { server_ip: after });
  const walk = await start();
  const state = { ...inState('55000', { server_ip: after }), id: `${after}/55000` };
  expect((await walk.plan('vicidial_phone', declared('55000', { email: 'a@example.com' }), state)).codes).toEqual([]);
});
