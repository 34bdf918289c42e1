/** What the engine and a provider exchange before the first RPC (plugin-protocol.md, section 1). */
import type { ListenAddress } from './listener';

/** Not a secret: it only shows that an engine, not a person, started the program. */
const magicCookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
const coreProtocol = 1;
const providerProtocol = 6;

/** Why the program cannot run, for a person to read. */
export class HandshakeError extends Error {}

/** Whether an engine started this process. */
export function isStartedByEngine(environment: NodeJS.ProcessEnv): boolean {
  return environment.TF_PLUGIN_MAGIC_COOKIE === magicCookie;
}

/**
 * Checks that an engine started this process and supports the provider's protocol.
 *
 * @param usage added to the message for a person who started the program by hand
 * @throws HandshakeError when it did not, or is too old
 */
export function checkLaunch(environment: NodeJS.ProcessEnv, address: string, usage?: string): void {
  if (!isStartedByEngine(environment)) {
    const lines = [
      `This program is the Terraform provider ${address}. It is started by Terraform or OpenTofu, not by hand.`,
      usage ??
        'Declare it in required_providers and run "terraform init", or start it with --debug to attach a debugger.',
    ];
    throw new HandshakeError(lines.join('\n'));
  }
  const supported = (environment.PLUGIN_PROTOCOL_VERSIONS ?? String(providerProtocol)).split(',').map(Number);
  if (!supported.includes(providerProtocol)) {
    throw new HandshakeError(
      `The provider ${address} uses plugin protocol ${providerProtocol}, and this version of Terraform supports only ${supported.join(' and ')}. Use Terraform 1.0 or later.`,
    );
  }
}

/**
 * The line that says where to connect.
 *
 * @param certificate DER of the server's certificate; left out where TLS is off
 */
export function handshakeLine({ network, address }: ListenAddress, certificate?: Buffer): string {
  // The engine expects standard base64 without padding.
  const base64 = certificate?.toString('base64').replace(/=+$/u, '') ?? '';
  return `${[coreProtocol, providerProtocol, network, address, 'grpc', base64].join('|')}\n`;
}

/**
 * The line in place of the handshake of a provider that cannot start. An engine shows the first line of standard output,
 * and nothing of standard error (plugin-protocol.md, section 1). With three of the separators it would be a handshake.
 */
export function refusalLine(address: string, reason: string): string {
  return `The provider ${address} did not start: ${reason.replace(/\s*\n\s*/gu, ' ').replaceAll('|', '/')}\n`;
}

/** Terraform looks its own registry up here, OpenTofu its own. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * The value of TF_REATTACH_PROVIDERS for a provider that runs by itself, for both engines.
 *
 * @param name `namespace/type`
 */
export function reattachConfig(name: string, { network, address }: ListenAddress, pid: number): string {
  const entry = {
    Protocol: 'grpc',
    ProtocolVersion: providerProtocol,
    Pid: pid,
    Test: true,
    Addr: { Network: network, String: address },
  };
  return JSON.stringify(Object.fromEntries(registries.map((registry) => [`${registry}/${name}`, entry])));
}
