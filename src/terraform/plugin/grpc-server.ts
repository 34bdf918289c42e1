/**
 * A gRPC server on Node's own HTTP/2. Bytes pass through as they are: rpc/dispatch.ts decodes them.
 *
 * An RPC is one POST: each message after a prefix of five bytes, the status in the trailers. A gRPC library does the
 * same and takes longer to load than all the rest of the provider, and a provider starts several times in each command
 * (plugin-protocol.md, section 6).
 */
import { X509Certificate } from 'node:crypto';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type Http2Session,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Emit } from '../rpc/handlers';
import { isStreamed, servedRpcs, type RpcName } from '../wire/rpc-names';
import { log } from '../logger';

/**
 * Answers an RPC.
 *
 * @param session that of its connection; undefined where that was closed meanwhile
 * @param emit takes the messages of an RPC that is answered by a stream
 */
export type Answer = (
  rpc: RpcName,
  request: Uint8Array,
  session: Http2Session | undefined,
  emit?: Emit,
) => Promise<Buffer>;

interface ServerOptions {
  /** Answers an RPC of a connection. */
  readonly answer: Answer;
  /** Called when the reply to Shutdown is on its way: Terraform needs the provider no more. */
  readonly onShutdown: () => void;
  /** PEM strings; left out where TLS is off. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly clientCertificate: string };
}

/** Status codes of gRPC. */
const ok = 0;
const unimplemented = 12;
const internal = 13;

const prefixLength = 5;
/** Terraform's own limit is 2 GiB; a plan request of one resource with ten thousand objects has 8 MiB. */
const maxMessageBytes = 256 * 1024 * 1024;
const windowSize = 4 * 1024 * 1024;
const replyHeaders = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;
const shutdownPath = '/plugin.GRPCController/Shutdown';

const settings = { settings: { initialWindowSize: windowSize }, maxSessionMemory: 1024 };

/** Creates the server; the caller lets it listen. */
export function grpcServer({ answer, onShutdown, tls }: ServerOptions): Http2Server {
  const server = tls ? mutualTlsServer(tls) : createServer(settings);
  const paths = new Map(servedRpcs.map((rpc) => [`/tfplugin6.Provider/${rpc}`, rpc]));

  server.on('stream', (stream, { ':path': path = '' }) => {
    stream.on('error', (error) => log.debug(`${path}: ${error.message}`));
    const rpc = paths.get(path);
    if (rpc && isStreamed(rpc))
      return streamed(stream, path, (request, emit) => answer(rpc, request, stream.session, emit));
    if (rpc) return unary(stream, path, (request) => answer(rpc, request, stream.session));
    if (path === shutdownPath) return unary(stream, path, () => Promise.resolve(Buffer.alloc(0)), onShutdown);
    // Terraform opens go-plugin's broker and stdio too, and continues without them.
    refuse(stream, unimplemented, `${path} is not served`);
  });
  return server;
}

/**
 * Accepts only the client certificate that Terraform announced: the TLS handshake proves that the client has its key,
 * the comparison that it is the right one. Passing it as the only authority would do the same, but Node.js then reads
 * its 150 built-in authorities first, which costs more than the comparison.
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
    // With TLS the socket of a session is a TLSSocket.
    const presented = (session.socket as TLSSocket).getPeerX509Certificate();
    if (presented?.raw.equals(expected.raw)) return;
    log.error('rejected a client that does not have the certificate of Terraform');
    session.destroy();
  });
  return server;
}

function unary(
  stream: ServerHttp2Stream,
  path: string,
  answer: (request: Buffer) => Promise<Buffer>,
  onSent?: () => void,
): void {
  readMessage(stream)
    .then(answer)
    .then(
      (message) => reply(stream, message, onSent),
      (error: Error) => {
        // Only a malformed message or a bug of this SDK gets here: what a provider throws is a diagnostic by now.
        log.error(`${path} failed`, { stack: error.stack ?? error.message });
        refuse(stream, internal, error.message);
      },
    );
}

/** As soon as there is a message it is sent: Terraform shows what is in progress. */
function streamed(
  stream: ServerHttp2Stream,
  path: string,
  answer: (request: Buffer, emit: Emit) => Promise<unknown>,
): void {
  let status = ok;
  const open = () => {
    if (stream.destroyed || stream.headersSent) return;
    stream.respond(replyHeaders, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
  };
  const emit: Emit = (message) => {
    open();
    if (!stream.destroyed) stream.write(framed(message));
  };
  readMessage(stream)
    .then((request) => answer(request, emit))
    .catch((error: Error) => {
      log.error(`${path} failed`, { stack: error.stack ?? error.message });
      status = internal;
    })
    .finally(() => {
      open();
      if (!stream.destroyed) stream.end();
    });
}

function readMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  // Events, because iterating over a stream costs as much as the rest of an RPC.
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

function reply(stream: ServerHttp2Stream, message: Buffer, onSent?: () => void): void {
  if (stream.destroyed) return;
  stream.respond(replyHeaders, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': ok }));
  if (onSent) stream.once('close', onSent);
  stream.end(framed(message));
}

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(prefixLength);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
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
