/** What the settings say of reading: whether the database is read, and which settings are then needed. */
import type { Failure } from '../model/failures';
import { providerSettings, type SettingDefinition, type SettingName } from './provider-settings';
import { missingSettings, type Settings, type SettingsReading } from './read-settings';
import { accessFailures } from './settings-of-access';

/** Whether settings lead to the database. Then nothing else is tried, and a plan needs no password. */
export function usesDatabase({ read_from: from, database_url: url }: Partial<Settings>): boolean {
  return from === 'database' || (from === 'auto' && url !== undefined);
}

/**
 * What is wrong with the settings of a provider block, before any call: each that is invalid, and all that are missing in
 * one failure. With the database a plan needs no password: an apply says that it is missing before its first write.
 */
export function settingsFailures(reading: SettingsReading): readonly Failure[] {
  const { values, invalid, missing, unknown: later } = reading;
  const hasDatabaseUrl = later.includes('database_url') || invalid.some(({ field }) => field === 'database_url');
  const isDatabase = usesDatabase(values) || hasDatabaseUrl;
  const needed = isDatabase ? missing.filter((name) => name !== 'password') : missing;
  const lacksDatabase = values.read_from === 'database' && values.database_url === undefined && !hasDatabaseUrl;
  if (lacksDatabase) return [...invalid, missingSettings([...needed, 'database_url'], 'read_from is "database".')];
  const found = needed.length > 0 ? [...invalid, missingSettings(needed)] : invalid;
  return found.length > 0 ? found : accessFailures(reading);
}

/**
 * Whether the provider block reports nothing of what is invalid, and the objects do (`settings-left-to-objects.ts`).
 * - It is empty, or there is none: a variable of the environment is wrong, and Terraform would add that a block is required.
 * - It sets a secret alone, so it may be one line, which Terraform would show.
 */
export function isReportedByObjects({ given, invalid }: SettingsReading): boolean {
  const [name, ...others] = given;
  if (invalid.length === 0 || others.length > 0) return false;
  return name === undefined || isSensitive(name);
}

function isSensitive(name: SettingName): boolean {
  const row: SettingDefinition = providerSettings[name];
  return row.sensitive === true;
}

/** What a configured provider block reports. */
export function blockFailures(reading: SettingsReading): readonly Failure[] {
  return isReportedByObjects(reading) ? [] : settingsFailures(reading);
}
