/** Watches the HTTP requests that an emulator of this process gets, as Node.js reports them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Emulator } from '../../src/emulator/emulator';

export interface WatchedRequests {
  /** How many connections they came over. */
  readonly sockets: number;
  /** How many at most were in progress at once. */
  readonly maxAtOnce: number;
  /** The value of `Accept-Encoding` of each; empty where it has none. */
  readonly encodings: readonly string[];
}

interface Message {
  readonly request: IncomingMessage;
  readonly socket: Socket;
}

/** Watches until `end` is called. */
export function watchRequests({ url }: Pick<Emulator, 'url'>): { readonly end: () => WatchedRequests } {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  const encodings: string[] = [];
  let [current, maxAtOnce] = [0, 0];
  const isOurs = (message: unknown): message is Message => (message as Message).socket.localPort === port;
  const start = (message: unknown) => {
    if (!isOurs(message)) return;
    sockets.add(message.socket);
    encodings.push(String(message.request.headers['accept-encoding'] ?? ''));
    current += 1;
    maxAtOnce = Math.max(maxAtOnce, current);
  };
  const finish = (message: unknown) => {
    if (isOurs(message)) current -= 1;
  };
  subscribe('http.server.request.start', start);
  subscribe('http.server.response.finish', finish);
  return {
    end: () => {
      unsubscribe('http.server.request.start', start);
      unsubscribe('http.server.response.finish', finish);
      return { sockets: sockets.size, maxAtOnce, encodings };
    },
  };
}
