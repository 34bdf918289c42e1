/** Where the engine connects to the provider (plugin-protocol.md, section 1). */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Network = 'unix' | 'tcp';

/** An address as the engine reads it. */
export interface ListenAddress {
  readonly network: Network;
  /** Path of a socket, or host:port. */
  readonly address: string;
}

/** Go connects to Unix sockets on every platform, but Node.js has none on Windows. */
export function defaultNetwork(platform: NodeJS.Platform = process.platform): Network {
  return platform === 'win32' ? 'tcp' : 'unix';
}

/**
 * Lets a server listen: on a socket in a folder that only this user may enter, removed when the process exits, or on a
 * free port of the loopback interface.
 *
 * @throws Error when it cannot listen
 */
export async function listen(server: Server, network: Network): Promise<ListenAddress> {
  if (network === 'tcp') {
    await listening(server, (ready) => server.listen(0, '127.0.0.1', ready));
    // A server that listens on a port has an address object, not a socket's path.
    return { network, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
  const folder = mkdtempSync(join(tmpdir(), 'tf-'));
  chmodSync(folder, 0o700);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const address = join(folder, 'plugin.sock');
  await listening(server, (ready) => server.listen(address, ready));
  return { network, address };
}

function listening(server: Server, start: (ready: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    start(resolve);
  });
}
