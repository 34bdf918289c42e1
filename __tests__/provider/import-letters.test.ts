/** Imports of objects whose keys have letters of other scripts; in process against an emulator with `use_non_latin`. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import { PlanWalk } from './plan-walk';
import { details, plannedBy } from './server';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ data: { ...sampleSystem, use_non_latin: true } });
});
afterAll(() => emulator.close());

const ids = ['бюро', 'büro', '桌', 'стол-2'];

describe.each(['api', 'admin'])('read from "%s"', (readFrom) => {
  test.each(ids)('the phone alias %s is imported and read', async (id) => {
    emulator.store.putAlias({ alias_id: id, alias_name: 'Käthe', phone_logins: '55000' });
    const walk = await PlanWalk.start(emulator, { read_from: readFrom, non_latin: true });
    const imported = await walk.import('vicidial_phone_alias', id.normalize('NFD'));
    expect(imported.codes).toEqual([]);
    const read = await walk.read('vicidial_phone_alias', plannedBy(imported));
    expect(read.codes).toEqual([]);
    expect(read.planned).toMatchObject({ id, alias_id: id });
    expect((await walk.planNoOp('vicidial_phone_alias', plannedBy(read))).codes).toEqual([]);
    await walk.end();
  });

  test.each(ids)('the phone %s is imported and read', async (extension) => {
    emulator.store.putPhone({ server_ip: '10.0.0.11', extension, phone_login: extension });
    const walk = await PlanWalk.start(emulator, { read_from: readFrom, non_latin: true });
    const imported = await walk.import('vicidial_phone', `10.0.0.11/${extension}`);
    const read = await walk.read('vicidial_phone', plannedBy(imported));
    expect(read.codes).toEqual([]);
    expect(read.planned).toMatchObject({ id: `10.0.0.11/${extension}`, extension });
    await walk.end();
  });
});

test('without non_latin the key is refused, with what to set: the server would strip it to another one', async () => {
  const walk = await PlanWalk.start(emulator);
  for (const [type, id] of [
    ['vicidial_phone_alias', 'büro'],
    ['vicidial_phone', '10.0.0.11/büro'],
  ] as const) {
    const refused = await walk.import(type, id);
    expect(refused.codes).toEqual(['key-not-addressable']);
    expect(details(refused)).toContain('set non_latin = true in the provider block');
  }
  await walk.end();
});
