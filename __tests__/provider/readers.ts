/** One emulated system as each reader sees it: what tests of reading share. */
import type { LiveAgent, Phone } from '../../src/emulator/store';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import type { SystemInput } from '../../src/emulator/system-data';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import type { Sync } from '../../testing/mariadb-sync';
import { PlanWalk, type Arguments } from './plan-walk';

const system: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic', 'WebRTC'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [{ user: '6666', password: 'admin1234' }],
};

/** The API user with every permission. */
const planner = { active: true, level: 9, api_access: true, allowed_functions: ['ALL_FUNCTIONS'], delete_phones: true };

const noAgent = { user: '', server_ip: '', extension: '', status: 'READY' as const, campaign_id: '' };

/** A phone in state, of which only the key is known, but for the fields given. */
export function inState(extension: string, fields: Arguments = {}): Arguments {
  return { id: `10.0.0.11/${extension}`, server_ip: '10.0.0.11', extension, ...fields };
}

/** Where the tests of reading take objects from. */
export class ReadSystem {
  #emulator: Emulator | undefined;
  #database: MariaDb | undefined;
  #sync: Sync | undefined;
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
    this.#sync = await this.#database.sync(this.#emulator.store, system);
  }

  async close(): Promise<void> {
    await this.#database?.stop();
    await this.emulator.close();
  }

  /** Stores a phone of 10.0.0.11 by other means than the API. What is not given is NULL, or the column's default. */
  store(extension: string, columns: Phone): void {
    this.emulator.store.putPhone({ server_ip: '10.0.0.11', extension, ...columns });
  }

  stored(extension: string): Phone | undefined {
    return this.emulator.store.phone('10.0.0.11', extension);
  }

  /** The calls that changed something since the last time, one line each. */
  writes(): string[] {
    const lines = this.emulator.journal.entries.filter(({ changed }) => changed).map(String);
    this.emulator.journal.clear();
    return lines;
  }

  /** Removes all phones, agents, calls and faults, and gives the user every permission again. */
  reset(): void {
    const { store, faults, journal } = this.emulator;
    this.logOut();
    this.asUser(planner);
    for (const { server_ip, extension } of store.phones) store.removePhone(server_ip ?? '', extension ?? '');
    faults.clear();
    journal.clear();
  }

  /** The value of `system` where no name is set. */
  get name(): string {
    return this.emulator.url.replace('http://', '');
  }

  /** Changes the API user. */
  asUser(changes: Partial<SystemInput['users'][number]>): void {
    Object.assign(this.emulator.store.users.get('6666') ?? {}, changes);
    this.#sync?.refresh();
  }

  logIn(agent: Partial<LiveAgent>): void {
    const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
    this.emulator.store.liveAgents.push({ ...noAgent, last_update_time: now, ...agent });
    this.#sync?.refresh();
  }

  logOut(): void {
    this.emulator.store.liveAgents.length = 0;
    this.#sync?.refresh();
  }

  async start(settings: Arguments = {}, environment: Readonly<Record<string, string>> = {}): Promise<PlanWalk> {
    const own = { read_from: this.reader, database_url: this.reader === 'database' ? this.database.url() : null };
    const walk = await PlanWalk.start(this.emulator, { ...own, ...settings }, environment);
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

/** The system of the database, for tests of what only the database shows; the file is skipped where there is none. */
export function useDatabaseSystem(): ReadSystem {
  const database = new ReadSystem('database');
  if (mariaDbMissing !== undefined) return database;
  beforeAll(() => database.open());
  afterEach(() => database.end());
  afterAll(() => database.close());
  return database;
}
