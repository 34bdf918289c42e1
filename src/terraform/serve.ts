/** Runs a provider as the plugin process that Terraform starts. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerFor } from './answer';
import { makeCertificate } from './certificate';
import { startGrpcServer } from './grpc-server';
import { checkLaunch, HandshakeError, handshakeLine, reattachConfig } from './handshake';
import type { Provider } from './provider';

const parentCheckMs = 1000;

interface Listener {
  readonly network: 'unix' | 'tcp';
  /** As Terraform dials it. */
  address(port: number): string;
  /** As gRPC binds it. */
  readonly bind: string;
}

/**
 * Serves a provider until Terraform shuts it down. With `--debug` it runs by itself, without TLS, and prints what to
 * set for Terraform to use it.
 *
 * @param provider what to serve
 */
export async function serve(provider: Provider): Promise<void> {
  // Standard output carries the handshake and nothing else.
  console.log = console.error;
  try {
    await (process.argv.includes('--debug') ? serveDebug(provider) : servePlugin(provider));
  } catch (error) {
    process.stderr.write(`${error instanceof HandshakeError ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function servePlugin(provider: Provider): Promise<void> {
  const { env } = process;
  checkLaunch(env, provider.address);
  // Ctrl-C reaches the whole process group; Terraform tells the provider to stop by a call, and waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => process.exit(1));
  exitWithParent();
  const clientCertificate = env.PLUGIN_CLIENT_CERT;
  const own = clientCertificate ? makeCertificate() : undefined;
  const listener = listen();
  const port = await startGrpcServer(listener.bind, {
    answer: answerFor(provider),
    onShutdown: () => process.exit(0),
    ...(own && clientCertificate ? { tls: { ...own, clientCertificate } } : {}),
  });
  process.stdout.write(handshakeLine(listener.network, listener.address(port), own?.der));
}

async function serveDebug(provider: Provider): Promise<void> {
  const listener = listen();
  const port = await startGrpcServer(listener.bind, { answer: answerFor(provider), onShutdown: () => {} });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  const config = reattachConfig(provider.address, listener.network, listener.address(port), process.pid);
  process.stdout.write(`The provider runs. In the shell of Terraform set\n\nexport TF_REATTACH_PROVIDERS='${config}'\n\nand stop it here with Ctrl-C.\n`);
}

/** A socket in a folder that nobody else may enter; Windows has no such sockets that Terraform would dial. */
function listen(): Listener {
  if (process.platform === 'win32') return { network: 'tcp', bind: '127.0.0.1:0', address: (port) => `127.0.0.1:${port}` };
  const folder = mkdtempSync(join(tmpdir(), 'tf-'));
  chmodSync(folder, 0o700);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const socket = join(folder, 'plugin.sock');
  return { network: 'unix', bind: `unix:${socket}`, address: () => socket };
}

/** A Terraform that was killed tells nobody: without this the provider would stay behind. */
function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, parentCheckMs).unref();
}
