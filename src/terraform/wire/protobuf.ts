/**
 * The part of protobuf's wire format that the plugin protocol uses, driven by a table of messages.
 * Written by hand because a protobuf library costs more at start than the whole provider (plugin-protocol.md, section 6).
 */

import { oncePer } from '../../once-per';
import { ByteWriter } from './byte-writer';
import { asBuffer } from './bytes';

/**
 * A field of a message. `type` is a scalar (`string`, `bytes`, `bool`, `int64`, `int32`), the name of a message of the
 * same table, or the name of an enum, whose values are numbers. The keys of a map are strings.
 */
export interface Field {
  readonly number: number;
  readonly type: string;
  readonly many?: 'list' | 'map';
  /** Marked `optional` in the definition: presence counts. Encoding treats every field so. */
  readonly optional?: true;
  /** The group of fields of which only one is set. */
  readonly oneOf?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** Messages by name. */
export type MessageTable = Readonly<Record<string, Fields>>;

type Single<Table extends MessageTable, Type> = Type extends keyof Table
  ? MessageOf<Table, Type>
  : Type extends 'string'
    ? string
    : Type extends 'bytes'
      ? Uint8Array
      : Type extends 'bool'
        ? boolean
        : number;

/** The value of a message, inferred from its row of the table. A field that is absent is undefined. */
export type MessageOf<Table extends MessageTable, Name extends keyof Table> = {
  readonly [F in keyof Table[Name]]?: Table[Name][F]['many'] extends 'list'
    ? readonly Single<Table, Table[Name][F]['type']>[]
    : Table[Name][F]['many'] extends 'map'
      ? Readonly<Record<string, Single<Table, Table[Name][F]['type']>>>
      : Single<Table, Table[Name][F]['type']>;
};

const varintWire = 0;
const fixed64Wire = 1;
const lengthWire = 2;
const fixed32Wire = 5;

// One for all messages.
const writer = new ByteWriter();

/** Writes a message. Fields that are undefined are left out; all others are written, whatever their value. */
export function encodeMessage<Table extends MessageTable, Name extends keyof Table>(
  table: Table,
  name: Name,
  message: MessageOf<Table, Name>,
): Buffer {
  writer.begin();
  writeFields(table, table[name], message);
  return writer.finish();
}

/**
 * Reads a message. Fields that the table does not have are skipped: a newer engine may send more.
 *
 * @throws RangeError when the bytes end inside a field
 */
export function decodeMessage<Table extends MessageTable, Name extends keyof Table>(
  table: Table,
  name: Name,
  bytes: Uint8Array,
): MessageOf<Table, Name> {
  // `readFields` reads by the same row of the table from which the type is inferred.
  return readFields(table, table[name], new Reader(asBuffer(bytes)), bytes.length) as MessageOf<Table, Name>;
}

type FieldValues = Readonly<Record<string, unknown>>;

function writeFields(table: MessageTable, fields: Fields | undefined, message: FieldValues): void {
  for (const name in fields) {
    const field = fields[name];
    const value = message[name];
    if (!field || value === undefined) continue;
    // The table says which form the value has; `MessageOf` has checked it where it was written.
    if (field.many === 'list') for (const each of value as unknown[]) writeField(table, field, each);
    else if (field.many === 'map') writeMap(table, field, value as FieldValues);
    else writeField(table, field, value);
  }
}

function writeField(table: MessageTable, { number, type }: Pick<Field, 'number' | 'type'>, value: unknown): void {
  const wire = wireOf(table, type);
  writeVarint(writer, (number << 3) | wire);
  if (wire === varintWire) writeVarint(writer, Number(value));
  else if (typeof value === 'string') writer.text(value, writeVarint);
  else if (value instanceof Uint8Array) {
    writeVarint(writer, value.length);
    writer.bytes(value);
  } else writeMessage(table, table[type], value as FieldValues);
}

/** A map is a list of messages with a key (1) and a value (2). */
function writeMap(table: MessageTable, { number, type }: Field, map: FieldValues): void {
  for (const key in map) {
    writeVarint(writer, (number << 3) | lengthWire);
    writeMessage(table, entryFields(type), { key, value: map[key] });
  }
}

/** Writes a message inside of another one, and then its length before it. Most lengths have one byte or two. */
function writeMessage(table: MessageTable, fields: Fields | undefined, message: FieldValues): void {
  const start = writer.length;
  writeFields(table, fields, message);
  const { length } = writer;
  writeVarint(writer, length - start);
  writer.moveEnd(length, start);
}

function entryFields(type: string): Fields {
  return { key: { number: 1, type: 'string' }, value: { number: 2, type } };
}

function writeVarint(to: ByteWriter, value: number): void {
  if (value < 0) return writeNegativeVarint(to, value);
  let rest = value;
  // Not by shifting, which ends at 32 bits.
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) to.byte((rest % 0x80) | 0x80);
  to.byte(rest);
}

/** A negative int64 takes all ten bytes, in two's complement. */
function writeNegativeVarint(to: ByteWriter, value: number): void {
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) to.byte(Number(rest & 0x7fn) | 0x80);
  to.byte(Number(rest));
}

function readFields(table: MessageTable, fields: Fields | undefined, reader: Reader, end: number): FieldValues {
  const message: Record<string, unknown> = {};
  const names = fields && namesByNumber(fields);
  while (reader.at < end) {
    const tag = reader.varint();
    const name = names?.get(tag >>> 3);
    const wire = tag & 7;
    const field = name === undefined ? undefined : fields?.[name];
    // A known number in another wire type is a field of another meaning, and skipped as well.
    if (name === undefined || !field || wire !== wireOf(table, field.type, field.many)) {
      reader.skip(wire, end);
      continue;
    }
    if (field.many === 'list')
      message[name] = [...((message[name] as unknown[] | undefined) ?? []), readSingle(table, field.type, reader, end)];
    else if (field.many === 'map')
      message[name] = { ...(message[name] as object | undefined), ...readEntry(table, field.type, reader, end) };
    else message[name] = readSingle(table, field.type, reader, end);
  }
  if (reader.at > end) throw endsInside();
  return message;
}

/** Enums are the only types that are neither scalars nor in the table. */
function wireOf(table: MessageTable, type: string, many?: Field['many']): number {
  return many === 'map' || type === 'string' || type === 'bytes' || table[type] ? lengthWire : varintWire;
}

const namesByNumber = oncePer(
  (fields: Fields): ReadonlyMap<number, string> =>
    new Map(Object.entries(fields).map(([name, { number }]) => [number, name])),
);

function readSingle(table: MessageTable, type: string, reader: Reader, end: number): unknown {
  if (wireOf(table, type) === varintWire) return type === 'bool' ? reader.varint() !== 0 : reader.varint();
  const valueEnd = reader.endOfValue(end);
  if (type === 'string') return reader.string(valueEnd);
  return type === 'bytes' ? reader.bytes(valueEnd) : readFields(table, table[type], reader, valueEnd);
}

function readEntry(table: MessageTable, type: string, reader: Reader, end: number): FieldValues {
  const entry = readFields(table, entryFields(type), reader, reader.endOfValue(end));
  const { key = '', value } = entry as { readonly key?: string; readonly value?: unknown };
  return { [key]: value };
}

/** Reads one field after the other. What is read must end before a given end: that of the message around it. */
class Reader {
  #at = 0;

  constructor(private readonly buffer: Buffer) {}

  get at(): number {
    return this.#at;
  }

  varint(): number {
    // Tags and lengths are short: a bigint for each would cost more than all the rest of a message.
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return this.#longVarint(BigInt(value));
  }

  /** The rest of a number, after four bytes of it. */
  #longVarint(start: bigint): number {
    let value = start;
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError('a protobuf number has more than ten bytes');
  }

  /** Where the value ends whose length is next. */
  endOfValue(end: number): number {
    const length = this.varint();
    if (length < 0 || this.#at + length > end) throw endsInside();
    return this.#at + length;
  }

  string(end: number): string {
    const start = this.#at;
    this.#at = end;
    return this.buffer.toString('utf8', start, end);
  }

  bytes(end: number): Buffer {
    const start = this.#at;
    this.#at = end;
    return this.buffer.subarray(start, end);
  }

  /** Passes over a value, which may turn out to end too late. */
  skip(wire: number, end: number): void {
    if (wire === varintWire) this.varint();
    else if (wire === lengthWire) this.#at = this.endOfValue(end);
    else if (wire === fixed64Wire) this.#at += 8;
    else if (wire === fixed32Wire) this.#at += 4;
    else throw new RangeError(`protobuf wire type ${wire} is not supported`);
  }

  #byte(): number {
    const byte = this.buffer[this.#at];
    if (byte === undefined) throw endsInside();
    this.#at += 1;
    return byte;
  }
}

function endsInside(): RangeError {
  return new RangeError('a protobuf message ends inside a field');
}
