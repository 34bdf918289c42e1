/** What the settings say of reading: whether the database is read, and which settings are then needed. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import { accessFailures } from './settings-of-access';
import { requireSettings, type Settings, type SettingsReading } from './read-settings';

/** Whether settings lead to the database. Then nothing else is tried, and a plan needs no password. */
export function usesDatabase({ read_from: from, database_url: url }: Partial<Settings>): boolean {
  return from === 'database' || (from === 'auto' && url !== undefined);
}

/**
 * What is wrong with the settings of a provider block, before any call. With the database a plan needs no password: an
 * apply says that it is missing before its first write.
 */
export function settingsFailures(reading: SettingsReading): readonly Failure[] {
  const { values, missing, unknown: later } = reading;
  const isDatabase = usesDatabase(values) || later.includes('database_url');
  const needed = isDatabase ? missing.filter((name) => name !== 'password') : missing;
  if (values.read_from === 'database' && values.database_url === undefined && !later.includes('database_url')) {
    const what = 'read_from is "database", and database_url is not set.';
    return [failure('provider-argument', { field: 'database_url', what })];
  }
  try {
    requireSettings({ ...reading, missing: needed });
    return accessFailures(reading);
  } catch (error) {
    if (error instanceof PhonestateError) return [error.failure];
    throw error;
  }
}
