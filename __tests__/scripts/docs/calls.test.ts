/** The pages of the Registry list what the provider asks of VICIdial: here it is asked, and compared. */
import { sampleSystem } from '../../../src/emulator/system-data';
import type { ObjectType } from '../../../src/model/field-definition';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { vicidialProvider } from '../../../src/provider/provider';
import { callsOf, dataSourceReads, resourceReads } from '../../../scripts/docs/calls';
import { MariaDb } from '../../../testing/mariadb';
import { PlanWalk, type Arguments, type Outcome } from '../../provider/plan-walk';
import { desks, phone, useServer } from '../../provider/server';
import { describeDatabase } from '../../vicidial/database/database';

jest.setTimeout(60_000);

const server = useServer();

/** Every word once, in the order of the alphabet. */
const distinct = (words: readonly string[]) => [...new Set(words)].sort();
const pagesRead = () => distinct(server.emulator.pages.entries.map(({ add }) => add));
const called = () => distinct(server.emulator.journal.entries.map(({ function: name }) => name));

/** Plans and applies in one process each, as two commands do. */
async function change(type: string, config: Arguments | null, prior: Arguments | null): Promise<void> {
  const walk = await server.start();
  const { codes, planned } = await walk.plan(type, config, prior);
  expect(codes.filter((code) => code !== 'reading-limited' && code !== 'delete-unchecked')).toEqual([]);
  expect((await walk.apply(type, planned ?? null, prior)).errors).toEqual([]);
  await walk.end();
}

const full = phone('55000', { phone_ring_timeout: 45, template_id: 'SIP_generic' });
interface ResourceRow {
  readonly type: ObjectType;
  readonly config: Arguments;
  readonly id: string;
  readonly changed: Arguments;
}

const resources: readonly ResourceRow[] = [
  { type: phoneType, config: full, id: '10.0.0.11/55000', changed: { phone_full_name: 'Desk' } },
  { type: phoneAliasType, config: desks, id: 'desks', changed: { alias_name: 'Others' } },
];

describe('the calls of a resource', () => {
  test.each(resources)(
    'are those that are made while a $type.noun is created, updated, deleted and missed',
    async (row) => {
      if (row.type === phoneAliasType) server.store('55000');
      const { resourceType } = row.type;
      const state = { ...row.config, id: row.id };
      await change(resourceType, row.config, null);
      await change(resourceType, { ...row.config, ...row.changed }, state);
      await change(resourceType, null, { ...state, ...row.changed });
      const walk = await server.start();
      expect((await walk.refresh(resourceType, state)).planned).toBeNull();
      await walk.end();
      expect(called()).toEqual(distinct(callsOf(row.type).flatMap(({ functions }) => functions)));
    },
  );
});

/** What each data source that needs arguments is read with. */
const given: Readonly<Record<string, Arguments>> = {
  vicidial_phone: { server_ip: '10.0.0.11', extension: '55000' },
  vicidial_phone_alias: { alias_id: 'desks' },
};
const system = {
  ...sampleSystem,
  phones: [{ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000' }],
  aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] }],
};
const types = Object.keys(vicidialProvider({}).dataSources ?? {});

describe('with the admin pages', () => {
  test.each(resources)(
    'a refresh of a $type.noun reads the pages that its page lists',
    async ({ type, config, id }) => {
      const walk = await server.start({ read_from: 'admin' });
      expect((await walk.refresh(type.resourceType, { ...config, id })).planned).toBeNull();
      await walk.end();
      expect(pagesRead()).toEqual(distinct(resourceReads(type).pages));
    },
  );

  test.each(types)('the data source %s reads the pages, and calls the functions, that its page lists', async (type) => {
    server.store('55000');
    const setup = await server.start();
    await setup.apply('vicidial_phone_alias', desks);
    await setup.end();
    // The list of all aliases does not show this name for certain.
    const { store } = server.emulator;
    for (const alias of store.aliases) store.putAlias({ ...alias, alias_name: 'Desks &amp; phones' });
    server.emulator.journal.clear();
    const walk = await server.start({ read_from: 'admin' });
    expect((await walk.readData(type, given[type])).codes).toEqual([]);
    await walk.end();
    const { pages, functions = [] } = dataSourceReads[type] ?? {};
    expect(pagesRead()).toEqual(distinct(pages ?? []));
    expect(called().filter((name) => name !== 'version')).toEqual(distinct(functions));
  });
});

describeDatabase('with the database', () => {
  let database: MariaDb;
  beforeAll(async () => {
    database = await MariaDb.start();
    await database.load(system);
  });
  afterAll(() => database.stop());

  /** The tables that some work of a provider without a password reads: with one, the API is asked for the version. */
  async function tablesRead(work: (walk: PlanWalk) => Promise<Outcome>): Promise<string[]> {
    const settings = { read_from: 'database', database_url: database.url() };
    const walk = await PlanWalk.start(server.emulator, settings, { VICIDIAL_PASSWORD: '' });
    const statements = await database.statements(async () => {
      expect((await work(walk)).errors).toEqual([]);
    });
    await walk.end();
    const read = [...statements.join('\n').matchAll(/\bFROM (\w+)\b(?!\.)/gu)].map(([, table]) => table ?? '');
    // Only the first line of a statement is seen: the one about the user joins its user group on the second.
    return distinct([...read, ...(read.includes('vicidial_users') ? ['vicidial_user_groups'] : [])]);
  }

  test.each(resources)('plans of a $type.noun read the tables that its page lists', async ({ type, config, id }) => {
    const tables = await tablesRead(async (walk) => {
      const created: Arguments =
        type === phoneType ? { extension: '55009', phone_login: '55009' } : { alias_id: 'others' };
      await walk.plan(type.resourceType, { ...config, ...created });
      return walk.plan(type.resourceType, null, { ...config, id });
    });
    expect(tables).toEqual(distinct(resourceReads(type).tables));
  });

  test.each(types)('the data source %s reads the tables that its page lists', async (type) => {
    const tables = await tablesRead((walk) => walk.readData(type, given[type]));
    expect(tables).toEqual(distinct(dataSourceReads[type]?.tables ?? []));
  });
});
