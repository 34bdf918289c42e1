/** A gRPC client for tests. */
import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectSocket, type NetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ListenAddress } from '../../../src/terraform/plugin/listener';

export interface ClientCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** The message without content, behind its prefix. */
const emptyMessage = Buffer.alloc(5);

/**
 * One RPC; resolves with the gRPC status.
 *
 * @param client the certificate to present; left out where TLS is off
 * @param onData gets the bytes of the reply as they come
 */
export function call(
  { network, address }: ListenAddress,
  path: string,
  client?: ClientCertificate,
  body = emptyMessage,
  onData: (bytes: Buffer) => void = () => {},
): Promise<string> {
  const [host = '', port] = address.split(':');
  const target: NetConnectOpts = network === 'unix' ? { path: address } : { host, port: Number(port) };
  return new Promise((resolve, reject) => {
    const createConnection = () =>
      client
        ? connectTls({
            ...target,
            servername: 'localhost',
            ALPNProtocols: ['h2'],
            rejectUnauthorized: false,
            cert: client.certificate,
            key: client.privateKey,
          })
        : connectSocket(target);
    const session = connect(client ? 'https://localhost' : 'http://localhost', { createConnection });
    session.on('error', reject);
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      te: 'trailers',
      'content-type': 'application/grpc',
    });
    let status: string | undefined;
    stream.on('response', (headers) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('trailers', (headers: IncomingHttpHeaders) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      if (status === undefined) reject(new Error('closed without a status'));
      else resolve(String(status));
    });
    stream.on('data', onData);
    stream.end(body);
  });
}
