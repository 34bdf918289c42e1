import { isFullMatrix } from '../../testing/full-matrix';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { nodeProviderFile, providerFile } from '../../testing/provider-file';
import { phone, system, useTestbed, type Fields } from './harness';
import { watchRequests } from './request-watch';

jest.setTimeout(600_000);

/** The clients of Node.js make the same requests in process (`__tests__/vicidial/`). */
const file = isFullMatrix ? nodeProviderFile : providerFile;
const maxQueries = 8;
/** What is counted does not depend on it. */
const count = isFullMatrix ? 1000 : 200;
const [removed, added] = [count / 10, count / 5];
const stored = phones(50_000, count);
const created = phones(60_000, added);
/** What the live agents are read from. */
const agents = /\bvicidial_live_agents\b/u;

function phones(first: number, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => phone(String(first + index)));
}

function byName(fields: readonly Fields[]): Record<string, Fields> {
  return Object.fromEntries(fields.map((each) => [`p${String(each.extension)}`, each]));
}

const withDatabase = mariaDbMissing === undefined ? describe : describe.skip;

withDatabase(`with the database${mariaDbMissing === undefined ? '' : `: ${mariaDbMissing}`}`, () => {
  const testbed = useTestbed({ file });
  let database: MariaDb;

  beforeAll(async () => {
    database = await MariaDb.start();
  });

  beforeEach(async () => {
    testbed.store(byName(stored));
    await database.load({ ...system, phones: testbed.emulator.store.phones });
  });

  afterAll(() => database.stop());

  /** Plans some phones without a password, and returns what the plan says and what was asked. */
  async function plan(declared: readonly Fields[]) {
    const { emulator, workspace } = testbed;
    testbed.declare(byName(declared));
    const environment = { VICIDIAL_DATABASE_URL: database.url(), VICIDIAL_PASSWORD: '' };
    let output = '';
    const queries = await database.statements(async () => {
      ({ output } = await workspace.plan([], environment));
    });
    return { output, queries, requests: [...emulator.journal.entries, ...emulator.pages.entries] };
  }

  test(`a plan of ${count} phones makes no call, and at most eight queries`, async () => {
    const { output, queries, requests } = await plan(stored);
    expect(output).toContain('No changes.');
    expect(requests).toEqual([]);
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.length).toBeLessThanOrEqual(maxQueries);
  });

  test('so does a plan with creations; with deletions, one query more shows the agents that are logged in', async () => {
    const { output, queries, requests } = await plan([...stored.slice(removed), ...created]);
    expect(output).toContain(`Plan: ${added} to add, 0 to change, ${removed} to destroy.`);
    expect(requests).toEqual([]);
    expect(queries.filter((query) => !agents.test(query)).length).toBeLessThanOrEqual(maxQueries);
    expect(queries.filter((query) => agents.test(query))).toHaveLength(1);
  });
});

describe('with the admin pages', () => {
  const maxConcurrency = 4;
  const testbed = useTestbed({ file, emulator: { latencyMs: 5 } });
  const environment = { VICIDIAL_READ_FROM: 'admin', VICIDIAL_MAX_CONCURRENCY: String(maxConcurrency) };

  async function plan(declared: readonly Fields[], aliases: Readonly<Record<string, Fields>> = {}) {
    testbed.declare(byName(declared), aliases);
    const watch = watchRequests(testbed.emulator);
    const run = await testbed.workspace.plan([], environment);
    return { ...run, requests: watch.end(), calls: testbed.emulator.journal.entries };
  }

  test(`a plan of ${count} phones makes one page for each, one more, and no call`, async () => {
    testbed.store(byName(stored));
    const { code, requests, calls } = await plan(stored);
    expect(code).toBe(0);
    expect(calls).toEqual([]);
    const pages = testbed.emulator.pages.entries.map(({ key }) => key);
    // The page of a phone that cannot exist shows whether the user gets in, and which templates there are.
    expect(pages.filter((key) => key !== '0.0.0.0/phonestate-none').sort()).toEqual(
      stored.map(({ extension }) => `10.0.0.11/${String(extension)}`).sort(),
    );
    expect(pages).toHaveLength(stored.length + 1);
    expect(new Set(requests.encodings)).toEqual(new Set(['gzip']));
    expect(requests.sockets).toBeLessThanOrEqual(maxConcurrency);
    expect(requests.maxAtOnce).toBe(maxConcurrency);
  });

  test('only creations are looked up, and calls and pages share max_concurrency', async () => {
    const [present, added] = [stored.slice(0, 50), created.slice(0, 15)];
    testbed.store(byName(present));
    const { code, requests, calls } = await plan([...present.slice(10), ...added]);
    expect(code).toBe(2);
    const lookups = calls.filter(({ fields }) => 'extension' in fields).map(({ fields }) => fields.extension);
    expect(new Set(lookups)).toEqual(new Set(added.map(({ extension }) => extension)));
    expect(testbed.emulator.pages.entries).toHaveLength(present.length + 1);
    expect(requests.maxAtOnce).toBe(maxConcurrency);
    // Calls and pages have connections of their own.
    expect(requests.sockets).toBeLessThanOrEqual(2 * maxConcurrency);
  });

  test('phone aliases take one page, however many: creates are looked up, and a delete is not', async () => {
    const aliases = Object.fromEntries(
      Array.from({ length: 75 }, (_, index) => [
        `a${index}`,
        { alias_id: `desks${index}`, alias_name: 'Desks', phone_logins: ['50000'] },
      ]),
    );
    const part = (from: number, to: number) => Object.fromEntries(Object.entries(aliases).slice(from, to));
    testbed.store({}, part(0, 60));
    const unchanged = await plan([], part(0, 60));
    expect([unchanged.code, unchanged.calls.length, testbed.emulator.pages.entries.length]).toEqual([0, 0, 2]);
    testbed.emulator.pages.clear();
    const { code, calls } = await plan([], part(10, 75));
    expect(code).toBe(2);
    const ids = calls.flatMap(({ fields: { alias_id: id } }) => (id === undefined ? [] : [id]));
    expect(new Set(ids)).toEqual(new Set(Object.values(part(60, 75)).map(({ alias_id: id }) => id)));
    expect(testbed.emulator.pages.entries).toHaveLength(2);
  });
});
