/** Runs a provider as the plugin process that Terraform starts. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dispatch } from '../rpc/dispatch';
import { createCertificate } from './certificate';
import { checkLaunch, HandshakeError, handshakeLine, reattachConfig } from './handshake';

const parentCheckMs = 1000;
const shutdownGraceMs = 3;

/** Where Terraform dials. */
interface Address {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

/**
 * Serves a provider until Terraform shuts it down. With `--debug` it runs by itself, without TLS, and prints what to
 * set for Terraform to use it.
 *
 * @param address `namespace/type` of the provider
 * @param load loads what answers; called once Terraform knows where to call, so that it loads while Terraform connects
 */
export async function serve(address: string, load: () => Promise<Dispatch>): Promise<void> {
  // Standard output carries the handshake and nothing else: one word of a library before it, and Terraform gives up.
  const announce = process.stdout.write.bind(process.stdout);
  // Looked up at each call, as opening standard error takes time that a quiet start does not spend. The overloads fit no rest.
  process.stdout.write = ((...parts: Parameters<typeof process.stderr.write>) =>
    process.stderr.write(...parts)) as typeof process.stdout.write;
  try {
    await (process.argv.includes('--debug')
      ? serveDebug(address, load, announce)
      : servePlugin(address, load, announce));
  } catch (error) {
    process.stderr.write(`${error instanceof HandshakeError ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function servePlugin(
  name: string,
  load: () => Promise<Dispatch>,
  announce: (text: string) => void,
): Promise<void> {
  const { env } = process;
  checkLaunch(env, name);
  // Ctrl-C, a runner that cancels and a terminal that hangs up reach the whole process group. Terraform then asks the
  // provider to stop by a call and waits for what is under way, which would be lost if the provider went first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  exitWithParent();
  const clientCertificate = env.PLUGIN_CLIENT_CERT;
  // The key is made while HTTP/2 loads.
  const making = clientCertificate ? createCertificate() : undefined;
  const { grpcServer } = await import('./grpc-server');
  const own = await making;
  const server = grpcServer({
    answer: once(load),
    // The reply is written, but may not have left yet; Terraform waits for neither longer than it must.
    onShutdown: () => setTimeout(() => process.exit(0), shutdownGraceMs),
    ...(own && clientCertificate ? { tls: { ...own, clientCertificate } } : {}),
  });
  const { network, address } = await listen(server);
  announce(handshakeLine(network, address, own?.der));
  await load();
}

async function serveDebug(
  name: string,
  load: () => Promise<Dispatch>,
  announce: (text: string) => void,
): Promise<void> {
  const { grpcServer } = await import('./grpc-server');
  const { network, address } = await listen(grpcServer({ answer: once(load), onShutdown: () => {} }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  const config = reattachConfig(name, network, address, process.pid);
  announce(
    `The provider runs. In the shell of Terraform set\n\nexport TF_REATTACH_PROVIDERS='${config}'\n\nand stop it here with Ctrl-C.\n`,
  );
}

function once(load: () => Promise<Dispatch>): Dispatch {
  let loaded: Promise<Dispatch> | undefined;
  return async (call, request) => (await (loaded ??= load()))(call, request);
}

/** Listens on a socket in a folder that nobody else may enter; Windows has no such sockets that Terraform would dial. */
async function listen(server: Server): Promise<Address> {
  if (process.platform === 'win32') {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address object, not a socket's path.
    return { network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
  const folder = mkdtempSync(join(tmpdir(), 'tf-'));
  chmodSync(folder, 0o700);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const address = join(folder, 'plugin.sock');
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
  return { network: 'unix', address };
}

/** A Terraform that was killed tells nobody: without this the provider would stay behind. */
function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, parentCheckMs).unref();
}
