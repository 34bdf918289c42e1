/** A certificate authority of a test, made with the command openssl. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import which from 'which';

const openssl = which.sync('openssl', { nothrow: true });

/** Why no authority can be made here; undefined where one can. */
export const authorityMissing = openssl === null ? 'no openssl is installed' : undefined;

export interface SignedCertificate {
  readonly key: string;
  readonly certificate: string;
  /** The certificate of the authority. */
  readonly authority: string;
}

/**
 * Makes an authority, and a certificate that it signs.
 *
 * @param folder an empty folder for the files
 * @param names as openssl writes them: `DNS:localhost,IP:127.0.0.1`
 */
export function signCertificate(folder: string, names: string): SignedCertificate {
  const run = (...flags: string[]) =>
    execFileSync(openssl ?? '', flags, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['req', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  run(...newKey, '-x509', '-days', '2', '-subj', '/CN=Test authority', '-keyout', 'ca-key.pem', '-out', 'ca.pem');
  run(...newKey, '-subj', '/CN=Test database', '-keyout', 'key.pem', '-out', 'request.pem');
  writeFileSync(join(folder, 'names'), `subjectAltName=${names}\n`);
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'];
  run('x509', '-req', '-days', '2', '-in', 'request.pem', ...authority, '-extfile', 'names', '-out', 'certificate.pem');
  const [key, certificate, ca] = ['key.pem', 'certificate.pem', 'ca.pem'].map((name) => readText(folder, name));
  return { key: key ?? '', certificate: certificate ?? '', authority: ca ?? '' };
}

function readText(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
