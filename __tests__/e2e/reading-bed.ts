/** What the end-to-end tests of reading share: a testbed for each reader, and changes by other means than the API. */
import { isFullMatrix } from '../../testing/full-matrix';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import type { PlannedChange } from '../../testing/workspace';
import { system, useTestbed, type Testbed } from './harness';

type ReaderName = 'admin' | 'database';

interface Reader {
  readonly name: ReaderName;
  /** The value of `database_url`; empty for the admin pages. */
  readonly databaseUrl: string;
}

/** A testbed whose runs read from the admin pages, or from a database that is kept equal to the emulator. */
function useReadingBed(name: ReaderName): [testbed: Testbed, reader: Reader] {
  let database: MariaDb | undefined;
  const reader = {
    name,
    get databaseUrl() {
      return database?.url() ?? '';
    },
  };
  const testbed = useTestbed({
    environment: () => ({ VICIDIAL_READ_FROM: name, VICIDIAL_DATABASE_URL: reader.databaseUrl }),
  });
  beforeAll(async () => {
    if (name === 'admin') return;
    database = await MariaDb.start();
    await database.sync(testbed.emulator.store, system);
  });
  afterAll(() => database?.stop());
  return [testbed, reader];
}

/**
 * Declares a group of tests for readers: the first one in every run, and all with PHONESTATE_FULL_MATRIX=1, as in a
 * nightly run. Each field is tested with each reader in process in every run (`__tests__/provider/drift.test.ts`). Where
 * there is no database, a skipped test says why.
 */
export function describeReaders(names: readonly ReaderName[], tests: (testbed: Testbed, reader: Reader) => void): void {
  const chosen = isFullMatrix ? names : names.slice(0, 1);
  const usable = chosen.filter((name) => name === 'admin' || mariaDbMissing === undefined);
  for (const name of usable) describe(`read from ${name}`, () => tests(...useReadingBed(name)));
  if (usable.length < chosen.length) test.skip(`read from database: ${mariaDbMissing}`, () => {});
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

/** An output without the line breaks that the engine puts into long sentences. */
export function unwrap(output: string): string {
  return output.replaceAll(/\s+/gu, ' ');
}
