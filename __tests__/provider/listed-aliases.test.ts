/** Phone aliases that a run reads from the list of the admin pages: what a plan asks for, and what counts once it applies. */
import { desks, plannedBy, useServer } from './server';
import type { Arguments, PlanWalk } from './plan-walk';

const server = useServer();
const type = 'vicidial_phone_alias';
const admin = { read_from: 'admin' };
const [aliasPage, aliasListPage] = ['32111111111', '12000000000'];

const alias = (alias_id: string, fields: Arguments = {}): Arguments => ({ ...desks, alias_id, ...fields });
const inState = (alias_id: string, fields: Arguments = {}) => ({ ...alias(alias_id, fields), id: alias_id });

function store(alias_id: string, alias_name = 'Desks'): void {
  server.emulator.store.putAlias({ alias_id, alias_name, phone_logins: '55000' });
}

/** How often the list was asked for, and of which phone aliases the page. */
function asked() {
  const { entries } = server.emulator.pages;
  return {
    lists: entries.filter(({ add }) => add === aliasListPage).length,
    pages: entries.filter(({ add }) => add === aliasPage).map(({ key }) => key),
  };
}

/** The objects that the API was asked for. */
const calls = () =>
  server.emulator.journal.entries.map(({ fields }) => fields.alias_id ?? '').filter((id) => id !== '');

const stateOf = async (walk: PlanWalk, id: string) => (await walk.read(type, inState(id))).planned;

describe('a plan', () => {
  test('reads what it refreshes and deletes from one list; only a phone alias that is gone has more asked', async () => {
    for (const id of ['unchanged', 'removed', 'changed']) store(id);
    const walk = await server.start(admin);
    server.emulator.store.putAlias({ alias_id: 'changed', alias_name: 'By hand', phone_logins: '1,2' });
    expect(await stateOf(walk, 'changed')).toMatchObject({ alias_name: 'By hand', phone_logins: ['1', '2'] });
    expect(await stateOf(walk, 'gone')).toBeNull();
    expect(await stateOf(walk, 'removed')).toMatchObject({ alias_name: 'Desks' });
    expect((await walk.plan(type, null, inState('removed'))).codes).toEqual([]);
    expect((await walk.plan(type, null, inState('gone'))).codes).toEqual([]);
    expect(asked()).toEqual({ lists: 1, pages: ['gone'] });
    expect(calls()).toEqual(['gone']);
  });

  test('refuses to create a phone alias that someone else has created since the list was read', async () => {
    store('unchanged');
    const walk = await server.start(admin);
    await stateOf(walk, 'unchanged');
    store('new');
    expect((await walk.plan(type, alias('new'))).codes).toEqual(['alias-exists']);
    expect(await stateOf(walk, 'new')).toMatchObject({ alias_id: 'new' });
    expect(asked()).toEqual({ lists: 1, pages: ['new'] });
  });

  test.each([['refresh first'], ['delete first'], ['data sources first']])(
    'is the same in any order: %s',
    async (order) => {
      store('unchanged');
      store('removed');
      const walk = await server.start(admin);
      const steps = {
        refresh: async () => [
          await stateOf(walk, 'unchanged'),
          await stateOf(walk, 'removed'),
          await stateOf(walk, 'gone'),
        ],
        delete: async () => (await walk.plan(type, null, inState('removed'))).codes,
        'data sources': async () => (await walk.readData('vicidial_phone_aliases')).planned?.phone_aliases,
      };
      const names = Object.keys(steps) as (keyof typeof steps)[];
      const results: Record<string, unknown> = {};
      for (const name of [...names].sort((a) => (order.startsWith(a) ? -1 : 0))) results[name] = await steps[name]();
      expect(results).toMatchObject({
        refresh: [{ alias_id: 'unchanged' }, { alias_id: 'removed' }, null],
        delete: [],
        'data sources': { unchanged: { alias_name: 'Desks' }, removed: { alias_name: 'Desks' } },
      });
      expect(asked().pages).toEqual(['gone']);
    },
  );
});

test('once the run applies, the list that it read before does not count', async () => {
  for (const id of ['updated', 'other', 'deleted']) store(id);
  const walk = await server.start({ ...admin, verify_writes: false });
  for (const id of ['updated', 'deleted']) await stateOf(walk, id);
  const updated = plannedBy(await walk.plan(type, alias('updated', { alias_name: 'New' }), inState('updated')));
  expect((await walk.apply(type, updated, inState('updated'))).codes).toEqual([]);
  store('other', 'By hand');
  expect(await stateOf(walk, 'updated')).toMatchObject({ alias_name: 'New' });
  expect(await stateOf(walk, 'other')).toMatchObject({ alias_name: 'By hand' });
  expect((await walk.apply(type, null, inState('deleted'))).codes).toEqual([]);
  expect(await stateOf(walk, 'deleted')).toBeNull();
  const { planned: shown } = await walk.readData(type, { alias_id: 'other' });
  expect(shown).toMatchObject({ alias_name: 'By hand' });
});

test('data sources of all phone aliases have what the pages show, also values with markup', async () => {
  store('plain');
  store('markup', 'All <b>desks</b>');
  const { planned } = await (await server.start(admin)).readData('vicidial_phone_aliases');
  expect(planned?.phone_aliases).toMatchObject({
    plain: { alias_name: 'Desks' },
    markup: { alias_name: 'All <b>desks</b>' },
  });
  expect(asked()).toEqual({ lists: 1, pages: ['markup'] });
});
