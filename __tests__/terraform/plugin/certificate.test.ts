import { X509Certificate } from 'node:crypto';
import { createCertificate } from '../../../src/terraform/plugin/certificate';

test('the certificate is one that OpenSSL reads and Terraform accepts', async () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const { der, certificate } = await createCertificate(now);
  const read = new X509Certificate(certificate);
  expect(read.raw.equals(der)).toBe(true);
  expect(read.subjectAltName).toBe('DNS:localhost');
  expect(read.checkHost('localhost')).toBe('localhost');
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.ca).toBe(true);
  expect(read.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  // Clocks differ by seconds; a certificate of the future is refused.
  expect(new Date(read.validFrom)).toEqual(new Date('2026-11-24T11:59:30Z'));
  expect(new Date(read.validTo).getTime()).toBeGreaterThan(now.getTime() + 24 * 3600 * 1000);
});

test('each process has a key and a number of its own', async () => {
  const [a, b] = await Promise.all([createCertificate(), createCertificate()]);
  expect(new X509Certificate(a.certificate).serialNumber).not.toBe(new X509Certificate(b.certificate).serialNumber);
  expect(a.privateKey).not.toBe(b.privateKey);
});
