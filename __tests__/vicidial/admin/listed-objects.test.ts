/** What the list of phone aliases shows stands for their pages; whatever it may show differently is read from the page. */
import fc from 'fast-check';
import type { PhoneAlias } from '../../../src/emulator/store';
import type { FaultRule } from '../../../src/emulator/faults';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import type { AdminReader } from '../../../src/vicidial/admin/admin-reader';
import { ListedObjects } from '../../../src/vicidial/admin/listed-objects';
import { readSystem } from '../../../src/vicidial/whole-system';
import { noRetry } from '../../../src/vicidial/retry';
import { watchRequests } from '../../e2e/request-watch';
import { aliasRef, EmulatedSystem, phoneRef } from './emulated-system';

const [aliasPage, aliasListPage] = ['32111111111', '12000000000'];

const system = new EmulatedSystem();
afterEach(() => system.close());

const ids = Array.from({ length: 60 }, (_, index) => `desks${index}`);
const alias = (alias_id: string, fields: Partial<PhoneAlias> = {}) => ({
  alias_id,
  alias_name: `All ${alias_id}`,
  phone_logins: '55000,55001',
  ...fields,
});
const reading = (alias_id: string, fields: object = {}) => ({
  status: 'found',
  values: { alias_id, alias_name: `All ${alias_id}`, phone_logins: ['55000', '55001'], ...fields },
});

async function start(aliases: readonly PhoneAlias[] = [], rules: readonly Partial<FaultRule>[] = []): Promise<void> {
  await system.start({}, { faults: { rules: rules.map((rule) => ({ kind: 'cut-page', page: true, ...rule })) } });
  for (const each of aliases) system.emulator.store.putAlias(each);
}

const readAll = (reader: AdminReader, all = ids) => Promise.all(all.map((id) => reader.read(aliasRef(id))));

/** The objects whose pages were asked for. */
const pagesOfAliases = () => system.emulator.pages.entries.filter(({ add }) => add === aliasPage).map(({ key }) => key);
const lists = () => system.pages.filter((add) => add === aliasListPage).length;

test('60 phone aliases are read from one list, and no page of one is asked for', async () => {
  await start(ids.map((id) => alias(id)));
  const { reader } = system.connect();
  expect(await readAll(reader)).toEqual(ids.map((id) => reading(id)));
  expect(await reader.read(aliasRef('DESKS7'))).toEqual(reading('desks7'));
  expect([lists(), pagesOfAliases()]).toEqual([1, []]);
});

test('all phone aliases of a system are read from the list that shows which there are', async () => {
  await start(ids.map((id) => alias(id)));
  const { aliases } = await readSystem(system.connect().reader);
  expect(aliases).toEqual(ids.map((id) => ({ values: reading(id).values })));
  expect([lists(), pagesOfAliases()]).toEqual([1, []]);
});

test('the list of phones has not every field of them: it is not asked for', async () => {
  await start();
  const { reader } = system.connect();
  await reader.read(phoneRef('55000'));
  expect(system.pages).toEqual(['31111111111']);
});

test('what the list does not show, and what it may show differently, is read from its page', async () => {
  await start([
    alias('plain'),
    alias('markup', { alias_name: 'All <b>desks</b>' }),
    alias('cell', { alias_name: 'All</td><td>desks' }),
    alias('ended', { alias_name: 'All</td>desks' }),
    alias('comment', { phone_logins: '1<!--,2' }),
    alias('back', { alias_name: '-->' }),
    alias('font', { alias_name: 'All</font>' }),
    alias('entity', { alias_name: 'A &amp; B' }),
    alias('quote', { alias_name: 'All "desks"' }),
    alias('spaces', { alias_name: ' All ' }),
    alias('bytes', { alias_name: 'All \uFFFD' }),
    alias('empty', { alias_name: '', phone_logins: '' }),
    alias('a b'),
    alias('last'),
  ]);
  const { reader } = system.connect();
  const values = async (id: string) => {
    const found = await reader.read(aliasRef(id));
    return found.status === 'found' ? { ...found.values, unreadable: found.unreadable } : found.status;
  };
  expect(await values('plain')).toMatchObject({ alias_name: 'All plain' });
  expect(await values('markup')).toMatchObject({ alias_name: 'All <b>desks</b>' });
  expect(await values('cell')).toMatchObject({ alias_name: 'All</td><td>desks' });
  expect(await values('ended')).toMatchObject({ alias_name: 'All</td>desks' });
  expect(await values('comment')).toMatchObject({ phone_logins: ['1<!--', '2'] });
  expect(await values('back')).toMatchObject({ alias_name: '-->' });
  expect(await values('font')).toMatchObject({ alias_name: 'All</font>' });
  expect(await values('entity')).toMatchObject({ alias_name: 'A &amp; B' });
  expect(await values('quote')).toMatchObject({ unreadable: ['alias_name'] });
  expect(await values('spaces')).toMatchObject({ alias_name: ' All ' });
  expect(await values('bytes')).toMatchObject({ unreadable: ['alias_name'] });
  expect(await values('empty')).toMatchObject({ alias_name: '', phone_logins: [] });
  expect(await values('a b')).toMatchObject({ alias_id: 'a b' });
  expect(await values('last')).toMatchObject({ alias_name: 'All last' });
  expect(await values('deleted')).toBe('not-found');
  const read = ['markup', 'cell', 'ended', 'comment', 'back', 'font', 'entity', 'quote', 'spaces', 'bytes', 'a b'];
  expect(pagesOfAliases()).toEqual([...read, 'deleted']);
  expect(lists()).toBe(1);
});

const pieces = ['a', ' ', ',', '<', '>', '"', "'", '&', ';', '/', '=', '-->', '<!--', '</td>', '<td>', '<tr>', '</tr>'];
const tags = [
  '<font size=1>',
  '</font>',
  '<a href=x>',
  '</a>',
  '</table>',
  '<table>',
  '<script>',
  '<b',
  '\u00a0',
  '\n',
  'é',
];
const anyText = fc.array(fc.constantFrom(...pieces, ...tags), { maxLength: 5 }).map((parts) => parts.join(''));
const anyId = fc.constantFrom('desks', 'Desks2', 'a b', 'büro', 'x"y', 'a&b');

test('whatever is stored, a reading is that of the page', async () => {
  await start();
  const { store } = system.emulator;
  const aliases = fc.array(fc.record({ alias_id: anyId, alias_name: anyText, phone_logins: anyText }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(aliases, async (stored) => {
      for (const { alias_id: id } of store.aliases) store.removeAlias(id);
      for (const each of stored) store.putAlias(each);
      const [first, pages] = [system.connect().reader, system.connect().reader];
      for (const { alias_id: id } of store.aliases) {
        const [listed, paged] = await Promise.allSettled([first.read(aliasRef(id)), pages.readAgain(aliasRef(id))]);
        expect(listed).toEqual(paged);
      }
    }),
    { numRuns: 40 },
  );
});

test('of two rows of one key, none counts', () => {
  const row = (alias_id: string) => ({ alias_id, alias_name: 'All', phone_logins: [] });
  const listed = new ListedObjects(phoneAliasType, [row('desks'), row('others'), row('DESKS'), row('desks')]);
  expect(listed.find(aliasRef('desks'))).toBeUndefined();
  expect(listed.find(aliasRef('others'))).toEqual(row('others'));
});

test.each<[string, Partial<FaultRule>]>([
  ['is cut off', { kind: 'cut-page', share: 0.95 }],
  ['is empty', { kind: 'empty' }],
  ['is that of another application', { kind: 'other-application' }],
  ['is refused', { kind: 'busy' }],
  ['does not come', { kind: 'reset-before' }],
])('where the list %s, each phone alias is read from its page', async (_, fault) => {
  const few = ids.slice(0, 3);
  await start(
    few.map((id) => alias(id)),
    [{ ...fault, function: aliasListPage }],
  );
  const { reader } = system.connect({}, noRetry);
  expect(await readAll(reader, few)).toEqual(few.map((id) => reading(id)));
  await reader.read(aliasRef('other'));
  expect([lists(), pagesOfAliases()]).toEqual([1, [...few, 'other']]);
});

test('after a write the page is read, and what it shows counts from then on', async () => {
  await start([alias('desks'), alias('others')]);
  const { reader } = system.connect();
  const [desks, others] = [aliasRef('desks'), aliasRef('others')];
  await reader.read(desks);
  system.emulator.store.putAlias(alias('desks', { alias_name: 'New' }));
  system.emulator.store.removeAlias('others');
  expect(await reader.read(desks)).toEqual(reading('desks'));
  expect(await reader.readAgain(desks)).toEqual(reading('desks', { alias_name: 'New' }));
  expect(await reader.read(desks)).toEqual(reading('desks', { alias_name: 'New' }));
  expect(await reader.readAgain(others)).toEqual({ status: 'not-found' });
  expect(await reader.read(others)).toEqual({ status: 'not-found' });
  expect([lists(), pagesOfAliases()]).toEqual([1, ['desks', 'others']]);
});

test('pages and calls of one session share max_concurrency', async () => {
  await system.start({}, { latencyMs: 5 });
  const { client, reader } = system.connect({ max_concurrency: 3 });
  await reader.open();
  const watch = watchRequests(system.emulator);
  const call = () => client.send({ function: 'update_phone', parameters: {} });
  const page = (index: number) => reader.read(phoneRef(`55${index}`));
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => [page(index), call(), reader.read(aliasRef(`a${index}`))]).flat(),
  );
  const { maxAtOnce, encodings } = watch.end();
  // The list of the phone aliases is one page more.
  expect(encodings).toHaveLength(37);
  expect(maxAtOnce).toBe(3);
});
