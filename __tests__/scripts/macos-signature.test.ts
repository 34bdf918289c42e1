import { createHash } from 'node:crypto';
import { hasValidSignature, signMacos } from '../../scripts/build/macos-signature.mjs';

const codeBytes = 3 * 4096 - 100;
const signatureCommandAt = 32 + 72 + 72;

/** The parts of a Mach-O file that a signature concerns, with a signature of something else at its end. */
function executable(): Buffer {
  const file = Buffer.alloc(codeBytes + 64, 7);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(3, 16);
  segment(file, 32, '__TEXT', { from: 0, bytes: 8192 });
  segment(file, 32 + 72, '__LINKEDIT', { from: 8192, bytes: codeBytes + 64 - 8192 });
  [0x1d, 16, codeBytes, 64].forEach((value, index) => file.writeUInt32LE(value, signatureCommandAt + index * 4));
  return file;
}

function segment(file: Buffer, at: number, name: string, { from, bytes }: { from: number; bytes: number }): void {
  file.writeUInt32LE(0x19, at);
  file.writeUInt32LE(72, at + 4);
  file.write(name.padEnd(16, '\0'), at + 8, 'latin1');
  file.writeBigUInt64LE(BigInt(from), at + 40);
  file.writeBigUInt64LE(BigInt(bytes), at + 48);
}

test('an executable gets an ad-hoc signature with the hash of each page', () => {
  const signed = signMacos(executable(), 'phonestate');
  expect(hasValidSignature(executable())).toBe(false);
  expect(hasValidSignature(signed)).toBe(true);
  const blob = signed.subarray(codeBytes);
  expect(blob.readUInt32BE(0).toString(16)).toBe('fade0cc0');
  const directory = blob.subarray(blob.readUInt32BE(16));
  // Flags, and the name.
  expect(directory.readUInt32BE(12)).toBe(2);
  expect(directory.toString('latin1', 88, 99)).toBe('phonestate\0');
  // The last page ends where the signature begins.
  const hashes = directory.subarray(directory.readUInt32BE(16));
  const lastPage = createHash('sha256')
    .update(signed.subarray(2 * 4096, codeBytes))
    .digest();
  expect(hashes.subarray(2 * 32, 3 * 32).equals(lastPage)).toBe(true);
});

test('the load commands have the length of the new signature', () => {
  const signed = signMacos(executable(), 'phonestate');
  expect(signed.readUInt32LE(signatureCommandAt + 12)).toBe(signed.length - codeBytes);
  expect(signed.readBigUInt64LE(32 + 72 + 48)).toBe(BigInt(signed.length - 8192));
});

test('a signature that fits stays as it is, and one byte elsewhere makes it invalid', () => {
  const signed = signMacos(executable(), 'phonestate');
  expect(signMacos(signed, 'other')).toBe(signed);
  const changed = Buffer.from(signed);
  changed[5000] = 1;
  expect(hasValidSignature(changed)).toBe(false);
  expect(hasValidSignature(signMacos(changed, 'phonestate'))).toBe(true);
});
