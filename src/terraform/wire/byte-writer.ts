/** A buffer that grows while a message is written. One serves all messages: a new one for each would be garbage at once. */

/** What is retained for the next message; more is given back. */
const retainedBytes = 64 * 1024;
/** Up to this length a loop over the characters costs less than a call into native code. */
const shortText = 40;

export class ByteWriter {
  #buffer = Buffer.allocUnsafeSlow(1024);
  #at = 0;

  /** The number of bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** Begins another message. */
  begin(): void {
    if (this.#buffer.length > retainedBytes) this.#buffer = Buffer.allocUnsafeSlow(retainedBytes);
    this.#at = 0;
  }

  /** A copy of what was written. */
  finish(): Buffer {
    const written = Buffer.allocUnsafe(this.#at);
    this.#buffer.copy(written, 0, 0, this.#at);
    return written;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#at] = value;
    this.#at += 1;
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#buffer.set(values, this.#at);
    this.#at += values.length;
  }

  /** An unsigned number of two or four bytes, the highest first. */
  unsigned(value: number, size: 2 | 4): void {
    this.#reserve(size);
    this.#at = this.#buffer.writeUIntBE(value, this.#at, size);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeDoubleBE(value, this.#at);
  }

  /** The eight bytes of a number, negative ones in two's complement. */
  bits64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), this.#at);
  }

  /**
   * Writes a string in UTF-8 after its length.
   *
   * @param writeLength writes the number of bytes
   */
  text(value: string, writeLength: (writer: ByteWriter, bytes: number) => void): void {
    const { length } = value;
    if (length <= shortText && isAscii(value)) {
      writeLength(this, length);
      this.#reserve(length);
      for (let index = 0; index < length; index += 1) this.#buffer[this.#at + index] = value.charCodeAt(index);
      this.#at += length;
      return;
    }
    const size = Buffer.byteLength(value);
    writeLength(this, size);
    this.#reserve(size);
    this.#at += this.#buffer.write(value, this.#at);
  }

  /** Moves the bytes that were written last before those that were written before them. */
  moveEnd(from: number, to: number): void {
    const end = this.#at;
    this.#reserve(end - from);
    this.#buffer.copyWithin(end, from, end);
    this.#buffer.copyWithin(to + end - from, to, from);
    this.#buffer.copyWithin(to, end, end + end - from);
  }

  #reserve(size: number): void {
    const needed = this.#at + size;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
