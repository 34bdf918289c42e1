/**
 * The part of protobuf's wire format that the plugin protocol uses, driven by a table of messages.
 * Written by hand because a protobuf library costs more at start than the whole provider (plugin-protocol.md, section 6).
 */

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

/** Writes a message. Fields that are undefined are left out; all others are written, whatever their value. */
export function encodeMessage<Table extends MessageTable, Name extends keyof Table>(
  table: Table,
  name: Name,
  message: MessageOf<Table, Name>,
): Buffer {
  return encodeFields(table, table[name], message);
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
  // `decodeFields` reads by the same row of the table from which the type is inferred.
  return decodeFields(table, table[name], bytes) as MessageOf<Table, Name>;
}

type FieldValues = Readonly<Record<string, unknown>>;

function encodeFields(table: MessageTable, fields: Fields | undefined, message: FieldValues): Buffer {
  const chunks: Uint8Array[] = [];
  for (const name in fields) {
    const field = fields[name];
    const value = message[name];
    if (!field || value === undefined) continue;
    // The table says which form the value has; `MessageOf` has checked it where it was written.
    if (field.many === 'list') for (const each of value as unknown[]) writeField(chunks, table, field, each);
    else if (field.many === 'map') writeMap(chunks, table, field, value as FieldValues);
    else writeField(chunks, table, field, value);
  }
  return Buffer.concat(chunks);
}

function writeField(
  chunks: Uint8Array[],
  table: MessageTable,
  { number, type }: Pick<Field, 'number' | 'type'>,
  value: unknown,
): void {
  const wire = wireOf(table, type);
  chunks.push(varint((number << 3) | wire));
  if (wire === varintWire) {
    chunks.push(varint(Number(value)));
    return;
  }
  const fields = table[type];
  const bytes = fields ? encodeFields(table, fields, value as FieldValues) : Buffer.from(value as string & Uint8Array);
  chunks.push(varint(bytes.length), bytes);
}

/** A map is a list of messages with a key (1) and a value (2). */
function writeMap(chunks: Uint8Array[], table: MessageTable, { number, type }: Field, map: FieldValues): void {
  for (const key in map) {
    const bytes = encodeFields(table, entryFields(type), { key, value: map[key] });
    chunks.push(varint((number << 3) | lengthWire), varint(bytes.length), bytes);
  }
}

function entryFields(type: string): Fields {
  return { key: { number: 1, type: 'string' }, value: { number: 2, type } };
}

/** Tags and most numbers are this short, so their bytes are made once. */
const oneByte = Array.from({ length: 0x80 }, (_, value) => Uint8Array.of(value));

function varint(value: number): Uint8Array {
  return oneByte[value] ?? (value < 0 ? negativeVarint(value) : longVarint(value));
}

function longVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  // Not by shifting, which ends at 32 bits.
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** A negative int64 takes all ten bytes, in two's complement. */
function negativeVarint(value: number): Uint8Array {
  const bits = BigInt.asUintN(64, BigInt(value));
  return Uint8Array.from({ length: 10 }, (_, index) => {
    const byte = Number((bits >> BigInt(index * 7)) & 0x7fn);
    return index < 9 ? byte | 0x80 : byte;
  });
}

function decodeFields(table: MessageTable, fields: Fields | undefined, bytes: Uint8Array): FieldValues {
  const message: Record<string, unknown> = {};
  const names = fields && namesByNumber(fields);
  const reader = new Reader(bytes);
  while (reader.more) {
    const tag = reader.varint();
    const name = names?.get(tag >>> 3);
    const wire = tag & 7;
    const raw = reader.value(wire);
    const field = name === undefined ? undefined : fields?.[name];
    // A known number in another wire type is a field of another meaning, and skipped as well.
    if (name === undefined || !field || wire !== wireOf(table, field.type, field.many)) continue;
    if (field.many === 'list')
      message[name] = [...((message[name] as unknown[] | undefined) ?? []), decodeSingle(table, field.type, raw)];
    else if (field.many === 'map')
      message[name] = { ...(message[name] as object | undefined), ...decodeEntry(table, field.type, raw) };
    else message[name] = decodeSingle(table, field.type, raw);
  }
  return message;
}

/** Enums are the only types that are neither scalars nor in the table. */
function wireOf(table: MessageTable, type: string, many?: Field['many']): number {
  return many === 'map' || type === 'string' || type === 'bytes' || table[type] ? lengthWire : varintWire;
}

const numberTables = new WeakMap<Fields, Map<number, string>>();

function namesByNumber(fields: Fields): Map<number, string> {
  let names = numberTables.get(fields);
  if (!names) {
    names = new Map(Object.entries(fields).map(([name, { number }]) => [number, name]));
    numberTables.set(fields, names);
  }
  return names;
}

function decodeSingle(table: MessageTable, type: string, raw: number | Uint8Array): unknown {
  if (typeof raw === 'number') return type === 'bool' ? raw !== 0 : raw;
  if (type === 'string') return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
  const fields = table[type];
  return fields ? decodeFields(table, fields, raw) : raw;
}

function decodeEntry(table: MessageTable, type: string, raw: number | Uint8Array): FieldValues {
  // An entry is a message, which is never sent as a bare number.
  const { key = '', value } = decodeFields(table, entryFields(type), raw as Uint8Array) as {
    readonly key?: string;
    readonly value?: unknown;
  };
  return { [key]: value };
}

class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get more(): boolean {
    return this.#at < this.bytes.length;
  }

  varint(): number {
    // Tags and lengths are short: a bigint for each would cost more than all the rest of a message.
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return this.longVarint(BigInt(value));
  }

  /** The rest of a number, after four bytes of it. */
  private longVarint(start: bigint): number {
    let value = start;
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError('a protobuf number has more than ten bytes');
  }

  value(wire: number): number | Uint8Array {
    if (wire === varintWire) return this.varint();
    if (wire === lengthWire) return this.take(this.varint());
    if (wire === fixed64Wire) return this.take(8);
    if (wire === fixed32Wire) return this.take(4);
    throw new RangeError(`protobuf wire type ${wire} is not supported`);
  }

  private byte(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw endsInside();
    this.#at += 1;
    return byte;
  }

  private take(length: number): Uint8Array {
    if (length < 0 || this.#at + length > this.bytes.length) throw endsInside();
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}

function endsInside(): RangeError {
  return new RangeError('a protobuf message ends inside a field');
}
