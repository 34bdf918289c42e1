/**
 * The part of protobuf's wire format that the plugin protocol uses, driven by tables of fields.
 * Written by hand because a protobuf library costs more at start than the whole provider does.
 */

/** A field of a message: its number, its type, and whether it comes once, many times, or as a map with text keys. */
export interface FieldSpec {
  readonly number: number;
  readonly type: 'string' | 'bytes' | 'int64' | 'bool' | (() => MessageSpec);
  readonly many?: 'list' | 'map';
}

export type MessageSpec = Readonly<Record<string, FieldSpec>>;

type Single<F extends FieldSpec> = F['type'] extends 'string'
  ? string
  : F['type'] extends 'bytes'
    ? Uint8Array
    : F['type'] extends 'int64'
      ? number
      : F['type'] extends 'bool'
        ? boolean
        : F['type'] extends () => infer M
          ? M extends MessageSpec
            ? Message<M>
            : never
          : never;

/**
 * The value of a message, inferred from its table. A field that is absent is undefined.
 * A table that refers to itself has to be declared as `MessageSpec`, and says nothing of its values.
 */
export type Message<M extends MessageSpec> = MessageSpec extends M
  ? Readonly<Record<string, unknown>>
  : {
      readonly [Name in keyof M]?: M[Name]['many'] extends 'list'
        ? readonly Single<M[Name]>[]
        : M[Name]['many'] extends 'map'
          ? Readonly<Record<string, Single<M[Name]>>>
          : Single<M[Name]>;
    };

const varintWire = 0;
const fixed64Wire = 1;
const lengthWire = 2;
const fixed32Wire = 5;

/** Writes a message. Fields that are undefined are left out; all others are written, whatever their value. */
export function encodeMessage<M extends MessageSpec>(spec: M, message: Message<M>): Buffer {
  const chunks: Uint8Array[] = [];
  for (const [name, field] of Object.entries(spec)) {
    const value = (message as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) continue;
    // The table says which form the value has; `Message` has checked it where it was written.
    if (field.many === 'list') for (const each of value as unknown[]) writeField(chunks, field, each);
    else if (field.many === 'map')
      for (const [key, each] of Object.entries(value as object)) writeEntry(chunks, field, key, each);
    else writeField(chunks, field, value);
  }
  return Buffer.concat(chunks);
}

function writeField(chunks: Uint8Array[], { number, type }: FieldSpec, value: unknown): void {
  const wire = wireOf({ number, type });
  chunks.push(varint((number << 3) | wire));
  if (wire === varintWire) {
    chunks.push(varint(Number(value)));
    return;
  }
  const bytes =
    typeof type === 'function'
      ? encodeMessage(type(), value as Readonly<Record<string, unknown>>)
      : Buffer.from(value as string & Uint8Array);
  chunks.push(varint(bytes.length), bytes);
}

/** A map is a list of messages with a key (1) and a value (2). */
function writeEntry(chunks: Uint8Array[], { number, type }: FieldSpec, key: string, value: unknown): void {
  const entry: Uint8Array[] = [];
  writeField(entry, { number: 1, type: 'string' }, key);
  writeField(entry, { number: 2, type }, value);
  const bytes = Buffer.concat(entry);
  chunks.push(varint((number << 3) | lengthWire), varint(bytes.length), bytes);
}

function varint(value: number): Uint8Array {
  // A negative int64 takes all ten bytes, in two's complement.
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

/**
 * Reads a message. Fields that the table does not know are skipped, as a newer Terraform may send them.
 *
 * @throws RangeError when the bytes end inside a field
 */
export function decodeMessage<M extends MessageSpec>(spec: M, bytes: Uint8Array): Message<M> {
  const names = namesByNumber(spec);
  const reader = new Reader(bytes);
  const message: Record<string, unknown> = {};
  while (reader.more) {
    const tag = reader.varint();
    const name = names.get(tag >>> 3);
    const wire = tag & 7;
    const raw = reader.value(wire);
    const field = name === undefined ? undefined : spec[name];
    // A known number in another form is a field of another meaning, and skipped as well.
    if (name === undefined || !field || wire !== wireOf(field)) continue;
    if (field.many === 'list')
      message[name] = [...((message[name] as unknown[] | undefined) ?? []), decodeSingle(field, raw)];
    else if (field.many === 'map')
      message[name] = { ...(message[name] as object | undefined), ...decodeEntry(field, raw) };
    else message[name] = decodeSingle(field, raw);
  }
  return message as Message<M>;
}

function wireOf({ type }: FieldSpec): number {
  return type === 'int64' || type === 'bool' ? varintWire : lengthWire;
}

const numberTables = new WeakMap<MessageSpec, Map<number, string>>();

function namesByNumber(spec: MessageSpec): Map<number, string> {
  let names = numberTables.get(spec);
  if (!names) {
    names = new Map(Object.entries(spec).map(([name, { number }]) => [number, name]));
    numberTables.set(spec, names);
  }
  return names;
}

function decodeSingle({ type }: FieldSpec, raw: number | Uint8Array): unknown {
  if (typeof raw === 'number') return type === 'bool' ? raw !== 0 : raw;
  if (type === 'string') return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
  return typeof type === 'function' ? decodeMessage(type(), raw) : raw;
}

function decodeEntry(field: FieldSpec, raw: number | Uint8Array): Record<string, unknown> {
  const spec: MessageSpec = { key: { number: 1, type: 'string' }, value: { number: 2, type: field.type } };
  // An entry is a message, which is never sent as a bare number.
  const { key = '', value } = decodeMessage(spec, raw as Uint8Array) as {
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
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.take(1)[0] ?? 0;
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
    throw new RangeError(`protobuf wire type ${wire} is not in use`);
  }

  private take(length: number): Uint8Array {
    if (length < 0 || this.#at + length > this.bytes.length)
      throw new RangeError('a protobuf message ends inside a field');
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}
