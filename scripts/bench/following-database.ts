/**
 * A database that has what an emulator stores, before the emulator replies. Unlike the one of the tests, it writes only
 * the row that was stored, and the emulator serves other calls meanwhile, as a system does: to compare all rows after each
 * of a thousand writes, or to wait for them one after the other, would take a good part of what is measured.
 */
import type { Store } from '../../src/emulator/store';
import { sampleSystem } from '../../src/emulator/system-data';
import { MariaDb } from '../../testing/mariadb';
import { tableRows } from '../../testing/mariadb-rows';
import { replacement } from '../../testing/mariadb-sync';

export class FollowingDatabase {
  private isFollowing = true;

  private constructor(
    private readonly database: MariaDb,
    store: Store,
  ) {
    let written: Promise<unknown> = Promise.resolve();
    // The queries of a connection are executed in their order: with the last one, all are.
    store.settled = () => written;
    const putPhone = store.putPhone.bind(store);
    store.putPhone = (phone) => {
      putPhone(phone);
      const row = store.phone(phone.server_ip ?? '', phone.extension ?? '');
      const [stored] = tableRows({ phones: row ? [row] : [] }, database.schema).phones ?? [];
      if (stored && this.isFollowing) written = database.sql(...replacement('phones', stored));
    };
  }

  /** Starts a database with the sample system. */
  static async open(store: Store): Promise<FollowingDatabase> {
    const database = await MariaDb.start();
    await database.load(sampleSystem);
    return new FollowingDatabase(database, store);
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
    await this.database.stop();
  }
}
