/** The schema of the provider block, and how its settings are read. */
import { readSettings, type GivenSettings, type SettingsReading } from '../settings/read-settings';
import { describeSetting, settingRows, type SettingDefinition } from '../settings/provider-settings';
import type { Attribute, Schema } from '../terraform/schema';
import { Unknown, type ObjectValue, type Value } from '../terraform/value';

export const providerSchema: Schema = {
  version: 0,
  description: 'Phones and phone aliases of a VICIdial call centre.',
  attributes: Object.fromEntries(settingRows.map(([name, row]): [string, Attribute] => [name, attribute(row)])),
};

function attribute(row: SettingDefinition): Attribute {
  return {
    type: row.type,
    optional: true,
    description: describeSetting(row),
    ...(row.sensitive ? { sensitive: true } : {}),
  };
}

/** Reads the settings of a provider block, and of the environment where the block does not set them. */
export function readProviderBlock(config: ObjectValue, environment: NodeJS.ProcessEnv): SettingsReading {
  const unknown = settingRows.map(([name]) => name).filter((name) => config[name] instanceof Unknown);
  const given: GivenSettings = Object.fromEntries(
    settingRows.map(([name]) => [name, settingValue(config[name] ?? null)]),
  );
  return readSettings(given, environment, unknown);
}

/** A number that JavaScript does not hold exactly is outside the range of every setting. */
function settingValue(value: Value): string | number | boolean | null {
  if (value === null || value instanceof Unknown) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Number.MAX_VALUE;
}
