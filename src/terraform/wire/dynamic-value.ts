/**
 * Values on the wire: msgpack as go-cty writes and reads it (protocol facts, section 2).
 * What is unknown is an extension value; numbers come as integer, double or decimal text.
 */
import { decode, encode, ExtData } from '@msgpack/msgpack';
import { numberFromText, numberToWire } from './numbers';
import type { Type } from '../schema';
import { Decimal, Dynamic, Unknown, unknown, type ObjectValue, type Value } from '../value';

/** What go-cty reads as "unknown, and nothing more is known of it". */
const unknownOnWire = new ExtData(0, new Uint8Array(1));

/**
 * Reads a value.
 *
 * @param bytes undefined for a value that was left out, which is null
 * @throws TypeError when the bytes do not hold a value of the type; the message names the place, never the value
 */
export function decodeValue(type: Type, bytes: Uint8Array | undefined): Value {
  return bytes === undefined || bytes.length === 0 ? null : fromWire(type, decode(bytes, { useBigInt64: true }), []);
}

/** Writes a value; see `decodeValue`. */
export function encodeValue(type: Type, value: Value): Uint8Array {
  return encode(toWire(type, value, []), { useBigInt64: true });
}

type Place = readonly (string | number)[];

function fromWire(type: Type, raw: unknown, place: Place): Value {
  if (raw === null || raw === undefined) return null;
  // Refined unknowns carry promises that nobody here can use.
  if (raw instanceof ExtData) return unknown;
  if (typeof type === 'string') return scalarFromWire(type, raw, place);
  const [kind, inner] = type;
  if (kind === 'object')
    return mapRecord(inner, (of, name) => fromWire(of, record(raw, place)[name], [...place, name]));
  if (kind === 'map') return mapRecord(record(raw, place), (each, key) => fromWire(inner, each, [...place, key]));
  if (kind === 'tuple') return inner.map((of, index) => fromWire(of, array(raw, place)[index], [...place, index]));
  return array(raw, place).map((each, index) => fromWire(inner, each, [...place, index]));
}

function scalarFromWire(type: Type & string, raw: unknown, place: Place): Value {
  if (type === 'dynamic') return dynamicFromWire(raw, place);
  if (type === 'string' && typeof raw === 'string') return raw;
  if (type === 'bool' && typeof raw === 'boolean') return raw;
  if (type === 'number') {
    if (typeof raw === 'number') return raw;
    if (typeof raw === 'bigint' || typeof raw === 'string') return numberFromText(raw.toString());
  }
  throw typeMismatch(type, place);
}

function dynamicFromWire(raw: unknown, place: Place): Value {
  const [typeJson, value] = array(raw, place);
  if (!(typeJson instanceof Uint8Array)) throw typeMismatch('dynamic', place);
  const type = JSON.parse(Buffer.from(typeJson).toString('utf8')) as Type;
  return new Dynamic(type, fromWire(type, value, place));
}

function toWire(type: Type, value: Value, place: Place): unknown {
  if (value === null) return null;
  if (value instanceof Unknown) return unknownOnWire;
  if (typeof type === 'string') return scalarToWire(type, value, place);
  const [kind, inner] = type;
  if (kind === 'object') return objectToWire(inner, value, place);
  if (kind === 'map')
    return mapRecord(record(value, place), (each, key) => toWire(inner, each as Value, [...place, key]));
  const elements = array(value, place);
  if (kind === 'tuple')
    return inner.map((of, index) => toWire(of, (elements[index] ?? null) as Value, [...place, index]));
  return elements.map((each, index) => toWire(inner, each as Value, [...place, index]));
}

/** Terraform refuses an object with an attribute too few, and loses it where it was just created. */
function objectToWire(types: Readonly<Record<string, Type>>, value: Value, place: Place): unknown {
  const object = record(value, place) as ObjectValue;
  const stray = Object.keys(object).find((name) => !Object.hasOwn(types, name));
  if (stray !== undefined)
    throw new TypeError(`the provider returned ${at([...place, stray])}, which its schema does not have`);
  return mapRecord(types, (of, name) =>
    toWire(of, Object.hasOwn(object, name) ? (object[name] ?? null) : null, [...place, name]),
  );
}

function scalarToWire(type: Type & string, value: Value, place: Place): unknown {
  if (type === 'dynamic' && value instanceof Dynamic)
    return [Buffer.from(JSON.stringify(value.type)), toWire(value.type, value.value, place)];
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'bool' && typeof value === 'boolean') return value;
  // Terraform itself crashes on a number that is none, and with it goes the state of the whole run.
  if (type === 'number' && (Number.isFinite(value) || typeof value === 'bigint' || value instanceof Decimal))
    return numberToWire(value as number | bigint | Decimal);
  throw typeMismatch(type, place);
}

function mapRecord<A, B>(
  source: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  const target: Record<string, B> = {};
  for (const name in source) target[name] = change(source[name] as A, name);
  return target;
}

function record(raw: unknown, place: Place): Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw typeMismatch('object', place);
  return raw as Readonly<Record<string, unknown>>;
}

function array(raw: unknown, place: Place): readonly unknown[] {
  if (!Array.isArray(raw)) throw typeMismatch('list', place);
  return raw;
}

function typeMismatch(expected: string, place: Place): TypeError {
  return new TypeError(`${at(place)} is not a ${expected}`);
}

function at(place: Place): string {
  return place.length === 0 ? 'the value' : place.join('.');
}
