/** TLS over an open connection: the handshake, and what is known of the server where it fails. */
import type { Duplex } from 'node:stream';
import { isIP } from 'node:net';
import { connect, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import { abortable } from './abortable';

export interface HandshakeOptions {
  /** The name that the certificate must have. */
  readonly name: string;
  readonly secureContext: SecureContext;
  /** False where any certificate is accepted. */
  readonly verify: boolean;
}

/** A handshake that failed: nothing was sent. */
export class HandshakeError extends Error {
  constructor(
    override readonly cause: Error,
    /** What the server sent, where it came so far. */
    readonly peer: PeerCertificate | undefined,
  ) {
    super(cause.message);
    this.name = 'HandshakeError';
  }
}

/**
 * Secures a connection.
 *
 * @throws HandshakeError; the reason of the signal
 */
export function secure(
  socket: Duplex,
  { name, secureContext, verify }: HandshakeOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  let peer: PeerCertificate | undefined;
  const secured = connect({
    socket,
    host: name,
    // The name is part of the handshake; the protocol allows no address there.
    servername: isIP(name) === 0 ? name : '',
    secureContext,
    rejectUnauthorized: verify,
    ALPNProtocols: ['http/1.1'],
  });
  const handshake = new Promise<TLSSocket>((resolve, reject) => {
    // Before Node.js verifies the certificate: where it is refused, the connection is closed and its certificate lost.
    secured.prependListener('secure', () => (peer = peerOf(secured)));
    secured.once('secureConnect', () => resolve(secured));
    secured.on('error', (error: Error) => {
      reject(new HandshakeError(error, peer ?? peerOf(secured)));
      // An alert after the handshake leaves the connection open, and its end would be reported in place of the alert.
      secured.destroy(error);
    });
  });
  return abortable(handshake, signal, () => secured.destroy());
}

/** A server that refuses a handshake has sent its certificate before, or not. */
function peerOf(socket: TLSSocket): PeerCertificate | undefined {
  // It is null once the connection is closed, which its type does not express.
  const peer = socket.getPeerCertificate() as PeerCertificate | null;
  return peer?.subject ? peer : undefined;
}
