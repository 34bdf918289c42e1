/** What go-plugin and a provider tell each other before the first call (protocol facts, section 1). */

/** Not a secret: it only shows that Terraform, not a person, started the program. */
const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
const coreProtocol = 1;
export const providerProtocol = 6;

/** Why the program cannot go on, for a person to read. */
export class HandshakeError extends Error {}

/**
 * Checks that Terraform started this process and speaks the provider's protocol.
 *
 * @throws HandshakeError when it did not, or is too old
 */
export function checkLaunch(environment: NodeJS.ProcessEnv, address: string): void {
  if (environment.TF_PLUGIN_MAGIC_COOKIE !== cookie) {
    throw new HandshakeError(
      `This program is the Terraform provider ${address}. It is started by Terraform or OpenTofu, not by hand.\n` +
        'Install it with "phonestate install" and run "terraform init", or start it with --debug to attach a debugger.',
    );
  }
  const spoken = (environment.PLUGIN_PROTOCOL_VERSIONS ?? String(providerProtocol)).split(',').map(Number);
  if (!spoken.includes(providerProtocol)) {
    throw new HandshakeError(
      `The provider ${address} speaks plugin protocol ${providerProtocol}, this version of Terraform only ${spoken.join(' and ')}. Use Terraform 1.0 or later.`,
    );
  }
}

/**
 * The line that tells Terraform where to call.
 *
 * @param address socket path or host:port
 * @param certificate DER of the server's certificate; left out where TLS is off
 */
export function handshakeLine(network: 'unix' | 'tcp', address: string, certificate?: Buffer): string {
  // Terraform wants standard base64, and refuses its padding.
  const base64 = certificate?.toString('base64').replace(/=+$/u, '') ?? '';
  return `${[coreProtocol, providerProtocol, network, address, 'grpc', base64].join('|')}\n`;
}

/**
 * The value of TF_REATTACH_PROVIDERS for a provider that runs by itself.
 *
 * @param address `namespace/type`
 */
export function reattachConfig(address: string, network: 'unix' | 'tcp', at: string, pid: number): string {
  const entry = {
    Protocol: 'grpc',
    ProtocolVersion: providerProtocol,
    Pid: pid,
    Test: true,
    Addr: { Network: network, String: at },
  };
  return JSON.stringify({ [`registry.terraform.io/${address}`]: entry });
}
