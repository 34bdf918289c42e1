/** Which calls of a walk are about one object, and what follows for the writes of one key; against the emulator. */
import { setTimeout as pause } from 'node:timers/promises';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import type { Value } from '../../src/terraform/value';
import { samplePhone } from '../../testing/sample-phone';
import { PlanWalk, type Arguments } from './plan-walk';

// A sample phone has strings only.
const phone = (extension: string, fields: Arguments = {}) =>
  samplePhone(extension, fields) as Readonly<Record<string, Value>>;
const inState = (extension: string, fields: Arguments = {}) => ({
  ...phone(extension, fields),
  id: `10.0.0.11/${extension}`,
});

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ data: sampleSystem });
});
afterEach(() => emulator.close());

const start = (settings: Arguments = {}) => PlanWalk.start(emulator, settings);
const stored = (extension: string) => emulator.store.phone('10.0.0.11', extension);
const store = (extension: string, fields: Record<string, string> = {}) =>
  emulator.store.putPhone({ server_ip: '10.0.0.11', extension, phone_login: extension, ...fields });

describe('a delete and a create of one key in one apply', () => {
  /** The plan of a new phone, made while no phone has its key. */
  async function planned(walk: PlanWalk, extension: string) {
    const { planned: object } = await walk.plan('vicidial_phone', phone(extension));
    if (!object) throw new Error('nothing is planned');
    return object;
  }

  test('do not overlap: the phone that was created is there afterwards', async () => {
    const walk = await start();
    const object = await planned(walk, '55000');
    // The delete of a phone that is gone already is still on its way when the create begins.
    emulator.faults.add({ kind: 'delay', milliseconds: 200, function: 'update_phone', times: 1 });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await pause(50);
    const creating = walk.apply('vicidial_phone', object);
    expect([(await deleting).codes, (await creating).codes]).toEqual([[], []]);
    expect(stored('55000')).toBeDefined();
  });

  test('do not overlap where the delete is sent again after a lost reply', async () => {
    const walk = await start();
    const object = await planned(walk, '55000');
    store('55000');
    emulator.faults.add({ kind: 'reset-after', writing: true, times: 1 });
    emulator.faults.add({ kind: 'delay', milliseconds: 200, function: 'update_phone', writing: false, times: 1 });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await pause(50);
    const creating = walk.apply('vicidial_phone', object);
    expect([(await deleting).codes, (await creating).codes]).toEqual([[], []]);
    expect(stored('55000')).toBeDefined();
  });

  test('are refused in the other order, in any spelling of the key', async () => {
    const walk = await start();
    const object = await planned(walk, 'cc100');
    expect((await walk.apply('vicidial_phone', object)).codes).toEqual([]);
    const { codes } = await walk.apply('vicidial_phone', null, inState('CC100'));
    expect(codes).toEqual(['delete-of-written-object']);
    expect(stored('cc100')).toBeDefined();
  });

  test('of other keys do not wait for each other', async () => {
    const walk = await start();
    const object = await planned(walk, '55001');
    emulator.faults.add({ kind: 'delay', milliseconds: 300, function: 'update_phone', extension: '55000', times: 1 });
    const deleting = walk.apply('vicidial_phone', null, inState('55000'));
    await walk.apply('vicidial_phone', object);
    expect(emulator.journal.entries.map(({ fields }) => fields.delete_phone)).not.toContain('Y');
    await deleting;
  });
});
