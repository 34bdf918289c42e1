/**
 * Reads msgpack from its bytes, value by value, as the caller expects them (plugin-protocol.md, section 2). Nothing is
 * allocated for a length that the bytes only state.
 */

type Form = 'null' | 'boolean' | 'number' | 'string' | 'binary' | 'extension' | 'array' | 'map';

/** How a value begins: the bytes of its size, and what is to be added to that. */
interface Head {
  readonly form: Form;
  readonly sizeBytes: number;
  readonly size: number;
}

/** By the first byte, from 0xc0 on. The size of a number or an extension includes all that follows the first byte. */
const heads: readonly (Head | undefined)[] = [
  ...[head('null'), undefined, head('boolean'), head('boolean')],
  ...[1, 2, 4].map((bytes) => head('binary', bytes)),
  ...[1, 2, 4].map((bytes) => head('extension', bytes, 1)),
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8].map((size) => head('number', 0, size)),
  ...[1, 2, 4, 8, 16].map((size) => head('extension', 0, size + 1)),
  ...[1, 2, 4].map((bytes) => head('string', bytes)),
  ...[2, 4].map((bytes) => head('array', bytes)),
  ...[2, 4].map((bytes) => head('map', bytes)),
];

function head(form: Form, sizeBytes = 0, size = 0): Head {
  return { form, sizeBytes, size };
}

export class MsgpackReader {
  #at = 0;
  #first = 0;
  #size = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at === this.bytes.length;
  }

  /** The number of elements of the array that begins here, or of entries of the map. */
  get size(): number {
    return this.#size;
  }

  /** Passes over a null, if one is next. */
  takeNull(): boolean {
    if (this.bytes[this.#at] !== 0xc0) return false;
    this.#at += 1;
    return true;
  }

  /** Passes over bytes, if they are next. */
  takeBytes(expected: Uint8Array): boolean {
    const { length } = expected;
    for (let index = 0; index < length; index += 1) if (this.bytes[this.#at + index] !== expected[index]) return false;
    this.#at += length;
    return true;
  }

  /**
   * Begins the next value. Its content has to be read or skipped, if its form has any.
   *
   * @throws RangeError where the bytes are no msgpack
   */
  next(): Form {
    const first = this.#byte();
    this.#first = first;
    if (first < 0x80 || first >= 0xe0) return this.#begun('number', 0);
    if (first < 0x90) return this.#begun('map', first & 0x0f);
    if (first < 0xa0) return this.#begun('array', first & 0x0f);
    if (first < 0xc0) return this.#begun('string', first & 0x1f);
    const found = heads[first - 0xc0];
    if (!found) throw new RangeError('a msgpack value begins with a byte that has no meaning');
    const { form, sizeBytes, size } = found;
    return this.#begun(form, sizeBytes === 0 ? size : size + this.#unsigned(sizeBytes));
  }

  /** The content of a boolean. */
  boolean(): boolean {
    return this.#first === 0xc3;
  }

  /** The content of a string. */
  string(): string {
    const end = this.#pass(this.#size);
    return this.bytes.toString('utf8', end - this.#size, end);
  }

  /** The content of a binary value. */
  binary(): Buffer {
    const end = this.#pass(this.#size);
    return this.bytes.subarray(end - this.#size, end);
  }

  /** The content of a number. */
  number(): number | bigint {
    const [first, size] = [this.#first, this.#size];
    if (size === 0) return first < 0x80 ? first : first - 0x100;
    const at = this.#pass(size) - size;
    if (first < 0xcc) return size === 4 ? this.bytes.readFloatBE(at) : this.bytes.readDoubleBE(at);
    if (first < 0xd0) return size === 8 ? this.bytes.readBigUInt64BE(at) : this.bytes.readUIntBE(at, size);
    return size === 8 ? this.bytes.readBigInt64BE(at) : this.bytes.readIntBE(at, size);
  }

  /** Passes over the content of the value that was begun, however deep it is nested. */
  skipContent(form: Form): void {
    let values = this.#valuesInside(form);
    for (; values > 0; values -= 1) values += this.#valuesInside(this.next());
  }

  /** How many values follow; passes over what is none. */
  #valuesInside(form: Form): number {
    if (form === 'array') return this.#size;
    if (form === 'map') return this.#size * 2;
    this.#pass(this.#size);
    return 0;
  }

  #begun(form: Form, size: number): Form {
    this.#size = size;
    return form;
  }

  #byte(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw endsInside();
    this.#at += 1;
    return byte;
  }

  #unsigned(size: number): number {
    return this.bytes.readUIntBE(this.#pass(size) - size, size);
  }

  /** Passes over some bytes, and returns where they end. */
  #pass(size: number): number {
    const end = this.#at + size;
    if (end > this.bytes.length) throw endsInside();
    this.#at = end;
    return end;
  }
}

function endsInside(): RangeError {
  return new RangeError('a msgpack value ends inside of it');
}
