/** A connection to a VICIdial system for a command that reads it. */
import { randomUUID } from 'node:crypto';
import { PhonestateError } from '../model/failures';
import { Secret } from '../model/secret';
import { readSettings, type Settings } from '../settings/read-settings';
import { settingsFailures } from '../settings/settings-of-reading';
import type { SystemReferences, SystemRows } from '../model/system-rows';

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
  const [{ VicidialClient }, { sharedLoginOf }, { openReader, readReferences, readSystem }] = await Promise.all([
    import('../vicidial/api/client'),
    import('../vicidial/login-guard/shared-login-guard'),
    import('../vicidial/whole-system'),
  ]);
  const settings = readableSettings(environment);
  // Of its own: the process that started this one is a shell, which may start several.
  const client = new VicidialClient(settings, { sharedLogin: sharedLoginOf(settings, { command: randomUUID() }) });
  const progress = new Progress(label);
  try {
    const reader = await openReader(settings, client);
    try {
      const rows = await readSystem(reader, (done, total) => progress.show(done, total));
      const references = wantsReferences
        ? await readReferences(reader)
        : { servers: [], templates: [], userGroups: undefined };
      return { settings, rows, references };
    } finally {
      await reader.close();
    }
  } finally {
    progress.clear();
    await client.close();
  }
}

function readableSettings(environment: NodeJS.ProcessEnv): Settings {
  const reading = readSettings({}, environment);
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
