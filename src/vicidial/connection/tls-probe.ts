/** Whether a port speaks TLS. Nothing is sent but the handshake, and no certificate is trusted by it. */
import { createSecureContext } from 'node:tls';
import { secure } from './handshake';
import { openSocket } from './open-socket';

/** It explains a failure that has happened already, so it may take as long only. */
const limitMs = 2_000;

export async function acceptsTls(host: string, port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    const socket = await openSocket(host, port, signal);
    (await secure(socket, { name: host, secureContext: createSecureContext(), verify: false }, signal)).destroy();
    return true;
  } catch {
    return false;
  }
}
