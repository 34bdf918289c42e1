/**
 * A certificate for one process, encoded as DER by hand: an X.509 library costs more at start than all the rest
 * (plugin-protocol.md, sections 1 and 6). Terraform requires the DNS name `localhost`, validity, and server use.
 */
import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

export interface Certificate {
  readonly der: Buffer;
  /** PEM strings for a TLS server. */
  readonly certificate: string;
  readonly privateKey: string;
}

const second = 1000;
const allowedClockSkew = 30 * second;
/** Longer than any run. */
const lifetime = 7 * 24 * 3600 * second;

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
} as const;

/** Object identifiers as hexadecimal DER. */
const oid = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  extendedKeyUsage: '551d25',
  subjectAltName: '551d11',
  serverAuth: '2b06010505070301',
  clientAuth: '2b06010505070302',
} as const;

/**
 * Creates a P-256 key, in a thread of its own, and a self-signed certificate.
 *
 * @param now when it is used first; validity starts 30 seconds earlier, as clocks differ
 */
export async function createCertificate(now: Date = new Date()): Promise<Certificate> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const name = der(
    tag.sequence,
    der(tag.set, der(tag.sequence, identifier('commonName'), der(tag.utf8, Buffer.from('localhost')))),
  );
  const algorithm = der(tag.sequence, identifier('ecdsaWithSha256'));
  const validity = der(tag.sequence, time(now.getTime() - allowedClockSkew), time(now.getTime() + lifetime));
  const toSign = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, serialNumber()),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(tag.extensions, der(tag.sequence, ...extensions())),
  );
  const certificate = der(tag.sequence, toSign, algorithm, bitString(sign('sha256', toSign, privateKey)));
  return {
    der: certificate,
    certificate: pem(certificate),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function extensions(): Buffer[] {
  const isAuthority = der(tag.boolean, Buffer.from([0xff]));
  const digitalSignatureAndCertSign = bitString(Buffer.from([0b1000_0100]), 2);
  return [
    extension('basicConstraints', der(tag.sequence, isAuthority)),
    extension('keyUsage', digitalSignatureAndCertSign),
    extension('extendedKeyUsage', der(tag.sequence, identifier('serverAuth'), identifier('clientAuth'))),
    extension('subjectAltName', der(tag.sequence, der(tag.dnsName, Buffer.from('localhost')))),
  ];
}

function extension(name: keyof typeof oid, value: Buffer): Buffer {
  return der(tag.sequence, identifier(name), der(tag.octetString, value));
}

function identifier(name: keyof typeof oid): Buffer {
  return der(tag.oid, Buffer.from(oid[name], 'hex'));
}

/** Random and positive: the first bit is the sign. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+Z$|[-:T]/gu, '');
  return der(tag.utcTime, Buffer.from(`${digits.slice(2)}Z`));
}

function bitString(bytes: Buffer, unusedBits = 0): Buffer {
  return der(tag.bitString, Buffer.from([unusedBits]), bytes);
}

function der(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...header]), body]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/gu) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
