/** Which reader a run uses: the one that is named, or with read_from = "auto" the first that can be used. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { Settings } from '../settings/read-settings';
import { usesDatabase } from '../settings/settings-of-reading';
import type { LogSink } from '../vicidial/log';
import type { VicidialClient } from '../vicidial/api/client';
import type { AdminReader } from '../vicidial/admin/admin-reader';
import type { DatabaseReader } from '../vicidial/database/database-reader';

export type AnyReader = AdminReader | DatabaseReader;

export interface ChosenReader {
  /** Undefined where only the API is used. */
  readonly reader: AnyReader | undefined;
  /** A warning: what is not seen without a reader, and why there is none. */
  readonly limitation?: Failure;
}

interface ReaderParts {
  readonly settings: Partial<Settings>;
  /** Needed for the admin pages, which share its session. */
  readonly client: () => Promise<VicidialClient>;
  readonly log: LogSink;
  /** Ends what is in progress when the run is interrupted. */
  readonly signal: AbortSignal;
}

/**
 * Chooses a reader, and opens it. Each is loaded only where it is used.
 *
 * @throws PhonestateError where a reader that was named cannot be used, or the login was refused
 */
export async function chooseReader(parts: ReaderParts): Promise<ChosenReader> {
  const { settings } = parts;
  if (settings.read_from === 'api') return { reader: undefined };
  if (usesDatabase(settings)) return { reader: await openDatabase(parts) };
  try {
    return { reader: await openAdminPages(parts) };
  } catch (error) {
    if (settings.read_from === 'admin' || !(await isWithoutAccess(error))) throw error;
    const what = error instanceof PhonestateError ? error.failure.what : String(error);
    return { reader: undefined, limitation: failure('reading-limited', { what }) };
  }
}

async function openDatabase({ settings, log, signal }: ReaderParts): Promise<DatabaseReader> {
  const { user, database_url: url } = settings;
  if (user === undefined || url === undefined) {
    const what =
      'The database is read with database_url, and the permissions are those of user. One of them is not set.';
    throw PhonestateError.of('provider-argument', { what });
  }
  const { DatabaseReader } = await import('../vicidial/database/database-reader');
  return new DatabaseReader({ ...settings, user, database_url: url }, { log, signal });
}

async function openAdminPages({ client }: ReaderParts): Promise<AdminReader> {
  const [{ settings, session }, { AdminReader }] = await Promise.all([
    client(),
    import('../vicidial/admin/admin-reader'),
  ]);
  const reader = new AdminReader(settings, session);
  await reader.open();
  return reader;
}

/** Whether the admin pages cannot be used while the API may well be. */
async function isWithoutAccess(error: unknown): Promise<boolean> {
  const { AdminAccessError } = await import('../vicidial/admin/access');
  return (
    error instanceof AdminAccessError || (error instanceof PhonestateError && error.failure.code === 'server-failed')
  );
}

/** The admin pages show one phone each: after so many seconds it is worth to say that the database is faster. */
const slowSeconds = 30;

/** A warning where reading the admin pages has taken long so far. */
export function slowReading(reader: AnyReader | undefined): Failure | undefined {
  if (reader?.source !== 'admin' || reader.secondsReading < slowSeconds) return undefined;
  const what = `${reader.pagesRead} admin pages were read in ${Math.round(reader.secondsReading)} seconds so far.`;
  return failure('reading-slow', { what });
}
