/** Runs a provider as the plugin process that Terraform or OpenTofu starts. */
import { createServer, type Server } from 'node:net';
import { log } from '../logger';
import type { Dispatch } from '../rpc/handlers';
import { createCertificate } from './certificate';
import {
  checkLaunch,
  HandshakeError,
  handshakeLine,
  isStartedByEngine,
  reattachConfig,
  refusalLine,
} from './handshake';
import { defaultNetwork, listen, type Network } from './listener';

const parentCheckMs = 1000;
/** The reply to Shutdown is written, but may not have left yet. Terraform waits for the exit before it goes on. */
const shutdownGraceMs = 3;

export interface ServeOptions {
  /** `namespace/type` of the provider. */
  readonly address: string;
  /**
   * Loads what answers; called after the handshake, while the engine connects. In debug mode it is called for each
   * connection, so a provider that keeps its configuration has to be made in it.
   */
  readonly load: () => Promise<Dispatch>;
  /** Added to the message that a person gets who starts the program by hand. */
  readonly usage?: string;
  /** Default: TCP on Windows, a Unix socket elsewhere. */
  readonly network?: Network;
}

/**
 * Serves a provider until the engine shuts it down. With `--debug` among the program's arguments it runs by itself,
 * without TLS, and prints the setting with which the engine uses it.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const announce = redirectStandardOutput();
  try {
    await (process.argv.includes('--debug') ? serveDebug(options, announce) : servePlugin(options, announce));
  } catch (error) {
    const reason = error instanceof HandshakeError ? error.message : String(error);
    process.stderr.write(`${reason}\n`);
    if (isStartedByEngine(process.env)) announce(refusalLine(options.address, reason));
    process.exit(1);
  }
}

type Write = (text: string) => void;

/**
 * Sends to standard error what libraries print: Terraform gives up on a provider whose standard output begins with
 * anything but the handshake line.
 *
 * @returns writes to the real standard output
 */
function redirectStandardOutput(): Write {
  const write = process.stdout.write.bind(process.stdout);
  // `process.stderr` is looked up in each call because Node.js opens it at first use, which costs time at start. The
  // cast is for the overloads of `write`, which a rest parameter cannot express.
  process.stdout.write = ((...parts: Parameters<typeof process.stderr.write>) =>
    process.stderr.write(...parts)) as typeof process.stdout.write;
  return write;
}

async function servePlugin(
  { address: name, load, usage, network = defaultNetwork() }: ServeOptions,
  announce: Write,
): Promise<void> {
  const { env } = process;
  checkLaunch(env, name, usage);
  ignoreSignals();
  exitWithParent();
  const clientCertificate = env.PLUGIN_CLIENT_CERT;
  const certificate = clientCertificate ? await createCertificate() : undefined;
  const dispatch = memoized(load);
  const server = memoized(async () => {
    const { grpcServer } = await import('./grpc-server');
    return grpcServer({
      answer: async (rpc, request, _session, emit) => (await dispatch())(rpc, request, emit),
      onShutdown: () => setTimeout(() => process.exit(0), shutdownGraceMs),
      ...(certificate && clientCertificate ? { tls: { ...certificate, clientCertificate } } : {}),
    });
  });
  const listenAddress = await listen(listener(server), network, { isProtected: certificate !== undefined });
  announce(handshakeLine(listenAddress, certificate?.der));
  // While the engine connects.
  await server();
  await dispatch();
}

/** Listens for a server that is loaded meanwhile: HTTP/2 and TLS take longer to load than all that comes before. */
function listener(server: () => Promise<Server>): Server {
  return createServer((socket) => {
    // The server reports what it can. An engine that leaves before it is there is no reason to end.
    socket.on('error', (error) => log.debug(`a connection broke: ${error.message}`));
    void server().then((loaded) => loaded.emit('connection', socket));
  });
}

async function serveDebug(
  { address: name, load, network = defaultNetwork() }: ServeOptions,
  announce: Write,
): Promise<void> {
  const [{ grpcServer }, { answerByConnection }] = await Promise.all([
    import('./grpc-server'),
    import('./connections'),
  ]);
  const server = grpcServer({ answer: answerByConnection(load), onShutdown: () => {} });
  const config = reattachConfig(name, await listen(server, network), process.pid);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  announce(
    `The provider is running. In the shell of Terraform set\n\nexport TF_REATTACH_PROVIDERS='${config}'\n\nand stop it here with Ctrl-C.\n`,
  );
}

function memoized<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/**
 * Ctrl-C, a runner that cancels and a terminal that closes send a signal to the whole process group. Terraform then
 * sends StopProvider and waits for running applies, whose results would be lost if the provider exited first.
 */
function ignoreSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
}

/** A Terraform that was killed sends nothing: without this check the provider would keep running. */
function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, parentCheckMs).unref();
}
