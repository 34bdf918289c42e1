/** What is compared: `terraform_data`, this provider as it is installed, and peers. Each has a workspace of its own. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../../src/address';
import { hostPlatform, registries } from '../../src/cli/install';
import { makeExecutables } from '../../testing/executables';
import { bundle, executables } from '../../testing/provider-file';
import { samplePhone } from '../../testing/sample-phone';
import { Workspace } from '../../testing/workspace';
import type { PeerFlag } from './flags';
import { peerArguments, readPeerConfiguration, type PeerConfiguration } from './peer-configuration';

export type Phone = Readonly<Record<string, unknown>>;

/** A provider to measure. */
export interface MeasuredProvider {
  readonly name: string;
  /** Whether it reads as `VICIDIAL_READ_FROM` says. */
  readonly hasReaders: boolean;
  /** The program that an engine starts. */
  readonly file: string;
  readonly isPeer: boolean;
  /** Where the resources are not those of this provider. */
  readonly peer?: PeerConfiguration;
}

/** The resources that have phones, as a configuration in JSON. */
export type Configuration = Readonly<Record<string, unknown>>;

/** This provider in its variants, and the peers. */
export function findProviders(variants: readonly string[], peers: readonly PeerFlag[]): MeasuredProvider[] {
  return [...ownProviders(variants), ...peers.map(openPeer)];
}

function ownProviders(variants: readonly string[]): MeasuredProvider[] {
  const own = variants.includes('node') ? [{ name: 'Node.js', hasReaders: true, file: bundle, isPeer: false }] : [];
  if (!variants.includes('executable')) return own;
  const missing = makeExecutables();
  if (missing === undefined)
    return [...own, { name: 'executable', hasReaders: true, file: executables().provider, isPeer: false }];
  console.log(`The executable is left out: ${missing}`);
  return own;
}

function openPeer({ name, file, configuration }: PeerFlag): MeasuredProvider {
  const program = resolve(file);
  if (!existsSync(program)) throw new Error(`--peer ${name}: there is no file ${program}.`);
  if (configuration === undefined) return { name, hasReaders: true, file: program, isPeer: true };
  return { name, hasReaders: false, file: program, isPeer: true, peer: readPeerConfiguration(configuration) };
}

/** Phones that have no more than the fields that are usual. */
export function fleet(count: number): Phone[] {
  return Array.from({ length: count }, (_, index) => {
    const extension = String(10_000 + index);
    return samplePhone(extension, { email: `desk${extension}@example.com`, phone_context: 'default', template_id: '' });
  });
}

/** As many `terraform_data` as there are phones, with the same values. */
export function dataResources(phones: readonly Phone[]): Configuration {
  return { resource: { terraform_data: byName(phones.map((input) => ({ input }))) } };
}

/** The phones as resources of a provider. */
export function phoneResources({ peer }: MeasuredProvider, phones: readonly Phone[]): Configuration {
  if (!peer) return { resource: { vicidial_phone: byName(phones) } };
  return {
    variable: { url: {}, user: {}, password: { sensitive: true } },
    provider: { [localName(peer)]: peer.provider },
    resource: { [peer.type]: byName(phones.map((phone) => peerArguments(peer, phone))) },
  };
}

/** Makes a workspace with its state on an http backend, ready for a plan. Without a provider, it has none. */
export async function openWorkspace(
  provider: MeasuredProvider | undefined,
  { stateAddress, configuration }: { readonly stateAddress: string; readonly configuration: Configuration },
): Promise<Workspace> {
  // A backend needs init, and init needs the provider installed.
  const workspace = await Workspace.create({
    provider: 'mirror',
    ...(provider && !provider.peer ? { file: provider.file } : {}),
  });
  if (!provider) workspace.write('versions.tf', '');
  if (provider?.peer) installPeer(workspace, provider.file, provider.peer);
  workspace.configure({ terraform: { backend: { http: { address: stateAddress } } }, ...configuration });
  await workspace.init();
  return workspace;
}

/** Puts a program that starts the peer into a mirror, and names its source address. */
function installPeer(workspace: Workspace, file: string, { source, ...peer }: PeerConfiguration): void {
  const name = localName({ source, ...peer });
  const mirror = join(workspace.folder, 'peers');
  for (const registry of registries) {
    const folder = join(mirror, registry, source, version, hostPlatform());
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `terraform-provider-${name}_v${version}`), `#!/bin/sh\nexec "${file}" "$@"\n`, {
      mode: 0o755,
    });
  }
  workspace.write('terraform.rc', `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  workspace.write(
    'versions.tf',
    `terraform {\n  required_providers {\n    ${name} = { source = "${source}" }\n  }\n}\n`,
  );
}

function localName({ source }: PeerConfiguration): string {
  return source.replace(/^.*\//u, '');
}

function byName<T>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item, index) => [`r${index}`, item]));
}
