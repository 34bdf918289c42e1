/** An apply on a VICIdial as companies have it: reached through a proxy, behind a gate, with certificates of their own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { Workspace, type WorkspaceOptions } from '../../testing/workspace';
import type { useNetwork } from '../vicidial/connection/gates';
import { phone, secrets } from './harness';

const gateSecrets = { password: 'gateSecret2291', token: 'tokenSecret6620', proxy: 'proxySecret8813' };

/**
 * Creates a phone through all of it, and fails where an output has a secret.
 *
 * @param folder for the certificate of the server
 */
export async function applyThroughGates(
  network: ReturnType<typeof useNetwork>,
  folder: string,
  options: Pick<WorkspaceOptions, 'file'> = {},
): Promise<void> {
  const [server, client] = await Promise.all([createCertificate(), createCertificate()]);
  const tls = { cert: server.certificate, key: server.privateKey, requestCert: true, ca: client.certificate };
  const login = `Basic ${Buffer.from(`gate:${gateSecrets.password}`).toString('base64')}`;
  const gate = await network.gate(
    ({ headers }) =>
      headers.authorization === login && headers['x-token'] === gateSecrets.token ? undefined : { status: 403 },
    tls,
  );
  const { port, requests } = await network.proxy({ login: `me:${gateSecrets.proxy}` });
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, server.certificate);
  const workspace = await Workspace.create({
    environment: {
      VICIDIAL_URL: gate.replace('localhost', 'vicidial.invalid'),
      VICIDIAL_USER: '6666',
      VICIDIAL_PASSWORD: 'admin1234',
      VICIDIAL_READ_FROM: 'api',
      VICIDIAL_HTTP_PASSWORD: gateSecrets.password,
      VICIDIAL_CLIENT_KEY: client.privateKey,
      HTTPS_PROXY: `http://me:${gateSecrets.proxy}@127.0.0.1:${port}`,
      SSL_CERT_FILE: authority,
      TF_VAR_token: gateSecrets.token,
    },
    ...options,
  });
  try {
    workspace.configure({
      variable: { token: { type: 'string', sensitive: true } },
      provider: {
        vicidial: {
          http_user: 'gate',
          headers: { 'X-Token': '${var.token}' },
          client_certificate: client.certificate,
          tls_server_name: 'localhost',
        },
      },
      resource: { vicidial_phone: { desk: phone('55000') } },
    });
    const { output } = await workspace.expectSuccess(['apply', '-auto-approve', '-no-color']);
    expect(output).toContain('1 added, 0 changed, 0 destroyed');
    for (const secret of [...Object.values(gateSecrets), ...Object.values(secrets)])
      expect(output).not.toContain(secret);
    expect(network.emulator.store.phone('10.0.0.11', '55000')).toBeDefined();
    expect(new Set(requests)).toEqual(new Set([`CONNECT vicidial.invalid:${new URL(gate).port}`]));
  } finally {
    workspace.remove();
  }
}
