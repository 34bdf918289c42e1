/**
 * Values on the wire: msgpack as go-cty writes and reads it (plugin-protocol.md, section 2).
 * An unknown value is an extension; numbers come as integer, double or decimal string.
 *
 * Each value is read from its bytes, and written to them, by its type: a library would make an object of any shape first,
 * and this is done several times for each object of a plan.
 */
import type { Type } from '../schema';
import { Decimal, Dynamic, Unknown, unknown, type ObjectValue, type Value } from '../value';
import { ByteWriter } from './byte-writer';
import { MsgpackReader } from './msgpack-reader';
import {
  writeArrayHead,
  writeBinary,
  writeBoolean,
  writeMapHead,
  writeNull,
  writeNumber,
  writeString,
  writeUnknown,
} from './msgpack-writer';
import { numberFromText, numberToWire } from './numbers';
import { shapeOf } from './object-shape';
import { asBuffer } from './bytes';
import { at, formatPath, type ValuePath } from './value-path';

/**
 * Reads a value.
 *
 * @param bytes undefined for a value that was left out, which is null
 * @throws TypeError when the bytes do not hold a value of the type; the message has the path, never the value
 * @throws RangeError when they are no msgpack
 */
export function decodeValue(type: Type, bytes: Uint8Array | undefined): Value {
  if (bytes === undefined || bytes.length === 0) return null;
  const reader = new MsgpackReader(asBuffer(bytes));
  const value = read(type, reader, undefined);
  if (!reader.isAtEnd) throw new RangeError('a msgpack value has bytes after it');
  return value;
}

function read(type: Type, reader: MsgpackReader, path: ValuePath): Value {
  const form = reader.next();
  if (form === 'null') return null;
  if (form === 'extension') {
    // What a refined unknown says about the value is of no use here.
    reader.skipContent(form);
    return unknown;
  }
  if (typeof type === 'string') {
    if (type === 'string' && form === 'string') return reader.string();
    if (type === 'bool' && form === 'boolean') return reader.boolean();
    if (type === 'number' && form === 'number') return readNumber(reader.number());
    if (type === 'number' && form === 'string') return numberFromText(reader.string());
    if (type === 'dynamic' && form === 'array') return readDynamic(reader, path);
    throw typeMismatch(type, path);
  }
  const [kind, inner] = type;
  if (kind === 'object' || kind === 'map') {
    if (form !== 'map') throw typeMismatch('object', path);
    return kind === 'object' ? readObject(inner, reader, path) : readMap(inner, reader, path);
  }
  if (form !== 'array') throw typeMismatch('list', path);
  return kind === 'tuple' ? readTuple(inner, reader, path) : readList(inner, reader, path);
}

/** A double is a number as it is. */
function readNumber(value: number | bigint): Value {
  return typeof value === 'number' ? value : numberFromText(value.toString());
}

function readObject(types: Readonly<Record<string, Type>>, reader: MsgpackReader, path: ValuePath): ObjectValue {
  const { sorted, nulls } = shapeOf(types);
  const object: Record<string, Value> = { ...nulls };
  const { size } = reader;
  for (let index = 0; index < size; index += 1) {
    const expected = sorted[index];
    const isExpected = expected !== undefined && reader.takeBytes(expected.key);
    const name = isExpected ? expected.name : readKey(reader, path);
    const type = isExpected ? expected.type : Object.hasOwn(types, name) ? types[name] : undefined;
    if (!type) reader.skipContent(reader.next());
    else if (!reader.takeNull()) object[name] = read(type, reader, at(path, name));
  }
  return object;
}

function readMap(inner: Type, reader: MsgpackReader, path: ValuePath): ObjectValue {
  const map: Record<string, Value> = {};
  for (let { size } = reader; size > 0; size -= 1) {
    const key = readKey(reader, path);
    map[key] = read(inner, reader, at(path, key));
  }
  return map;
}

/** An assignment to `__proto__` would not make an entry. */
function readKey(reader: MsgpackReader, path: ValuePath): string {
  const key = reader.next() === 'string' ? reader.string() : undefined;
  if (key === undefined || key === '__proto__') throw new TypeError(`${describe(path)} has a key that is not allowed`);
  return key;
}

function readList(inner: Type, reader: MsgpackReader, path: ValuePath): Value[] {
  const list: Value[] = [];
  const { size } = reader;
  for (let index = 0; index < size; index += 1) list.push(read(inner, reader, at(path, index)));
  return list;
}

/** Elements that are missing are null. */
function readTuple(types: readonly Type[], reader: MsgpackReader, path: ValuePath): Value[] {
  const { size } = reader;
  const tuple = types.map((type, index) => (index < size ? read(type, reader, at(path, index)) : null));
  for (let index = types.length; index < size; index += 1) reader.skipContent(reader.next());
  return tuple;
}

/** A value after its type. */
function readDynamic(reader: MsgpackReader, path: ValuePath): Dynamic {
  if (reader.size !== 2 || reader.next() !== 'binary') throw typeMismatch('dynamic', path);
  const type = JSON.parse(reader.binary().toString('utf8')) as Type;
  return new Dynamic(type, read(type, reader, path));
}

// One for all values.
const writer = new ByteWriter();

/**
 * Writes a value.
 *
 * @throws TypeError when the value is not of the type; the message has the path, never the value
 */
export function encodeValue(type: Type, value: Value): Buffer {
  writer.begin();
  write(type, value, undefined);
  return writer.finish();
}

function write(type: Type, value: Value, path: ValuePath): void {
  if (value === null) writeNull(writer);
  else if (value instanceof Unknown) writeUnknown(writer);
  else if (typeof type === 'string') writeScalar(type, value, path);
  else if (type[0] === 'object') writeObject(type[1], record(value, path), path);
  else if (type[0] === 'map') writeMap(type[1], record(value, path), path);
  else if (type[0] === 'tuple') writeTuple(type[1], array(value, path), path);
  else writeList(type[1], array(value, path), path);
}

function writeScalar(type: Type & string, value: NonNullable<Value>, path: ValuePath): void {
  if (type === 'string' && typeof value === 'string') writeString(writer, value);
  else if (type === 'bool' && typeof value === 'boolean') writeBoolean(writer, value);
  else if (type === 'number' && isNumber(value)) writeNumberOrText(numberToWire(value));
  else if (type === 'dynamic' && value instanceof Dynamic) {
    writeArrayHead(writer, 2);
    writeBinary(writer, Buffer.from(JSON.stringify(value.type)));
    write(value.type, value.value, path);
  } else throw typeMismatch(type, path);
}

/** Terraform itself crashes on a number that is not finite, and the state of the whole run is lost. */
function isNumber(value: Value): value is number | bigint | Decimal {
  return Number.isFinite(value) || typeof value === 'bigint' || value instanceof Decimal;
}

function writeNumberOrText(value: number | bigint | string): void {
  if (typeof value === 'string') writeString(writer, value);
  else writeNumber(writer, value);
}

/** Terraform refuses an object that lacks an attribute, and loses it where it was just created. */
function writeObject(types: Readonly<Record<string, Type>>, object: ObjectValue, path: ValuePath): void {
  const { attributes } = shapeOf(types);
  let written = 0;
  writeMapHead(writer, attributes.length);
  for (const { name, type, key } of attributes) {
    writer.bytes(key);
    const isOwn = Object.hasOwn(object, name);
    if (isOwn) written += 1;
    const value = isOwn ? (object[name] ?? null) : null;
    if (value === null) writeNull(writer);
    else write(type, value, at(path, name));
  }
  const names = Object.keys(object);
  if (names.length === written) return;
  const unexpected = names.find((name) => !Object.hasOwn(types, name)) ?? '';
  throw new TypeError(`the provider returned ${formatPath(at(path, unexpected))}, which its schema does not have`);
}

function writeMap(inner: Type, map: ObjectValue, path: ValuePath): void {
  const entries = Object.entries(map);
  writeMapHead(writer, entries.length);
  for (const [key, value] of entries) {
    writeString(writer, key);
    write(inner, value, at(path, key));
  }
}

function writeTuple(types: readonly Type[], elements: readonly Value[], path: ValuePath): void {
  writeArrayHead(writer, types.length);
  types.forEach((type, index) => write(type, elements[index] ?? null, at(path, index)));
}

function writeList(inner: Type, elements: readonly Value[], path: ValuePath): void {
  writeArrayHead(writer, elements.length);
  elements.forEach((element, index) => write(inner, element, at(path, index)));
}

function record(value: Value, path: ValuePath): ObjectValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw typeMismatch('object', path);
  // A number or a dynamic value has no attribute of any type, and is refused for what it has.
  return value as ObjectValue;
}

function array(value: Value, path: ValuePath): readonly Value[] {
  if (!Array.isArray(value)) throw typeMismatch('list', path);
  return value as readonly Value[];
}

function describe(path: ValuePath): string {
  return formatPath(path) || 'the value';
}

function typeMismatch(expected: string, path: ValuePath): TypeError {
  return new TypeError(`${describe(path)} is not a ${expected}`);
}
