/** A database for the tests of a file, and readers on it. */
import type { Failure } from '../../../src/model/failures';
import { PhonestateError } from '../../../src/model/failures';
import { objectRef } from '../../../src/model/identity';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { Secret } from '../../../src/model/secret';
import type { GivenSettings } from '../../../src/settings/read-settings';
import { readSettings } from '../../../src/settings/read-settings';
import { DatabaseReader, type DatabaseReaderOptions } from '../../../src/vicidial/database/database-reader';
import { singleAttempt } from '../../../testing/client';
import { MariaDb, mariaDbMissing, type MariaDbOptions } from '../../../testing/mariadb';
import type { SystemRows } from '../../../testing/mariadb-rows';

/** `describe`, where a database can be started here; elsewhere its tests are skipped, with the reason. */
export const describeDatabase = (name: string, tests: () => void) =>
  mariaDbMissing === undefined ? describe(name, tests) : describe.skip(`${name} (skipped: ${mariaDbMissing})`, tests);

export const server = '10.0.0.11';
export const phone = (extension: string, server_ip = server) => objectRef(phoneType, { server_ip, extension });
export const alias = (alias_id: string) => objectRef(phoneAliasType, { alias_id });

/** The smallest system: one server, and a user with every permission. */
export const system = {
  servers: [server],
  templates: ['SIP_generic'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'sales', password: 'admin1234', user_group: 'SALES' },
  ],
} satisfies SystemRows;

export interface TestDatabase {
  readonly db: MariaDb;
  /** Makes a reader, which is closed after the test. Without a `database_url`, for the user `reader`. */
  reader(settings?: GivenSettings, options?: DatabaseReaderOptions): DatabaseReader;
}

/** Starts a database for the tests of a `describe`, and stops it after them. */
export function useDatabase(options?: MariaDbOptions): TestDatabase {
  let db: MariaDb | undefined;
  const readers: DatabaseReader[] = [];
  beforeAll(async () => {
    db = await MariaDb.start(options);
  });
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((each) => each.close()));
  });
  afterAll(() => db?.stop());
  return {
    get db() {
      if (!db) throw new Error('The database is used before the tests start.');
      return db;
    },
    reader(settings = {}, readerOptions = {}) {
      const made = makeReader({ database_url: this.db.url(), ...settings }, readerOptions);
      readers.push(made);
      return made;
    },
  };
}

/** A reader of user 6666 that makes one attempt for each query. */
export function makeReader(given: GivenSettings, options: DatabaseReaderOptions = {}): DatabaseReader {
  const { values, invalid } = readSettings({ user: '6666', ...given }, {});
  const { user, database_url } = values;
  if (user === undefined || database_url === undefined) throw new Error(JSON.stringify(invalid));
  return new DatabaseReader({ ...values, user, database_url }, { retryPolicy: singleAttempt, ...options });
}

/** The failure that some work throws. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PhonestateError) return error.failure;
  throw new Error(`No failure, but ${String(error)}.`);
}

/** Values with their secrets in clear. */
export function opened(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Secret ? value.open() : value,
    ]),
  );
}
