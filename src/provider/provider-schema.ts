/** The schema of the provider block, and how its settings are read. */
import { readSettings, type GivenSettings, type SettingsReading } from '../settings/read-settings';
import {
  describeSetting,
  providerSettings,
  settingRows,
  type GivenSetting,
  type SettingDefinition,
  type StringMap,
} from '../settings/provider-settings';
import type { Attribute, Schema } from '../terraform/schema';
import { Decimal, Unknown, type ObjectValue, type Value } from '../terraform/value';

export const providerSchema: Schema = {
  version: 0,
  description: 'Phones and phone aliases of a VICIdial call centre.',
  attributes: Object.fromEntries(settingRows.map(([name, row]): [string, Attribute] => [name, attribute(row)])),
};

function attribute(row: SettingDefinition): Attribute {
  return {
    type: row.type === 'map' ? ['map', 'string'] : row.type,
    optional: true,
    description: describeSetting(row),
    ...(row.sensitive ? { sensitive: true } : {}),
  };
}

/** Reads the settings of a provider block, and of the environment where the block does not set them. */
export function readProviderBlock(config: ObjectValue, environment: NodeJS.ProcessEnv): SettingsReading {
  const unknown = settingRows.map(([name]) => name).filter((name) => hasUnknown(config[name] ?? null));
  const given: GivenSettings = Object.fromEntries(
    settingRows.map(([name]) => [name, settingValue(config[name] ?? null)]),
  );
  return readSettings(given, environment, unknown);
}

/** A map whose elements are not all known is not known. */
function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => each instanceof Unknown);
}

/**
 * Reads what is known without a provider block. Resources are validated so where the block is empty, and in a test where a
 * mock stands for the provider: then the block of the real one may set `non_latin`, and decides what is allowed.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): SettingsReading {
  const isSet = Boolean(environment[providerSettings.non_latin.environment]);
  return { ...readSettings({}, environment, isSet ? [] : ['non_latin']), given: [] };
}

/** A number that JavaScript does not hold exactly is outside the range of every setting. */
function settingValue(value: Value): GivenSetting | null {
  if (value === null || value instanceof Unknown) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || value instanceof Decimal) return Number.MAX_VALUE;
  // By the schema it is a map; null elements are found where it is read.
  return value as StringMap;
}
