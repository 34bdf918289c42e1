/**
 * The authorities that this machine trusts, found where Go finds them, so that a provider in Go and this one trust the same
 * servers: SSL_CERT_FILE and SSL_CERT_DIR, else the bundle and the folders of the distribution.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { certificateBlocks } from '../../settings/pem';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where distributions have their bundle. The first that can be read counts. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const folders = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** Authorities as PEM, and the variables whose files could not be read. */
export interface TrustStore {
  readonly certificates: string;
  readonly unreadable: readonly string[];
}

/** Reads every authority: of Node.js, of NODE_EXTRA_CA_CERTS, and of the system. It takes some 30 ms, and as long again to be used. */
export function readTrustStore(environment: Environment): TrustStore {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: folder, NODE_EXTRA_CA_CERTS: extra } = environment;
  const unreadable: string[] = [];
  const given = (variable: string, path: string | undefined): string => {
    const text = path ? read(path) : '';
    if (text === undefined) unreadable.push(`${variable} (${path ?? ''})`);
    return text ?? '';
  };
  const system = file ? given('SSL_CERT_FILE', file) : (firstOf(bundles) ?? '');
  const listed = (folder ? folder.split(':') : folders).flatMap(readFolder);
  const texts = [given('NODE_EXTRA_CA_CERTS', extra), system, ...listed];
  const own = new Map(tls.rootCertificates.map((each) => [withoutSpace(each), each]));
  // Most are those of Node.js again. What only the system has is read here: one that OpenSSL cannot read ends its reading.
  const added = new Map([...keychain(), ...texts.flatMap(certificateBlocks)].map((each) => [withoutSpace(each), each]));
  const further = [...added].filter(([key, each]) => !own.has(key) && isReadable(each)).map(([, each]) => each);
  return { certificates: [...own.values(), ...further].join('\n'), unreadable };
}

/** Lines have other lengths from one source to another. */
function withoutSpace(certificate: string): string {
  return certificate.replace(/\s+/gu, '');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function firstOf(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = read(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The files of a folder. A link to another file of it is a second name, by the hash that OpenSSL looks for. */
function readFolder(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .map((entry) => ({ path: join(folder, entry.name), isLink: entry.isSymbolicLink() }))
      .filter(({ path, isLink }) => !isLink || readlinkSync(path).includes('/'))
      .flatMap(({ path }) => read(path) ?? []);
  } catch {
    return [];
  }
}

/** The keychain of macOS, which newer releases of Node.js can read. */
function keychain(): readonly string[] {
  if (process.platform !== 'darwin') return [];
  // The types are those of the oldest release that is supported, which has not this function.
  const { getCACertificates: list } = tls as { getCACertificates?: (store: 'system') => readonly string[] };
  return list?.('system') ?? [];
}

function isReadable(certificate: string): boolean {
  try {
    void new X509Certificate(certificate);
    return true;
  } catch {
    return false;
  }
}
