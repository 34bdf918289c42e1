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

export interface ListenOptions {
  /** Whether the server admits only who has the right certificate: then a port is as good as a socket. Default: false. */
  readonly isProtected?: boolean;
  /** Where a socket may be, the first choice first; by default where temporary files are. */
  readonly folders?: readonly string[];
}

/** The path of a socket ends at 103 bytes on macOS, at 107 on Linux. */
const maxPathBytes = 103;

/**
 * Lets a server listen: on a socket in a folder that only this user may enter, removed when the process exits, or on a
 * free port of the loopback interface. The temporary folder of a job may be missing, read-only, full, or too deep for a
 * socket: the socket is then in another one, and where there is none, a protected server listens on a port.
 *
 * @throws Error when it cannot listen; it names each folder that was tried
 */
export async function listen(
  server: Server,
  network: Network,
  { isProtected = false, folders = socketFolders() }: ListenOptions = {},
): Promise<ListenAddress> {
  if (network === 'tcp') return listenOnPort(server);
  const problems: string[] = [];
  for (const folder of new Set(folders)) {
    try {
      return await listenOnSocket(server, folder);
    } catch (error) {
      problems.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  // Without certificates, any user of this machine could use the port.
  if (isProtected) return listenOnPort(server);
  throw new Error(
    `No folder can hold the socket to which Terraform connects. Set TMPDIR to a folder with a short path in which this user can write. Tried were ${problems.join('; ')}.`,
  );
}

function socketFolders(): string[] {
  const ofSession = process.env.XDG_RUNTIME_DIR;
  return [tmpdir(), ...(ofSession ? [ofSession] : []), '/tmp', '/var/tmp', '/dev/shm'];
}

async function listenOnPort(server: Server): Promise<ListenAddress> {
  await listening(server, (ready) => server.listen(0, '127.0.0.1', ready));
  // A server that listens on a port has an address object, not a socket's path.
  return { network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function listenOnSocket(server: Server, parent: string): Promise<ListenAddress> {
  const prefix = join(parent, 'tf-');
  const suffix = join('XXXXXX', 'plugin.sock');
  if (Buffer.byteLength(prefix + suffix) > maxPathBytes) throw new Error('its path is too long for a socket');
  const folder = mkdtempSync(prefix);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    chmodSync(folder, 0o700);
    const address = join(folder, 'plugin.sock');
    await listening(server, (ready) => server.listen(address, ready));
    process.on('exit', remove);
    return { network: 'unix', address };
  } catch (error) {
    remove();
    throw error;
  }
}

function listening(server: Server, start: (ready: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    start(resolve);
  });
}
