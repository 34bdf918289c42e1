/** Reads one value of a setting: from a provider block, where it has its type, or as text from the environment. */
import { describeUnseen, type CharacterOptions } from '../model/characters';
import { Secret } from '../model/secret';
import type { GivenSetting, SettingDefinition, StringMap } from './provider-settings';

type Parsed =
  | { readonly value: unknown; readonly problem?: never }
  | {
      /** What the value must be, in a sentence or two that do not show it. */
      readonly problem: string;
      readonly value?: never;
    };

/** Reads a value. */
export function parseSetting(row: SettingDefinition, value: GivenSetting, options: CharacterOptions = {}): Parsed {
  const parsed = parse(row, value, options);
  if (parsed.problem === undefined || typeof value !== 'string' || row.type === 'map' || isPem(value)) return parsed;
  const unseen = describeUnseen(value);
  return unseen === '' ? parsed : { problem: `${parsed.problem} ${unseen}` };
}

function parse(row: SettingDefinition, value: GivenSetting, options: CharacterOptions): Parsed {
  if (row.type === 'number') return parseNumber(row, value);
  if (row.type === 'bool') return parseBoolean(value);
  if (row.type === 'map') return parseMap(row, value);
  if (typeof value === 'object') return { problem: 'It must be a string.' };
  const text = String(value);
  if (row.choices && !row.choices.includes(text)) return { problem: `It must be one of ${row.choices.join(', ')}.` };
  const problem = row.validate?.(text, options);
  if (problem !== undefined) return { problem };
  // No password, address or name ends so, and where VICIdial does not check it, the login would fail without a reason.
  if (endsWithLineBreak(text) && !isPem(text)) return { problem: 'It must not end with a line break.' };
  return { value: row.sensitive ? new Secret(text) : text };
}

/** A certificate or a key as text, which has several lines. */
function isPem(value: string): boolean {
  return value.includes('-----BEGIN ');
}

function endsWithLineBreak(text: string): boolean {
  return /[\r\n]$/u.test(text);
}

/** @param value a JSON object where it comes from the environment */
function parseMap(row: SettingDefinition, value: GivenSetting): Parsed {
  const map: unknown = typeof value === 'string' ? parseJson(value) : value;
  if (!isStringMap(map))
    return { problem: 'It must be a map of strings; as an environment variable a JSON object, such as {"a": "b"}.' };
  const [key, text] = Object.entries(map).find(([, element]) => endsWithLineBreak(element)) ?? [];
  if (text !== undefined) return { problem: `${key} must not end with a line break. ${describeUnseen(text)}` };
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

/** A number in digits: what JavaScript reads besides, such as `0x10` or the empty string, is no number to Terraform. */
function parseNumber({ range: [min, max] = [0, Number.MAX_SAFE_INTEGER] }: SettingDefinition, value: unknown): Parsed {
  const number = typeof value === 'string' && !/^[+-]?\d+$/u.test(value) ? Number.NaN : Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return { value: number };
  return { problem: `It must be a whole number from ${min} to ${max}.` };
}

/** The words that Terraform users know from Go's ParseBool, in any case. */
function parseBoolean(value: unknown): Parsed {
  const word = String(value).toLowerCase();
  if (['1', 't', 'true'].includes(word)) return { value: true };
  if (['0', 'f', 'false'].includes(word)) return { value: false };
  return { problem: 'It must be true or false (1 or 0).' };
}
