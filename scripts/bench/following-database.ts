/**
 * A database that has what an emulator stores, before the emulator replies. Unlike the one of the tests, it writes only
 * the row that was stored: comparing all rows after each of a thousand writes would take longer than what is measured.
 */
import type { Store } from '../../src/emulator/store';
import { sampleSystem } from '../../src/emulator/system-data';
import { MariaDb } from '../../testing/mariadb';
import { tableRows } from '../../testing/mariadb-rows';
import { QueryThread, replacement } from '../../testing/mariadb-sync';

export class FollowingDatabase {
  private isFollowing = true;

  private constructor(
    private readonly database: MariaDb,
    private readonly thread: QueryThread,
    store: Store,
  ) {
    const putPhone = store.putPhone.bind(store);
    store.putPhone = (phone) => {
      putPhone(phone);
      const row = store.phone(phone.server_ip ?? '', phone.extension ?? '');
      const [stored] = tableRows({ phones: row ? [row] : [] }, database.schema).phones ?? [];
      if (stored && this.isFollowing) thread.execute([replacement('phones', stored)]);
    };
  }

  /** Starts a database with the sample system. */
  static async open(store: Store): Promise<FollowingDatabase> {
    const database = await MariaDb.start();
    await database.load(sampleSystem);
    const thread = await QueryThread.start(database.connection);
    return new FollowingDatabase(database, thread, store);
  }

  get url(): string {
    return this.database.url();
  }

  /** Deletes what was stored since the start. */
  async reset(): Promise<void> {
    await this.database.load(sampleSystem);
  }

  /** Does some work, and counts the queries of others meanwhile. */
  async queries(work: () => Promise<unknown>): Promise<number> {
    const statements = await this.database.statements(work);
    return statements.filter((text) => !text.startsWith('replace into phones')).length;
  }

  async close(): Promise<void> {
    this.isFollowing = false;
    await this.thread.stop();
    await this.database.stop();
  }
}
