/** A Terraform state backend of the kind `http`, in memory: what the benchmark keeps its state on. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class StateServer {
  private readonly states = new Map<string, string>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const name = request.url ?? '/';
      void body(request).then((text) => {
        if (request.method === 'POST') this.states.set(name, text);
        if (request.method === 'DELETE') this.states.delete(name);
        const state = request.method === 'GET' ? this.states.get(name) : '';
        response.writeHead(state === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(state);
      });
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
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
