/** A network mirror as a static web server serves it: files of a folder, over TLS, on the loopback interface. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { createCertificate } from '../src/terraform/plugin/certificate';

export interface MirrorServer {
  /** As a CLI configuration has it. */
  readonly url: string;
  /** PEM of what a client has to trust. */
  readonly certificate: string;
  /** The paths that were asked for. */
  readonly requests: readonly string[];
  close(): void;
}

export async function startMirrorServer(folder: string): Promise<MirrorServer> {
  const { certificate, privateKey } = await createCertificate();
  const requests: string[] = [];
  const server = createServer({ cert: certificate, key: privateKey }, ({ url = '/' }, response) => {
    requests.push(url);
    const file = join(folder, normalize(url));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = file.endsWith('.json') ? 'application/json' : 'application/zip';
    response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/`,
    certificate,
    requests,
    close: () => server.close(),
  };
}
