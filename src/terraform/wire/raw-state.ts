/** The JSON of a state file: types are flattened, sets are arrays, a dynamic value is `{ value, type }`. */
import { numberFromText } from './numbers';
import type { Type } from '../schema';
import { Dynamic, type Value } from '../value';

/** How many digits a double may not hold; JSON.parse would round them. */
const longNumber = 16;
const mayHoldLongNumber = new RegExp(`[\\d.eE+-]{${longNumber}}`, 'u');

/**
 * Parses the JSON of a stored object, with long numbers as strings.
 *
 * @throws SyntaxError where it is not JSON; its message quotes the text
 */
export function parseState(json: Uint8Array): Readonly<Record<string, unknown>> {
  const text = Buffer.from(json).toString('utf8');
  // What a state file holds for a resource is an object.
  return JSON.parse(mayHoldLongNumber.test(text) ? quoteLongNumbers(text) : text) as Readonly<Record<string, unknown>>;
}

/** Goes from token to token, as a pattern for a whole string in quotes runs out of stack on one of some megabytes. */
function quoteLongNumbers(text: string): string {
  let inQuotes = false;
  return text.replace(/\\.|"|-?\d[\d.eE+-]*/gu, (token) => {
    if (token === '"') inQuotes = !inQuotes;
    return inQuotes || token.length < longNumber ? token : `"${token}"`;
  });
}

/**
 * A value of a state file. Attributes that the type does not have are dropped, those that the file lacks are null.
 *
 * @throws TypeError where the file holds a value of another type
 */
export function valueFromState(type: Type, raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (type === 'dynamic') return dynamic(raw);
  if (type === 'number') return numberFromText(JSON.stringify(raw).replaceAll('"', ''));
  if (typeof type === 'string') {
    if (typeof raw === (type === 'bool' ? 'boolean' : 'string')) return raw;
    throw new TypeError(`the state holds a ${typeof raw} where the schema has a ${type}`);
  }
  const [kind, inner] = type;
  if (kind === 'object')
    return Object.fromEntries(
      Object.entries(inner).map(([name, of]) => [name, valueFromState(of, (raw as Record<string, unknown>)[name])]),
    );
  if (kind === 'map')
    return Object.fromEntries(Object.entries(raw).map(([key, each]) => [key, valueFromState(inner, each)]));
  if (!Array.isArray(raw)) throw new TypeError(`the state holds a ${typeof raw} where the schema has a ${kind}`);
  if (kind === 'tuple') return inner.map((of, index) => valueFromState(of, raw[index]));
  return raw.map((each) => valueFromState(inner, each));
}

function dynamic(raw: unknown): Value {
  const { type, value } = raw as { readonly type: Type; readonly value: unknown };
  return new Dynamic(type, valueFromState(type, value));
}
