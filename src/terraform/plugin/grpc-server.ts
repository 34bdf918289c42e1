/**
 * Carries calls over gRPC, on Node's own HTTP/2. Bytes pass through as they are: the codec is in `answer.ts`.
 *
 * gRPC's unary calls are one POST each: the message behind five bytes of prefix, the status in the trailers. A gRPC
 * library does the same and takes longer to load than all the rest of the provider; a provider starts several times
 * in each command of Terraform.
 */
import { X509Certificate } from 'node:crypto';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Dispatch } from '../rpc/dispatch';
import { log } from './logger';
import { calls, type CallName } from '../wire/tfplugin6';

export interface ServerOptions {
  readonly answer: Dispatch;
  /** Called once Terraform says that it needs the provider no more, when the reply is on its way. */
  readonly onShutdown: () => void;
  /** PEM texts; left out where TLS is off. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly clientCertificate: string };
}

/** gRPC's numbers of what became of a call. */
const ok = 0;
const unimplemented = 12;
const internal = 13;

const prefixLength = 5;
/** Terraform's own bound is 2 GiB; the plan of ten thousand objects in one has 8 MiB. */
const maxMessageBytes = 256 * 1024 * 1024;
const windowSize = 4 * 1024 * 1024;
const shutdownPath = '/plugin.GRPCController/Shutdown';

const settings = { settings: { initialWindowSize: windowSize }, maxSessionMemory: 1024 };

/** Makes the server; the caller lets it listen. */
export function grpcServer({ answer, onShutdown, tls }: ServerOptions): Http2Server {
  const server = tls ? mutualTlsServer(tls) : createServer(settings);
  const paths = new Map((Object.keys(calls) as CallName[]).map((name) => [`/tfplugin6.Provider/${name}`, name]));

  server.on('stream', (stream, { ':path': path = '' }) => {
    stream.on('error', (error) => log.debug(`${path}: ${error.message}`));
    const name = paths.get(path);
    if (name) return unary(stream, path, (request) => answer(name, request));
    if (path === shutdownPath) return unary(stream, path, () => Promise.resolve(Buffer.alloc(0)), onShutdown);
    // Terraform opens go-plugin's broker and stdio too, and goes on without them.
    refuse(stream, unimplemented, `${path} is not served`);
  });
  return server;
}

/**
 * Only Terraform's own certificate gets in: the handshake proves that the client has its key, and the comparison that it
 * is the one which Terraform named. A list of authorities would do the same by name, and Node.js reads its hundred and
 * fifty built-in ones first when it is given one.
 */
function mutualTlsServer({
  certificate,
  privateKey,
  clientCertificate,
}: NonNullable<ServerOptions['tls']>): Http2Server {
  const expected = new X509Certificate(clientCertificate);
  const server = createSecureServer({
    ...settings,
    cert: certificate,
    key: privateKey,
    ca: [],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
  });
  server.on('session', (session: ServerHttp2Session) => {
    // With TLS the socket of a session is one of these.
    const presented = (session.socket as TLSSocket).getPeerX509Certificate();
    if (presented?.raw.equals(expected.raw)) return;
    log.error('a client without the certificate of Terraform was turned away');
    session.destroy();
  });
  return server;
}

function unary(
  stream: ServerHttp2Stream,
  path: string,
  answer: (request: Buffer) => Promise<Buffer>,
  sent?: () => void,
): void {
  readMessage(stream)
    .then(answer)
    .then(
      (message) => reply(stream, message, sent),
      (error: Error) => {
        // A status is for a broken message or a bug of this room; whatever a provider throws is a diagnostic by now.
        log.error(`${path} failed`, { stack: error.stack ?? error.message });
        refuse(stream, internal, error.message);
      },
    );
}

function readMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  // Events, because an iterator of a stream costs as much as the rest of a call.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxMessageBytes + prefixLength)
        reject(new RangeError(`a request is longer than ${maxMessageBytes} bytes`));
    });
    stream.once('error', reject);
    stream.once('end', () => {
      const [only] = chunks;
      const bytes = only && chunks.length === 1 ? only : Buffer.concat(chunks);
      if (bytes.length >= prefixLength && bytes[0] === 0 && bytes.readUInt32BE(1) === bytes.length - prefixLength)
        resolve(bytes.subarray(prefixLength));
      else reject(new RangeError('a request is not one uncompressed gRPC message'));
    });
  });
}

function reply(stream: ServerHttp2Stream, message: Buffer, sent?: () => void): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': ok }));
  if (sent) stream.once('close', sent);
  const prefix = Buffer.alloc(prefixLength);
  prefix.writeUInt32BE(message.length, 1);
  stream.end(Buffer.concat([prefix, message]));
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const headers = {
    ':status': 200,
    'content-type': 'application/grpc+proto',
    'grpc-status': status,
    'grpc-message': encodeURIComponent(message),
  };
  stream.respond(headers, { endStream: true });
}
