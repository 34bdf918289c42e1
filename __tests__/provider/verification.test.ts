/** What was written is read, with each reader. */
import type { Phone, Store } from '../../src/emulator/store';
import type { ObjectValue } from '../../src/terraform/value';
import { AdminReader } from '../../src/vicidial/admin/admin-reader';
import { DatabaseReader } from '../../src/vicidial/database/database-reader';
import type { PlanWalk } from './plan-walk';
import { useReaders } from './readers';
import { details, phone, plannedBy } from './server';

jest.setTimeout(120_000);

/** Plans and creates a phone, as one apply does. */
async function create(walk: PlanWalk, fields: Readonly<Record<string, string>> = {}) {
  const planned = await walk.plan('vicidial_phone', phone('55000', fields));
  return walk.apply('vicidial_phone', plannedBy(planned), null, planned.marker);
}

/** Plans and makes an update. */
async function update(walk: PlanWalk, prior: ObjectValue, fields: Readonly<Record<string, string>>) {
  const planned = await walk.plan('vicidial_phone', phone('55000', fields), prior);
  return walk.apply('vicidial_phone', plannedBy(planned), prior, planned.marker);
}

/** Makes a server store something else than it was sent, the next so many times. */
function changeStored(store: Store, columns: Phone, times = 1): void {
  const putPhone = store.putPhone.bind(store);
  let left = times;
  store.putPhone = (row) => {
    left -= 1;
    putPhone(left >= 0 ? { ...row, ...columns } : row);
  };
}

describe.each(useReaders())('read from $reader', (system) => {
  beforeEach(() => system.reset());

  test('a new phone has in state what the server stored of the arguments that are not set', async () => {
    const created = await create(await system.start());
    expect(created.codes).toEqual([]);
    expect(created.planned).toMatchObject({
      phone_context: 'default',
      phone_ring_timeout: 60,
      admin_user_group: '---ALL---',
      webphone_auto_answer: 'Y',
      email: null,
      template_id: null,
    });
  });

  test('without verification a new phone is not read', async () => {
    const walk = await system.start({ verify_writes: false });
    const created = await create(walk);
    expect(created.codes).toEqual([]);
    expect(created.planned).toMatchObject({ phone_context: null, phone_ring_timeout: null });
  });

  test('a field of a new phone that is stored differently is repaired by one update', async () => {
    changeStored(system.emulator.store, { phone_full_name: 'Other' });
    const created = await create(await system.start());
    expect(created.codes).toEqual([]);
    expect(system.stored('55000')).toMatchObject({ phone_full_name: 'Desk 55000' });
    expect(system.writes()).toEqual([
      expect.stringContaining('add_phone'),
      'update_phone extension=55000 server_ip=10.0.0.11 phone_full_name=Desk 55000',
    ]);
  });

  test('a new phone that keeps a difference is no error, which would taint it', async () => {
    changeStored(system.emulator.store, { phone_full_name: 'Other', phone_pass: 'otherWord' }, 2);
    const created = await create(await system.start());
    expect(created.errors).toEqual([]);
    expect(created.codes).toEqual(['created-differently', 'created-differently']);
    expect(details(created)).toContain('phone_full_name "Other"; "Desk 55000" was sent');
    expect(details(created)).not.toMatch(/otherWord|agent55000/u);
    expect(created.planned).toMatchObject({ phone_full_name: 'Desk 55000', phone_pass: 'agent55000' });

    const refreshed = await (await system.start()).read('vicidial_phone', plannedBy(created));
    expect(refreshed.planned).toMatchObject({ phone_full_name: 'Other', phone_pass: 'otherWord' });
  });

  test('an update that was not carried out is an error on the attribute, and state has what is stored', async () => {
    const prior = plannedBy(await create(await system.start()));
    system.emulator.faults.add({ kind: 'success-without-work', function: 'update_phone', writing: true });
    const updated = await update(await system.start(), prior, { phone_full_name: 'Other', phone_pass: 'otherWord' });
    expect(updated.codes).toEqual(['stored-differently', 'stored-differently']);
    expect(updated.errors.map(({ path }) => path)).toEqual([['phone_full_name'], undefined]);
    expect(details(updated)).not.toMatch(/otherWord|agent55000/u);
    expect(updated.planned).toMatchObject({ phone_full_name: 'Desk 55000', phone_pass: 'agent55000' });
  });

  test('a password that is stored already is not sent, and another one is', async () => {
    const walk = await system.start();
    await create(walk);
    system.writes();
    const imported = plannedBy(
      await walk.read('vicidial_phone', plannedBy(await walk.import('vicidial_phone', '10.0.0.11/55000'))),
    );
    expect(imported).toMatchObject({ phone_pass: null, phone_full_name: 'Desk 55000' });
    const later = await system.start();
    expect((await update(later, imported, {})).planned).toMatchObject({ phone_pass: 'agent55000' });
    expect(system.writes()).toEqual([]);
    const other = { phone_pass: 'otherWord' };
    expect((await update(later, imported, other)).codes).toEqual([]);
    expect(system.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 phone_pass=***']);
  });

  test('a new phone stays in state where reading it throws what is no failure', async () => {
    const walk = await system.start();
    const planned = await walk.plan('vicidial_phone', phone('55000'));
    const readAgain = [AdminReader, DatabaseReader].map((reader) =>
      jest.spyOn(reader.prototype, 'readAgain').mockRejectedValue(new TypeError('a bug')),
    );
    const created = await walk.apply('vicidial_phone', plannedBy(planned), null, planned.marker);
    readAgain.forEach((each) => each.mockRestore());
    expect(created.planned).toMatchObject({ extension: '55000', phone_full_name: 'Desk 55000' });
    expect(created.codes).toEqual(['not-verified']);
    expect(details(created)).toContain('TypeError: a bug');
  });

  test('an empty field that is declared empty after an import is not sent', async () => {
    const walk = await system.start();
    await create(walk);
    system.writes();
    const state = plannedBy(
      await walk.read('vicidial_phone', plannedBy(await walk.import('vicidial_phone', '10.0.0.11/55000'))),
    );
    const later = await system.start();
    expect((await update(later, state, { email: '' })).planned).toMatchObject({ email: '' });
    expect(system.writes()).toEqual([]);
  });
});
