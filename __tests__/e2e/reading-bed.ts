/** What the end-to-end tests of reading share: a testbed for each reader, and changes by other means than the API. */
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import type { PlannedChange } from '../../testing/workspace';
import { system, useTestbed, type Testbed } from './harness';

export type ReaderName = 'admin' | 'database';

const readers: readonly ReaderName[] = mariaDbMissing === undefined ? ['admin', 'database'] : ['admin'];

/** A testbed whose runs read from the admin pages, or from a database that is kept equal to the emulator. */
function useReadingBed(reader: ReaderName): Testbed {
  let database: MariaDb | undefined;
  const testbed = useTestbed({
    environment: () => ({
      VICIDIAL_READ_FROM: reader,
      ...(database ? { VICIDIAL_DATABASE_URL: database.url() } : {}),
    }),
  });
  beforeAll(async () => {
    if (reader === 'admin') return;
    database = await MariaDb.start();
    await database.sync(testbed.emulator.store, system);
  });
  afterAll(() => database?.stop());
  return testbed;
}

/** Declares a group of tests for each reader. Where there is no database, a skipped test says why. */
export function describeReaders(tests: (testbed: Testbed, reader: ReaderName) => void): void {
  describe.each(readers)('read from %s', (reader) => tests(useReadingBed(reader), reader));
  if (mariaDbMissing !== undefined) test.skip(`read from database: ${mariaDbMissing}`, () => {});
}

/** Changes columns of a phone of 10.0.0.11 as someone does by hand, or adds it. */
export function putByHand({ emulator }: Testbed, extension: string, columns: Readonly<Record<string, string | null>>) {
  const before = emulator.store.phone('10.0.0.11', extension) ?? { server_ip: '10.0.0.11', extension };
  emulator.store.putPhone({ ...before, ...columns });
}

/** What a plan does to each object: `update vicidial_phone.desk`, in order. */
export function actionsOf(changes: readonly PlannedChange[]): string[] {
  return changes.map(({ address, actions }) => `${actions.join('+')} ${address}`).sort();
}

/** The function and the object of a call. */
export function functionOf(call: string): string {
  const [name = '', key = ''] = /^(\S+).*?(?:extension|alias_id)=(\S+)/u.exec(call)?.slice(1) ?? [];
  return `${name} ${key}`;
}
