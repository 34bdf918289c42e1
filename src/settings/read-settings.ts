/** Reads the settings of a provider block, and the environment where the block does not set them. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import { Secret } from '../model/secret';
import {
  providerSettings,
  settingRows,
  type SettingDefinition,
  type SettingName,
  type StringMap,
} from './provider-settings';

type Row<N extends SettingName> = (typeof providerSettings)[N];

/** The type of a setting's value, inferred from its row. */
type SettingValue<R> = R extends { type: 'number' }
  ? number
  : R extends { type: 'bool' }
    ? boolean
    : R extends { type: 'map' }
      ? Readonly<Record<string, R extends { sensitive: true } ? Secret : string>>
      : R extends { sensitive: true }
        ? Secret
        : R extends { choices: readonly (infer C)[] }
          ? C
          : string;

type Optional<R, V> = R extends { required: true } ? V : R extends { default: unknown } ? V : V | undefined;

/** The settings of one provider block, complete and valid. */
export type Settings = { readonly [N in SettingName]: Optional<Row<N>, SettingValue<Row<N>>> };

/** A value as a provider block or a program sets it. */
export type GivenSetting = string | number | boolean | StringMap;

/** What a provider block or a program sets; null and undefined are "not set". */
export type GivenSettings = Readonly<Partial<Record<SettingName, GivenSetting | null | undefined>>>;

export interface SettingsReading {
  /** Every setting that is valid and known, with defaults. */
  readonly values: Partial<Settings>;
  /** One failure for each invalid value. */
  readonly invalid: readonly Failure[];
  /** Required settings that are not set. */
  readonly missing: readonly SettingName[];
  /** Settings whose values Terraform knows only in apply. */
  readonly unknown: readonly SettingName[];
}

/**
 * Reads settings.
 *
 * @param given what the provider block sets
 * @param environment variables that are read where the block does not set a value; an empty one counts as not set
 * @param unknown settings that the block sets to a value that is not known yet; the environment does not replace them
 */
export function readSettings(
  given: GivenSettings,
  environment: NodeJS.ProcessEnv,
  unknown: readonly SettingName[] = [],
): SettingsReading {
  const values: Record<string, unknown> = {};
  const invalid: Failure[] = [];
  const missing: SettingName[] = [];
  for (const [name, row] of settingRows) {
    if (unknown.includes(name)) continue;
    const value = given[name] ?? (environment[row.environment] || undefined) ?? row.default;
    if (value === undefined) {
      if (row.required) missing.push(name);
      continue;
    }
    const parsed = parse(row, value);
    if (parsed.problem === undefined) values[name] = parsed.value;
    else invalid.push(failure('provider-argument', { field: name, what: `${name} is not valid. ${parsed.problem}` }));
  }
  // The rows determine the type of each value, which `parse` has checked.
  return { values: values, invalid, missing, unknown };
}

/**
 * The settings, where all of them are known and valid.
 *
 * @throws PhonestateError `provider-argument` about the first that is invalid, or all that are missing
 */
export function requireSettings({ values, invalid, missing }: SettingsReading): Settings {
  const [first] = invalid;
  if (first) throw new PhonestateError(first);
  if (missing.length > 0) throw PhonestateError.of('provider-argument', describeMissing(missing));
  // Nothing is missing, and what is unknown is the caller's to check.
  return values as Settings;
}

/**
 * What is wrong with a value of a setting; undefined where it is valid.
 *
 * @returns a sentence that says what the value must be, and does not show it
 */
export function settingProblem(row: SettingDefinition, value: GivenSetting): string | undefined {
  return parse(row, value).problem;
}

function describeMissing(missing: readonly SettingName[]): { readonly what: string; readonly field?: string } {
  const [only, ...others] = missing;
  const variables = missing.map((name) => providerSettings[name].environment).join(', ');
  if (only !== undefined && others.length === 0) {
    return { field: only, what: `${only} is not set, and neither is the environment variable ${variables}.` };
  }
  return { what: `${missing.join(', ')} are not set, and neither are the environment variables ${variables}.` };
}

type Parsed = { readonly value: unknown; readonly problem?: never } | { readonly problem: string };

function parse(row: SettingDefinition, value: GivenSetting): Parsed {
  if (row.type === 'number') return parseNumber(row, value);
  if (row.type === 'bool') return parseBoolean(value);
  if (row.type === 'map') return parseMap(row, value);
  if (typeof value === 'object') return { problem: 'It must be a string.' };
  const text = String(value);
  if (row.choices && !row.choices.includes(text)) return { problem: `It must be one of ${row.choices.join(', ')}.` };
  const problem = row.validate?.(text);
  if (problem !== undefined) return { problem };
  return { value: row.sensitive ? new Secret(text) : text };
}

function parseNumber({ range: [min, max] = [0, Number.MAX_SAFE_INTEGER] }: SettingDefinition, value: unknown): Parsed {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return { value: number };
  return { problem: `It must be a whole number from ${min} to ${max}.` };
}

/** @param value a JSON object where it comes from the environment */
function parseMap(row: SettingDefinition, value: GivenSetting): Parsed {
  const map: unknown = typeof value === 'string' ? parseJson(value) : value;
  if (!isStringMap(map))
    return { problem: 'It must be a map of strings; as an environment variable a JSON object, such as {"a": "b"}.' };
  const problem = row.validateMap?.(map);
  if (problem !== undefined) return { problem };
  return { value: row.sensitive ? secretValues(map) : map };
}

function secretValues(map: StringMap): Readonly<Record<string, Secret>> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, new Secret(value)]));
}

function isStringMap(value: unknown): value is StringMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((element) => typeof element === 'string');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words that Terraform users know from Go's ParseBool, in any case. */
function parseBoolean(value: unknown): Parsed {
  const word = String(value).toLowerCase();
  if (['1', 't', 'true'].includes(word)) return { value: true };
  if (['0', 'f', 'false'].includes(word)) return { value: false };
  return { problem: 'It must be true or false (1 or 0).' };
}
