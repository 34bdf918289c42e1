/** Asks a proxy for a connection to a server: CONNECT. */
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { abortable } from './abortable';
import type { Proxy } from './proxy';

/** A proxy answered CONNECT, and did not connect. */
export class TunnelRefusedError extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
    this.name = 'TunnelRefusedError';
  }
}

/**
 * The connection behind a proxy.
 *
 * @param socket the connection to the proxy
 * @param authority `HOST:PORT` of the server
 * @throws TunnelRefusedError; what ended the connection; the reason of the signal
 */
export function openTunnel(
  socket: Duplex,
  authority: string,
  { authorization }: Pick<Proxy, 'authorization'>,
  signal: AbortSignal,
): Promise<Duplex> {
  const opening = new Promise<Duplex>((resolve, reject) => {
    const asking = request({
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...(authorization ? { 'proxy-authorization': authorization.open() } : {}) },
      createConnection: () => socket,
    });
    asking.once('error', reject);
    asking.once('connect', ({ statusCode = 0 }, tunnel, head) => {
      if (statusCode < 200 || statusCode > 299) {
        tunnel.destroy();
        return reject(new TunnelRefusedError(statusCode));
      }
      if (head.length > 0) tunnel.unshift(head);
      resolve(tunnel);
    });
    asking.end();
  });
  return abortable(opening, signal, () => socket.destroy());
}
