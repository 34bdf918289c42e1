/**
 * Ad-hoc signatures of executables for macOS, without a Mac. A Mac ends a program whose signature does not fit its
 * content, and Bun 1.4.5 leaves the signature of its own program in what it makes for x64.
 *
 * The format: the last load command, LC_CODE_SIGNATURE, points at the end of the file. There is a superblob with one
 * code directory, which has the SHA-256 of each page of the file before it.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const pageBytes = 4096;
const hashBytes = 32;
const codeSignatureCommand = 0x1d;
const segmentCommand = 0x19;
const superBlobMagic = 0xfade0cc0;
const codeDirectoryMagic = 0xfade0c02;
const executableMagic = 0xfeedfacf;
/** Of a code directory with the fields for an executable's main segment. */
const directoryVersion = 0x20400;
const directoryHeadBytes = 88;
const adHoc = 0x2;
const mainBinary = 1;
const sha256Type = 2;

/**
 * The executable with an ad-hoc signature in place of what it has. One whose signature fits is returned as it is.
 *
 * @param {Buffer} file a Mach-O file for one processor, with a signature at its end
 * @param {string} identifier the name in the signature
 */
export function signMacos(file, identifier) {
  if (hasValidSignature(file)) return file;
  const { signature, linkEdit, text } = loadCommands(file);
  const codeBytes = file.readUInt32LE(signature + 8);
  const pages = Math.ceil(codeBytes / pageBytes);
  const blobBytes = align(20 + directoryHeadBytes + Buffer.byteLength(identifier) + 1 + pages * hashBytes, 16);
  const signed = Buffer.concat([file.subarray(0, codeBytes), Buffer.alloc(blobBytes)]);
  // First what is in the pages themselves: the length of the signature, and of the segment that it is in.
  signed.writeUInt32LE(blobBytes, signature + 12);
  const linkEditBytes = BigInt(signed.length) - file.readBigUInt64LE(linkEdit + 40);
  signed.writeBigUInt64LE(linkEditBytes, linkEdit + 48);
  signed.writeBigUInt64LE(BigInt(align(Number(linkEditBytes), 16384)), linkEdit + 32);
  const directory = codeDirectory(signed, { codeBytes, identifier, textBytes: file.readBigUInt64LE(text + 48) });
  const head = Buffer.alloc(20);
  [superBlobMagic, 20 + directory.length, 1, 0, 20].forEach((value, index) => head.writeUInt32BE(value, index * 4));
  Buffer.concat([head, directory]).copy(signed, codeBytes);
  return signed;
}

/** Whether each page has the hash that the signature states, and the signature covers all before it. */
export function hasValidSignature(file) {
  const { signature } = loadCommands(file);
  const start = file.readUInt32LE(signature + 8);
  if (start + 20 > file.length || file.readUInt32BE(start) !== superBlobMagic) return false;
  const directory = start + file.readUInt32BE(start + 16);
  if (file.readUInt32BE(directory) !== codeDirectoryMagic) return false;
  const hashes = directory + file.readUInt32BE(directory + 16);
  const codeBytes = file.readUInt32BE(directory + 32);
  if (codeBytes !== start) return false;
  return pageHashes(file, codeBytes).every((hash, page) =>
    hash.equals(file.subarray(hashes + page * hashBytes, hashes + (page + 1) * hashBytes)),
  );
}

function codeDirectory(file, { codeBytes, identifier, textBytes }) {
  const hashes = pageHashes(file, codeBytes);
  const name = Buffer.from(`${identifier}\0`);
  const hashOffset = directoryHeadBytes + name.length;
  const head = Buffer.alloc(directoryHeadBytes);
  const fields = [codeDirectoryMagic, hashOffset + hashes.length * hashBytes, directoryVersion, adHoc];
  fields.push(hashOffset, directoryHeadBytes, 0, hashes.length, codeBytes);
  fields.forEach((value, index) => head.writeUInt32BE(value, index * 4));
  head.set([hashBytes, sha256Type, 0, Math.log2(pageBytes)], 36);
  // The main segment begins at 0.
  head.writeBigUInt64BE(textBytes, 72);
  head.writeBigUInt64BE(BigInt(mainBinary), 80);
  return Buffer.concat([head, name, ...hashes]);
}

function pageHashes(file, codeBytes) {
  const pages = Array.from({ length: Math.ceil(codeBytes / pageBytes) }, (_, page) => page * pageBytes);
  return pages.map((from) =>
    createHash('sha256')
      .update(file.subarray(from, Math.min(from + pageBytes, codeBytes)))
      .digest(),
  );
}

/** Where the load commands begin that a signature concerns. */
function loadCommands(file) {
  if (file.readUInt32LE(0) !== executableMagic)
    throw new Error('It is not a Mach-O file with 64 bits for one processor.');
  const found = {};
  let offset = 32;
  for (let index = 0; index < file.readUInt32LE(16); index += 1) {
    const command = file.readUInt32LE(offset);
    const segment =
      command === segmentCommand ? file.toString('latin1', offset + 8, offset + 24).replace(/\0+$/, '') : '';
    if (command === codeSignatureCommand) found.signature = offset;
    if (segment === '__LINKEDIT') found.linkEdit = offset;
    if (segment === '__TEXT') found.text = offset;
    offset += file.readUInt32LE(offset + 4);
  }
  if (!found.signature || !found.linkEdit || !found.text)
    throw new Error('The Mach-O file has no place for a signature.');
  return found;
}

const align = (bytes, to) => Math.ceil(bytes / to) * to;
