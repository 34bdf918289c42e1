/** The JSON of a state file: types are flattened, sets are arrays, a dynamic value is `{ value, type }`. */
import { textOf } from './bytes';
import { numberFromText } from './numbers';
import { shapeOf } from './object-shape';
import type { Type } from '../schema';
import { Dynamic, type ObjectValue, type Value } from '../value';
import { at, formatPath, type ValuePath } from './value-path';

/** How many digits a double may not hold; JSON.parse would round them. */
const longNumber = 16;
/**
 * A long number, or one with a fraction or an exponent, of which JSON.parse does not keep how it was written. It may also
 * find one inside of a string. Every pattern that begins with another class than these few characters takes far longer.
 */
const mayHoldInexactNumber = new RegExp(`[:,[]\\s*-?(?:\\d{${longNumber - 1}}|\\d+[.eE])`, 'u');

/**
 * Parses the JSON of a stored object, with numbers as strings where JSON.parse would not keep how they were written.
 *
 * @throws SyntaxError where it is not JSON; its message quotes the text
 * @throws TypeError where it is not an object
 */
export function parseState(json: Uint8Array): Readonly<Record<string, unknown>> {
  const text = textOf(json);
  return record(JSON.parse(mayHoldInexactNumber.test(text) ? quoteInexactNumbers(text) : text), undefined, 'object');
}

/** Goes from token to token, as a pattern for a whole string in quotes runs out of stack on one of some megabytes. */
function quoteInexactNumbers(text: string): string {
  let inQuotes = false;
  return text.replace(/\\.|"|-?\d[\d.eE+-]*/gu, (token) => {
    if (token === '"') inQuotes = !inQuotes;
    const isExact = token.length < longNumber && !/[.eE]/u.test(token);
    return inQuotes || isExact || token.startsWith('\\') ? token : `"${token}"`;
  });
}

/**
 * A value of a state file. Attributes that the type does not have are dropped, those that the file lacks are null.
 *
 * Tools that write state files are not exact about types. What the plugin libraries of Go accept is accepted: a number
 * or boolean where a string belongs, a string where a number belongs, and `"true"`, `"1"`, `1` and their opposites where
 * a boolean belongs.
 *
 * @param path of the value, for errors
 * @throws TypeError where the file holds a value of another type; the message has the path, never the value
 */
export function valueFromState(type: Type, raw: unknown, path: ValuePath = undefined): Value {
  if (raw === null || raw === undefined) return null;
  if (typeof type === 'string') return scalar(type, raw, path);
  const [kind, inner] = type;
  if (kind === 'object') return objectFromState(inner, record(raw, path, kind), path);
  if (kind === 'map')
    return mapRecord(record(raw, path, kind), (each, key) => valueFromState(inner, each, at(path, key)));
  if (!Array.isArray(raw)) throw mismatch(raw, path, kind);
  if (kind === 'tuple') return inner.map((of, index) => valueFromState(of, raw[index], at(path, index)));
  return raw.map((each, index) => valueFromState(inner, each, at(path, index)));
}

function objectFromState(
  types: Readonly<Record<string, Type>>,
  raw: Readonly<Record<string, unknown>>,
  path: ValuePath,
): ObjectValue {
  const { attributes, nulls } = shapeOf(types);
  const object: Record<string, Value> = { ...nulls };
  for (const { name, type } of attributes) {
    const value = raw[name] ?? null;
    if (type === 'string' && typeof value === 'string') object[name] = value;
    else if (value !== null) object[name] = valueFromState(type, value, at(path, name));
  }
  return object;
}

function scalar(type: Type & string, raw: unknown, path: ValuePath): Value {
  if (type === 'dynamic') return dynamic(raw, path);
  const isScalar = typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
  const text = isScalar ? String(raw) : undefined;
  if (type === 'string' && text !== undefined) return text;
  if (type === 'number' && text !== undefined && decimal.test(text)) return numberFromText(text);
  if (type === 'bool' && text !== undefined && Object.hasOwn(booleans, text)) return booleans[text] ?? null;
  throw mismatch(raw, path, type);
}

const decimal = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/u;
const booleans: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

function dynamic(raw: unknown, path: ValuePath): Value {
  const { type, value } = record(raw, path, 'dynamic');
  // Terraform wrote the type of the value beside it.
  return new Dynamic(type as Type, valueFromState(type as Type, value, path));
}

function record(raw: unknown, path: ValuePath, expected: string): Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw mismatch(raw, path, expected);
  return raw as Readonly<Record<string, unknown>>;
}

function mapRecord<A>(source: Readonly<Record<string, A>>, change: (value: A, name: string) => Value): ObjectValue {
  const target: Record<string, Value> = {};
  for (const name in source) target[name] = change(source[name] as A, name);
  return target;
}

function mismatch(raw: unknown, path: ValuePath, expected: string): TypeError {
  const found = raw === null ? 'null' : Array.isArray(raw) ? 'a list' : article(typeof raw);
  const where = path ? `in ${formatPath(path)}` : 'in place of the attributes';
  return new TypeError(`the state holds ${found} ${where}, where the schema has ${article(expected)}`);
}

function article(noun: string): string {
  return `${noun === 'object' ? 'an' : 'a'} ${noun}`;
}
