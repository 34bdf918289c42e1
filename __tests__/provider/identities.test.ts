/** Which calls of a walk are about one object, and what follows for the writes of one key; against the emulator. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PlanWalk } from './plan-walk';
import { inState, phone, useServer } from './server';

const server = useServer();

describe('a delete and a create of one key in one apply', () => {
  /** The plan of a new phone, made while no phone has its key. */
  async function planned(walk: PlanWalk, extension: string) {
    const { planned: object } = await walk.plan('vicidial_phone', phone(extension));
    if (!object) throw new Error('nothing is planned');
    return object;
  }

  test('do not overlap: the phone that was created is there afterwards', async () => {
    const walk = await server.start();
    const object = await planned(walk, '55000');
    // The delete of a phone that is gone already is still on its way when the create begins.
    server.emulator.faults.add({ kind: 'delay', milliseconds: 200, function: 'update_phone', times: 1 });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await pause(50);
    const creating = walk.apply('vicidial_phone', object);
    expect([(await deleting).codes, (await creating).codes]).toEqual([[], []]);
    expect(server.stored('55000')).toBeDefined();
  });

  test('do not overlap where the delete is sent again after a lost reply', async () => {
    const walk = await server.start();
    const object = await planned(walk, '55000');
    server.store('55000');
    server.emulator.faults.add({ kind: 'reset-after', writing: true, times: 1 });
    server.emulator.faults.add({
      kind: 'delay',
      milliseconds: 200,
      function: 'update_phone',
      writing: false,
      times: 1,
    });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await pause(50);
    const creating = walk.apply('vicidial_phone', object);
    expect([(await deleting).codes, (await creating).codes]).toEqual([[], []]);
    expect(server.stored('55000')).toBeDefined();
  });

  test('are refused in the other order, in any spelling of the key', async () => {
    const walk = await server.start();
    const object = await planned(walk, 'cc100');
    expect((await walk.apply('vicidial_phone', object)).codes).toEqual([]);
    const { codes } = await walk.apply('vicidial_phone', null, inState('CC100'));
    expect(codes).toEqual(['delete-of-written-object']);
    expect(server.stored('cc100')).toBeDefined();
  });

  test('are accepted in the other order where the plan had found that the phone is gone', async () => {
    const walk = await server.start();
    const absent = await walk.plan('vicidial_phone', null, inState('55000'));
    const object = await planned(walk, '55000');
    expect((await walk.apply('vicidial_phone', object)).codes).toEqual([]);
    expect((await walk.apply('vicidial_phone', null, inState('55000'), absent.marker)).codes).toEqual([]);
    expect(server.stored('55000')).toBeDefined();
  });

  test('of other keys do not wait for each other', async () => {
    const walk = await server.start();
    const object = await planned(walk, '55001');
    server.emulator.faults.add({
      kind: 'delay',
      milliseconds: 300,
      function: 'update_phone',
      extension: '55000',
      times: 1,
    });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await walk.apply('vicidial_phone', object);
    expect(server.emulator.journal.entries.map(({ fields }) => fields.delete_phone)).not.toContain('Y');
    await deleting;
  });
});
