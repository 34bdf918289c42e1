/** Writes the parts of msgpack that go-cty reads (plugin-protocol.md, section 2), each in its shortest form. */
import type { ByteWriter } from './byte-writer';

export function writeNull(writer: ByteWriter): void {
  writer.byte(0xc0);
}

export function writeBoolean(writer: ByteWriter, value: boolean): void {
  writer.byte(value ? 0xc3 : 0xc2);
}

/** An extension of the type 0, as go-cty writes a value that is unknown. */
export function writeUnknown(writer: ByteWriter): void {
  writer.byte(0xd4);
  writer.unsigned(0, 2);
}

export function writeString(writer: ByteWriter, value: string): void {
  writer.text(value, writeStringHead);
}

export function writeBinary(writer: ByteWriter, value: Uint8Array): void {
  writeHead(writer, value.length, { short: 0xc4, medium: 0xc5, long: 0xc6 });
  writer.bytes(value);
}

/** What follows are the elements. */
export function writeArrayHead(writer: ByteWriter, length: number): void {
  if (length < 0x10) writer.byte(0x90 | length);
  else writeHead(writer, length, { medium: 0xdc, long: 0xdd });
}

/** What follows are the keys, each with its value. */
export function writeMapHead(writer: ByteWriter, size: number): void {
  if (size < 0x10) writer.byte(0x80 | size);
  else writeHead(writer, size, { medium: 0xde, long: 0xdf });
}

/** An integer, or a double. A bigint must fit into 64 bits. */
export function writeNumber(writer: ByteWriter, value: number | bigint): void {
  if (typeof value === 'bigint') writeLong(writer, value);
  else if (!Number.isSafeInteger(value)) {
    writer.byte(0xcb);
    writer.double(value);
  } else if (value >= -0x20 && value < 0x80) writer.byte(value & 0xff);
  else if (value >= 0 && value <= 0xffffffff) writeHead(writer, value, { short: 0xcc, medium: 0xcd, long: 0xce });
  else writeLong(writer, BigInt(value));
}

function writeLong(writer: ByteWriter, value: bigint): void {
  writer.byte(value < 0n ? 0xd3 : 0xcf);
  writer.bits64(value);
}

function writeStringHead(writer: ByteWriter, bytes: number): void {
  if (bytes < 0x20) writer.byte(0xa0 | bytes);
  else writeHead(writer, bytes, { short: 0xd9, medium: 0xda, long: 0xdb });
}

/** The first bytes of a form, by the size of the number after it. */
interface Heads {
  readonly short?: number;
  readonly medium: number;
  readonly long: number;
}

function writeHead(writer: ByteWriter, value: number, { short, medium, long }: Heads): void {
  if (short !== undefined && value <= 0xff) {
    writer.byte(short);
    writer.byte(value);
  } else {
    const size = value <= 0xffff ? 2 : 4;
    writer.byte(size === 2 ? medium : long);
    writer.unsigned(value, size);
  }
}
