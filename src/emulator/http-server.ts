/** Receives requests over HTTP or HTTPS, and sends what a handler makes of them. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sendResponse, type HttpResponse } from './faulty-response';

/** More than PHP reads, so that it is the API that ignores a body which is too long. */
const maxRequestBytes = 16 * 1024 * 1024;

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** The query string as it was sent; that of the URL is encoded again. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A key and its certificate in PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

export function createHttpServer(
  tls: TlsFiles | undefined,
  respond: (request: HttpRequest) => Promise<HttpResponse>,
): Server {
  const server = tls ? createTlsServer(tls) : createServer();
  server.keepAliveTimeout = 60_000;
  return server.on('request', (request, response) => {
    const { method = 'GET', headers, url: target = '/' } = request;
    const url = new URL(target, 'http://localhost');
    const query = /\?(.*)$/u.exec(target)?.[1] ?? '';
    readBody(request)
      .then((body) => respond({ method, headers, url, query, body }))
      .then(
        (made) => sendResponse(response, made),
        (error: Error) =>
          response.writeHead(error instanceof RangeError ? 413 : 500, { connection: 'close' }).end(error.message),
      );
  });
}

/** Starts to listen, and returns the port. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });
  // The address of a server that listens on a port is an object; it would be a string for a Unix socket.
  return (server.address() as AddressInfo).port;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) throw new RangeError(`The request is longer than ${maxRequestBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
