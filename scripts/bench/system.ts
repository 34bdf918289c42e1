/** The system that is planned against: an emulator, its database where one can be started, and a backend for state. */
import { request } from 'undici';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import { mariaDbMissing } from '../../testing/mariadb';
import { resetEmulator } from '../../testing/reset-emulator';
import { StateServer } from '../../testing/state-server';
import { FollowingDatabase } from './following-database';
import { startDelayProxy, type DelayProxy } from './delay-proxy';
import { sources, type Source } from './readers';

/** What was asked for. */
export interface Asked {
  readonly calls: number;
  readonly pages: number;
  readonly queries: number;
  /** The calls that write. */
  readonly writes: number;
}

/** A user of the sample system. */
const user = { name: '6666', password: 'admin1234' };

export class BenchSystem {
  /** By the port that they are for and their delay. */
  private readonly proxies = new Map<string, DelayProxy>();

  private constructor(
    private readonly emulator: Emulator,
    private readonly state: StateServer,
    private readonly database: FollowingDatabase | undefined,
  ) {}

  static async open(): Promise<BenchSystem> {
    const emulator = await startEmulator();
    const database = mariaDbMissing === undefined ? await FollowingDatabase.open(emulator.store) : undefined;
    return new BenchSystem(emulator, await StateServer.start(), database);
  }

  /** What can be read from here. */
  get sources(): readonly Source[] {
    return sources.filter((source) => source !== 'database' || this.database !== undefined);
  }

  /** The reader that asks for the fewest. */
  get fastest(): Source {
    return this.database ? 'database' : 'api';
  }

  /**
   * The environment variables of a run: those of this provider, and variables of the configuration for a peer.
   *
   * @param reader undefined for what does not read from the system
   * @param latencyMs the time that each call, page and query takes besides
   */
  async environment(reader: Source | undefined, latencyMs = 0): Promise<Record<string, string>> {
    const url = await this.delayed(this.emulator.url, latencyMs);
    const database =
      reader === 'database' && this.database ? await this.delayed(this.database.url, latencyMs) : undefined;
    return {
      VICIDIAL_URL: url,
      VICIDIAL_USER: user.name,
      VICIDIAL_PASSWORD: user.password,
      TF_VAR_url: url,
      TF_VAR_user: user.name,
      TF_VAR_password: user.password,
      ...(reader === undefined ? {} : { VICIDIAL_READ_FROM: reader }),
      ...(database === undefined ? {} : { VICIDIAL_DATABASE_URL: database }),
    };
  }

  /** The `address` of a backend of the type `http`. */
  stateAddress(name: string): string {
    return this.state.url(name);
  }

  /** Deletes a state. */
  async forget(stateName: string): Promise<void> {
    const { body } = await request(this.state.url(stateName), { method: 'DELETE' });
    await body.dump();
  }

  /** Deletes all phones: the system is as it was at the start. */
  async reset(): Promise<void> {
    resetEmulator(this.emulator, sampleSystem);
    await this.database?.reset();
  }

  /** Does some work, and counts what it asks for. */
  async asked(work: () => Promise<unknown>): Promise<Asked> {
    const { journal, pages } = this.emulator;
    journal.clear();
    pages.clear();
    const queries = this.database ? await this.database.queries(work) : (await work(), 0);
    return { calls: journal.entries.length, pages: pages.entries.length, queries, writes: journal.writes.length };
  }

  async close(): Promise<void> {
    for (const proxy of this.proxies.values()) await proxy.close();
    await this.database?.close();
    await this.state.close();
    await this.emulator.close();
  }

  private async delayed(url: string, latencyMs: number): Promise<string> {
    if (latencyMs === 0) return url;
    const delayed = new URL(url);
    const name = `${delayed.port} ${latencyMs}`;
    const proxy = this.proxies.get(name) ?? (await startDelayProxy(Number(delayed.port), latencyMs));
    this.proxies.set(name, proxy);
    delayed.port = String(proxy.port);
    return delayed.href;
  }
}

/** Prints what is missing here. */
export function warnOfMissing(): void {
  if (mariaDbMissing !== undefined) console.log(`The database is left out: ${mariaDbMissing}.`);
}
