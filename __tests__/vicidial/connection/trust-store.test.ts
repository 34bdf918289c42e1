import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { PhonestateError } from '../../../src/model/failures';
import type { GivenSettings } from '../../../src/settings/read-settings';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { readTrustStore } from '../../../src/vicidial/connection/trust-store';
import { connectClient, singleAttempt } from '../../../testing/client';
import { useTemporaryFolder } from '../../temporary-folder';
import { useNetwork } from './gates';

const network = useNetwork();
const temporary = useTemporaryFolder();
const variables = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'];
const before = { ...process.env };
beforeEach(() => variables.forEach((name) => delete process.env[name]));
afterEach(() => {
  variables.forEach((name) => delete process.env[name]);
  Object.assign(process.env, before);
});

async function call(url: string, settings: GivenSettings = {}): Promise<string> {
  const client = connectClient(url, settings, { retryPolicy: singleAttempt });
  return client
    .send({ function: 'update_phone', parameters: {} })
    .then(
      () => 'done',
      (error: unknown) => (error instanceof PhonestateError ? error.failure.what : String(error)),
    )
    .finally(() => client.close());
}

/** A server with a certificate of its own, and a folder with a file that holds it among others. */
async function untrusted() {
  const { certificate, privateKey } = await createCertificate();
  // One with another name: OpenSSL looks an authority up by its name.
  const [other = ''] = rootCertificates.slice(-1);
  const folder = join(temporary.path, 'certs');
  mkdirSync(folder);
  const file = join(folder, 'company.pem');
  writeFileSync(
    file,
    `# Authorities of the company\n${other}\n# and another one\r\n${certificate.replaceAll('\n', '\r\n')}`,
  );
  const url = await network.gate(undefined, { cert: certificate, key: privateKey });
  return { url, certificate, other, folder, file };
}

test.each<[string, (made: { folder: string; file: string }) => string]>([
  ['SSL_CERT_FILE', ({ file }) => file],
  ['SSL_CERT_DIR', ({ folder }) => `/nowhere:${folder}`],
  ['NODE_EXTRA_CA_CERTS', ({ file }) => file],
])('an authority of %s is trusted', async (variable, valueOf) => {
  const made = await untrusted();
  expect(await call(made.url)).toContain('which is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT)');
  process.env[variable] = valueOf(made);
  expect(await call(made.url)).toBe('done');
});

test('they are trusted besides ca_certificate, which may hold several', async () => {
  const { url, certificate, other, file } = await untrusted();
  expect(await call(url, { ca_certificate: other })).toContain('not trusted');
  expect(await call(url, { ca_certificate: `${other}\n${certificate}` })).toBe('done');
  process.env.SSL_CERT_FILE = file;
  expect(await call(url, { ca_certificate: other })).toBe('done');
});

test('a file that cannot be read is named where a server is not trusted', async () => {
  const { url } = await untrusted();
  process.env.SSL_CERT_FILE = '/nowhere/ca.pem';
  expect(await call(url)).toContain('and the file of SSL_CERT_FILE (/nowhere/ca.pem) cannot be read');
});

test('a damaged certificate does not hide those after it, and a link within a folder is no second one', async () => {
  const { certificate, folder, file } = await untrusted();
  const damaged = certificate.replace(/\n(?!-)/u, '\n!!');
  writeFileSync(join(folder, '0-damaged.pem'), damaged);
  symlinkSync('company.pem', join(folder, 'a1b2c3d4.0'));
  const { certificates } = readTrustStore({ SSL_CERT_DIR: folder, SSL_CERT_FILE: file });
  const body = certificate.split('\n')[1] ?? '';
  expect(certificates.split(body)).toHaveLength(2);
  expect(certificates).not.toContain('!!');
});
