/** A connection to a VICIdial system for a command that reads it. */
import { randomUUID } from 'node:crypto';
import { PhonestateError } from '../model/failures';
import { Secret } from '../model/secret';
import { readSettings, type GivenSettings, type Settings } from '../settings/read-settings';
import { settingsFailures } from '../settings/settings-of-reading';
import type { SystemReferences, SystemRows } from '../model/system-rows';
import type { VicidialClient } from '../vicidial/api/client';

export interface ReadSystem {
  readonly settings: Settings;
  readonly rows: SystemRows;
  readonly references: SystemReferences;
}

/**
 * Reads a whole system by the settings in environment variables.
 *
 * @param environment the variables, `VICIDIAL_URL` and so on
 * @param label what the progress on a terminal is about
 * @throws PhonestateError where a setting is wrong, or the system cannot be read
 */
export async function readWholeSystem(
  environment: NodeJS.ProcessEnv,
  { references: wantsReferences = false, label = 'Reading' } = {},
): Promise<ReadSystem> {
  const { openReader, readReferences, readSystem } = await import('../vicidial/whole-system');
  const settings = readableSettings(environment);
  return withClient(settings, async (client) => {
    const reader = await openReader(settings, client);
    try {
      const rows = await withProgress(label, (show) => readSystem(reader, show));
      const references = wantsReferences
        ? await readReferences(reader)
        : { servers: [], templates: [], userGroups: undefined };
      return { settings, rows, references };
    } finally {
      await reader.close();
    }
  });
}

/** Does some work with a client, which is closed afterwards. */
export async function withClient<T>(settings: Settings, work: (client: VicidialClient) => Promise<T>): Promise<T> {
  const [{ VicidialClient: Client }, { sharedLoginOf }] = await Promise.all([
    import('../vicidial/api/client'),
    import('../vicidial/login-guard/shared-login-guard'),
  ]);
  // Of its own: the process that started this one is a shell, which may start several.
  const client = new Client(settings, { sharedLogin: sharedLoginOf(settings, { command: randomUUID() }) });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/**
 * Shows the progress of some work on a terminal.
 *
 * @param label what it is about
 */
export async function withProgress<T>(label: string, work: (show: ShowProgress) => Promise<T>): Promise<T> {
  const progress = new Progress(label);
  try {
    return await work((done, total) => progress.show(done, total));
  } finally {
    progress.clear();
  }
}

type ShowProgress = (done: number, total: number) => void;

/**
 * The settings of a command that reads.
 *
 * @param given what an environment file sets
 * @throws PhonestateError where one is wrong or missing
 */
export function readableSettings(environment: NodeJS.ProcessEnv, given: GivenSettings = {}): Settings {
  const reading = readSettings(given, environment);
  const [failure] = [...reading.invalid, ...settingsFailures(reading)];
  if (failure) throw new PhonestateError(failure);
  // Nothing else is missing. The database is read without a password.
  return { password: new Secret(''), ...reading.values } as Settings;
}

/** Milliseconds between two lines of progress. */
const progressInterval = 100;

/** A line of progress on a terminal, and nothing where standard error is no terminal. */
class Progress {
  #shownAt = 0;

  constructor(private readonly label: string) {}

  show(done: number, total: number): void {
    const now = Date.now();
    if (!process.stderr.isTTY || (done < total && now - this.#shownAt < progressInterval)) return;
    this.#shownAt = now;
    process.stderr.write(`\r${this.label}: ${done} of ${total} objects`);
  }

  clear(): void {
    if (process.stderr.isTTY && this.#shownAt > 0) process.stderr.write('\r\u001b[K');
  }
}
