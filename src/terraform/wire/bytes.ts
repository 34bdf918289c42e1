/** Bytes of a message as a Buffer and as text, without a copy of them. */

/** The same bytes, with the methods of a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Text in UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('utf8');
}
