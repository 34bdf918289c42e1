/** What the servers have in common that stand for the API of a forge: JSON over HTTP on loopback, a token, lists by page. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Fields = Record<string, unknown>;

export interface ForgeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
}

export abstract class ForgeServer {
  /** The requests that change something: method and path. */
  readonly writes: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((content) => {
      const { method = 'GET', url = '/', headers } = request;
      const { pathname: path, searchParams: query } = new URL(url, 'http://forge');
      if (method !== 'GET') this.writes.push(`${method} ${path}`);
      const body = content === '' ? {} : (JSON.parse(content) as Fields);
      const found = this.isAllowed(headers) ? this.answer({ method, path, query, body }) : undefined;
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(typeof found === 'string' ? found : JSON.stringify(found ?? { message: 'Not Found' }));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  protected get origin(): string {
    // A server that listens on a port has an address object, not a socket's path.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether a request has the token of the job. */
  protected abstract isAllowed(headers: IncomingHttpHeaders): boolean;

  /** A string is sent as it is, undefined is 404. */
  protected abstract answer(request: ForgeRequest): unknown;
}

/** The part of a list that a request asks for. */
export function pageOf(items: readonly Fields[], query: URLSearchParams, defaultSize: number): Fields[] {
  const [size, number] = [Number(query.get('per_page') ?? defaultSize), Number(query.get('page') ?? 1)];
  return items.slice(size * (number - 1), size * number);
}

/** Changes an item by its id; undefined where there is none. */
export function change(items: readonly Fields[], id: string | undefined, fields: Fields): Fields | undefined {
  const item = items.find((each) => String(each.id) === id);
  return item && Object.assign(item, fields);
}
