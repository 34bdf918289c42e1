/** Reads the settings of a provider block, and the environment where the block does not set them. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { Secret } from '../model/secret';
import { parseSetting } from './parse-setting';
import {
  providerSettings,
  settingRows,
  type GivenSetting,
  type SettingDefinition,
  type SettingName,
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
  /** Settings that the block sets. */
  readonly given: readonly SettingName[];
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
  const nonLatin = acceptsNonLatin(given, environment, unknown);
  for (const [name, row] of settingRows) {
    if (unknown.includes(name)) continue;
    const value = valueOf(name, row, given, environment);
    if (value === undefined) {
      if (row.required) missing.push(name);
      continue;
    }
    const parsed = parseSetting(row, value, { nonLatin });
    if (parsed.problem === undefined) values[name] = parsed.value;
    else invalid.push(invalidSetting(name, parsed.problem, isSet(given[name]), value));
  }
  const names = settingRows.map(([name]) => name).filter((name) => isSet(given[name]) || unknown.includes(name));
  // The rows determine the type of each value, which `parseSetting` has checked.
  return { values: values, invalid, missing, unknown, given: names };
}

/**
 * The settings, where all of them are known and valid.
 *
 * @throws PhonestateError `provider-argument` about the first that is invalid, or all that are missing
 */
export function requireSettings({ values, invalid, missing }: SettingsReading): Settings {
  const [first] = invalid;
  if (first) throw new PhonestateError(first);
  if (missing.length > 0) throw new PhonestateError(missingSettings(missing));
  // Nothing is missing, and what is unknown is the caller's to check.
  return values as Settings;
}

/**
 * The failure of all settings that are missing.
 *
 * @param names one or more
 * @param reason why they are needed, where that is not always so: a sentence
 */
export function missingSettings(names: readonly SettingName[], reason?: string): Failure {
  const [only = '', ...others] = names;
  const variables = names.map((name) => providerSettings[name].environment).join(', ');
  const isOne = others.length === 0;
  const what = isOne
    ? `${only} is not set, and neither is the environment variable ${variables}.`
    : `${names.join(', ')} are not set, and neither are the environment variables ${variables}.`;
  const particulars = { what: reason === undefined ? what : `${what} ${reason}` };
  return failure('provider-argument', isOne ? { ...particulars, field: only } : particulars);
}

/**
 * What is wrong with a value of a setting, whatever the other settings are; undefined where it is valid.
 *
 * @returns a sentence or two that say what the value must be, and do not show it
 */
export function settingProblem(row: SettingDefinition, value: GivenSetting): string | undefined {
  return parseSetting(row, value, { nonLatin: true }).problem;
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function valueOf(
  name: SettingName,
  row: SettingDefinition,
  given: GivenSettings,
  environment: NodeJS.ProcessEnv,
): GivenSetting | undefined {
  return given[name] ?? (environment[row.environment] || undefined) ?? row.default;
}

/** Letters beyond a to z are refused only where it is certain that the system strips them. */
function acceptsNonLatin(
  given: GivenSettings,
  environment: NodeJS.ProcessEnv,
  unknown: readonly SettingName[],
): boolean {
  if (unknown.includes('non_latin')) return true;
  const row: SettingDefinition = providerSettings.non_latin;
  return parseSetting(row, valueOf('non_latin', row, given, environment) ?? false).value !== false;
}

function invalidSetting(name: SettingName, problem: string, isGiven: boolean, value: GivenSetting): Failure {
  const origin = isGiven ? '' : ` It is read from the environment variable ${providerSettings[name].environment}.`;
  const what = `${name} is not valid. ${problem}${origin}`;
  // An address may have a password or a token in it.
  const mayShowSecret = isGiven && /[@?#]/u.test(JSON.stringify(value));
  return failure('provider-argument', { field: name, what, mayShowSecret });
}
