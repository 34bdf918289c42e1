/** A Terraform state backend of the type `http`, in memory. The benchmark uses it in place of a local state file. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export class StateServer {
  private readonly states = new Map<string, string>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.respond(request).then((state) =>
        response.writeHead(state === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(state),
      );
    });
  }

  static async start(): Promise<StateServer> {
    const state = new StateServer();
    await new Promise<void>((resolve) => state.server.listen(0, '127.0.0.1', resolve));
    return state;
  }

  /** The `address` of a backend with a state of its own. */
  url(name: string): string {
    // A server that listens on a port has an address object, not a socket's path.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The state to return; undefined where there is none. */
  private async respond(request: IncomingMessage): Promise<string | undefined> {
    const { method, url: name = '/' } = request;
    const body = await text(request);
    if (method === 'GET') return this.states.get(name);
    if (method === 'POST') this.states.set(name, body);
    if (method === 'DELETE') this.states.delete(name);
    return '';
  }
}
