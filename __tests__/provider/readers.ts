/** One emulated system as each reader sees it: what tests of reading share. */
import type { Phone } from '../../src/emulator/store';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import type { SystemInput } from '../../src/emulator/system-data';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { PlanWalk, type Arguments } from './plan-walk';

const system: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic', 'WebRTC'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'nodelete', password: 'admin1234', delete_phones: false },
  ],
};

/** A phone in state, of which only the key is known, but for the fields given. */
export function inState(extension: string, fields: Arguments = {}): Arguments {
  return { id: `10.0.0.11/${extension}`, server_ip: '10.0.0.11', extension, ...fields };
}

/** Where the tests of reading take objects from. */
export class ReadSystem {
  #emulator: Emulator | undefined;
  #database: MariaDb | undefined;
  readonly #walks: PlanWalk[] = [];

  constructor(readonly reader: 'admin' | 'database') {}

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('The emulator is started before the tests.');
    return this.#emulator;
  }

  get database(): MariaDb {
    if (!this.#database) throw new Error('The database is started before the tests of its reader.');
    return this.#database;
  }

  async open(): Promise<void> {
    this.#emulator = await startEmulator({ data: system });
    if (this.reader === 'admin') return;
    this.#database = await MariaDb.start();
    await this.#database.sync(this.#emulator.store, system);
  }

  async close(): Promise<void> {
    await this.#database?.stop();
    await this.emulator.close();
  }

  /** Stores a phone of 10.0.0.11 by other means than the API. What is not given is NULL, or the column's default. */
  store(extension: string, columns: Phone): void {
    this.emulator.store.putPhone({ server_ip: '10.0.0.11', extension, ...columns });
  }

  async start(settings: Arguments = {}): Promise<PlanWalk> {
    const url = this.reader === 'database' ? this.database.url() : null;
    const walk = await PlanWalk.start(this.emulator, { read_from: this.reader, database_url: url, ...settings });
    this.#walks.push(walk);
    return walk;
  }

  /** Ends what a test has started. */
  async end(): Promise<void> {
    await Promise.all(this.#walks.splice(0).map((walk) => walk.end()));
  }
}

/** The systems, one for each reader. To be called where `beforeAll` may be. */
export function useReaders(): readonly ReadSystem[] {
  const systems = [new ReadSystem('admin'), ...(mariaDbMissing === undefined ? [new ReadSystem('database')] : [])];
  beforeAll(() => Promise.all(systems.map((each) => each.open())));
  afterEach(() => Promise.all(systems.map((each) => each.end())));
  afterAll(() => Promise.all(systems.map((each) => each.close())));
  if (mariaDbMissing !== undefined) test.skip(`the database reader: ${mariaDbMissing}`, () => {});
  return systems;
}
