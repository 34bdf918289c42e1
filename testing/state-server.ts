/**
 * A Terraform state backend of the type `http`, in memory, with locks as the type describes them: a second LOCK is
 * answered with 423 and the holder, and a state is stored for the holder only. The benchmark uses it in place of a local
 * state file.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Response {
  readonly status: number;
  readonly body?: string;
}

export class StateServer {
  private readonly states = new Map<string, string>();
  /** What the engine sent about the run that has the lock, by the path of the state. */
  private readonly locks = new Map<string, string>();
  private readonly server: Server;
  /** How often a LOCK was refused. */
  refusedLocks = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.respond(request).then(({ status, body = '' }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      );
    });
  }

  static async start(): Promise<StateServer> {
    const state = new StateServer();
    await new Promise<void>((resolve) => state.server.listen(0, '127.0.0.1', resolve));
    return state;
  }

  /** The `address` of a backend with a state of its own; also its `lock_address` and `unlock_address`. */
  url(name: string): string {
    // A server that listens on a port has an address object, not a socket's path.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage): Promise<Response> {
    const { pathname: name, searchParams } = new URL(request.url ?? '/', 'http://state');
    const body = await text(request);
    const holder = this.locks.get(name);
    switch (request.method) {
      case 'GET': {
        const state = this.states.get(name);
        return state === undefined ? { status: 404 } : { status: 200, body: state };
      }
      case 'LOCK':
        if (holder !== undefined) {
          this.refusedLocks += 1;
          return { status: 423, body: holder };
        }
        this.locks.set(name, body);
        return { status: 200 };
      case 'UNLOCK':
        if (holder !== undefined && lockId(body) !== lockId(holder)) return { status: 409, body: holder };
        this.locks.delete(name);
        return { status: 200 };
      case 'POST':
        if (holder !== undefined && searchParams.get('ID') !== lockId(holder)) return { status: 409, body: holder };
        this.states.set(name, body);
        return { status: 200 };
      case 'DELETE':
        this.states.delete(name);
        return { status: 200 };
      default:
        return { status: 405 };
    }
  }
}

function lockId(info: string): string {
  // What the engine sends about a lock has an ID, in every version.
  return (JSON.parse(info) as { readonly ID: string }).ID;
}
