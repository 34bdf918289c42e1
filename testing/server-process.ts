/** Programs that serve until a test ends, such as a database: they end with the process that started them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What a line of its standard error has when it accepts connections. */
  readonly readyText: string;
  /** The signal that makes it end at once, without waiting for its clients. */
  readonly stopSignal: 'TERM' | 'INT';
  /** The user and group that it runs as, where this process may choose them. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Runs a server until the input ends, which it also does when the process that started it is killed. Only the server keeps
 * the stream of errors open.
 */
const untilInputEnds =
  'signal=$1; shift; "$@" & server=$!; trap "" INT; exec 2> /dev/null; cat > /dev/null; kill -s "$signal" "$server"; wait "$server"';

/**
 * Starts a server and waits until it accepts connections.
 *
 * @throws Error with what it has printed, where it does not start
 */
export async function startServer({
  command,
  args,
  readyText,
  stopSignal,
  user,
}: ServerCommand): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', stopSignal, command, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    ...user,
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr ?? [] })) {
    lines.push(line);
    if (line.includes(readyText)) {
      child.stderr?.resume();
      return child;
    }
  }
  child.stdin?.end();
  throw new Error(`${command} did not start:\n${lines.join('\n')}`);
}

/** Ends a server, and waits for it. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  await once(child, 'exit');
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
