/**
 * Values on the wire: msgpack as go-cty writes and reads it (plugin-protocol.md, section 2).
 * An unknown value is an extension; numbers come as integer, double or decimal string.
 */
import { Decoder, Encoder, ExtData } from '@msgpack/msgpack';
import { numberFromText, numberToWire } from './numbers';
import type { Type } from '../schema';
import { Decimal, Dynamic, Unknown, unknown, type ObjectValue, type Value } from '../value';
import { at, formatPath, type ValuePath } from './value-path';

// One of each for all values: a new one allocates buffers of some kilobytes.
const decoder = new Decoder({ useBigInt64: true });
const encoder = new Encoder({ useBigInt64: true });

/** An unknown value without refinements. */
const unknownOnWire = new ExtData(0, new Uint8Array(1));

/**
 * Reads a value.
 *
 * @param bytes undefined for a value that was left out, which is null
 * @throws TypeError when the bytes do not hold a value of the type; the message has the path, never the value
 */
export function decodeValue(type: Type, bytes: Uint8Array | undefined): Value {
  return bytes === undefined || bytes.length === 0 ? null : fromWire(type, decoder.decode(bytes), undefined);
}

/**
 * Writes a value.
 *
 * @throws TypeError when the value is not of the type; the message has the path, never the value
 */
export function encodeValue(type: Type, value: Value): Uint8Array {
  return encoder.encode(toWire(type, value, undefined));
}

function fromWire(type: Type, raw: unknown, path: ValuePath): Value {
  if (raw === null || raw === undefined) return null;
  // What a refined unknown says about the value is of no use here.
  if (raw instanceof ExtData) return unknown;
  if (typeof type === 'string') return scalarFromWire(type, raw, path);
  const [kind, inner] = type;
  if (kind === 'object') return mapRecord(inner, (of, name) => fromWire(of, record(raw, path)[name], at(path, name)));
  if (kind === 'map') return mapRecord(record(raw, path), (each, key) => fromWire(inner, each, at(path, key)));
  if (kind === 'tuple') return inner.map((of, index) => fromWire(of, array(raw, path)[index], at(path, index)));
  return array(raw, path).map((each, index) => fromWire(inner, each, at(path, index)));
}

function scalarFromWire(type: Type & string, raw: unknown, path: ValuePath): Value {
  if (type === 'dynamic') return dynamicFromWire(raw, path);
  if (type === 'string' && typeof raw === 'string') return raw;
  if (type === 'bool' && typeof raw === 'boolean') return raw;
  if (type === 'number') {
    if (typeof raw === 'number') return raw;
    if (typeof raw === 'bigint' || typeof raw === 'string') return numberFromText(raw.toString());
  }
  throw typeMismatch(type, path);
}

function dynamicFromWire(raw: unknown, path: ValuePath): Value {
  const [typeJson, value] = array(raw, path);
  if (!(typeJson instanceof Uint8Array)) throw typeMismatch('dynamic', path);
  const type = JSON.parse(Buffer.from(typeJson).toString('utf8')) as Type;
  return new Dynamic(type, fromWire(type, value, path));
}

function toWire(type: Type, value: Value, path: ValuePath): unknown {
  if (value === null) return null;
  if (value instanceof Unknown) return unknownOnWire;
  if (typeof type === 'string') return scalarToWire(type, value, path);
  const [kind, inner] = type;
  if (kind === 'object') return objectToWire(inner, value, path);
  if (kind === 'map') return mapRecord(record(value, path), (each, key) => toWire(inner, each as Value, at(path, key)));
  const elements = array(value, path);
  if (kind === 'tuple')
    return inner.map((of, index) => toWire(of, (elements[index] ?? null) as Value, at(path, index)));
  return elements.map((each, index) => toWire(inner, each as Value, at(path, index)));
}

/** Terraform refuses an object that lacks an attribute, and loses it where it was just created. */
function objectToWire(types: Readonly<Record<string, Type>>, value: Value, path: ValuePath): unknown {
  const object = record(value, path) as ObjectValue;
  const unexpected = Object.keys(object).find((name) => !Object.hasOwn(types, name));
  if (unexpected !== undefined)
    throw new TypeError(`the provider returned ${formatPath(at(path, unexpected))}, which its schema does not have`);
  return mapRecord(types, (of, name) =>
    toWire(of, Object.hasOwn(object, name) ? (object[name] ?? null) : null, at(path, name)),
  );
}

function scalarToWire(type: Type & string, value: Value, path: ValuePath): unknown {
  if (type === 'dynamic' && value instanceof Dynamic)
    return [Buffer.from(JSON.stringify(value.type)), toWire(value.type, value.value, path)];
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'bool' && typeof value === 'boolean') return value;
  // Terraform itself crashes on a number that is not finite, and the state of the whole run is lost.
  if (type === 'number' && (Number.isFinite(value) || typeof value === 'bigint' || value instanceof Decimal))
    return numberToWire(value as number | bigint | Decimal);
  throw typeMismatch(type, path);
}

function mapRecord<A, B>(
  source: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  const target: Record<string, B> = {};
  for (const name in source) target[name] = change(source[name] as A, name);
  return target;
}

function record(raw: unknown, path: ValuePath): Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw typeMismatch('object', path);
  return raw as Readonly<Record<string, unknown>>;
}

function array(raw: unknown, path: ValuePath): readonly unknown[] {
  if (!Array.isArray(raw)) throw typeMismatch('list', path);
  return raw;
}

function typeMismatch(expected: string, path: ValuePath): TypeError {
  return new TypeError(`${formatPath(path) || 'the value'} is not a ${expected}`);
}
