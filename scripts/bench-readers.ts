/** The readers that the benchmark compares, each with what a plan asks it for. */
import { sampleSystem } from '../src/emulator/system-data';
import type { EmulatorProcess } from '../testing/emulator-process';
import { MariaDb, mariaDbMissing } from '../testing/mariadb';

const sources = ['api', 'admin', 'database'] as const;
export type Source = (typeof sources)[number];

/** What was asked for meanwhile. */
export interface Asked {
  readonly calls: number;
  readonly pages: number;
  readonly queries: number;
}

export class BenchReaders {
  private constructor(
    private readonly emulator: EmulatorProcess,
    private readonly database: MariaDb | undefined,
  ) {}

  /** Opens the readers of an emulator with `--inspect`. The database gets the phones that the emulator has now. */
  static async open(emulator: EmulatorProcess): Promise<BenchReaders> {
    if (mariaDbMissing !== undefined) {
      console.log(`\nThe database is left out: ${mariaDbMissing}.`);
      return new BenchReaders(emulator, undefined);
    }
    const database = await MariaDb.start();
    await database.load({ ...sampleSystem, phones: await emulator.phones() });
    return new BenchReaders(emulator, database);
  }

  get sources(): readonly Source[] {
    return sources.filter((source) => source !== 'database' || this.database !== undefined);
  }

  /** The environment variables with which a plan reads from a source. */
  environment(source: Source): Record<string, string> {
    const url = this.database?.url();
    return {
      VICIDIAL_READ_FROM: source,
      ...(source === 'database' && url !== undefined ? { VICIDIAL_DATABASE_URL: url } : {}),
    };
  }

  /** Does some work, and counts what it asks for. */
  async asked(work: () => Promise<unknown>): Promise<Asked> {
    const { emulator, database } = this;
    const before = [await emulator.count('journal'), await emulator.count('pages')] as const;
    const queries = database ? await database.statements(work) : (await work(), []);
    return {
      calls: (await emulator.count('journal')) - before[0],
      pages: (await emulator.count('pages')) - before[1],
      queries: queries.length,
    };
  }

  async close(): Promise<void> {
    await this.database?.stop();
  }
}
