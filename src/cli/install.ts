/** Puts the provider where Terraform and OpenTofu look for it. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { address, version } from '../address';
import { putFile, readIfExists } from './put-file';

/** Both engines take a provider without a host for one of their own registry. */
export const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/** Where both engines look by default. */
export const defaultMirror = join(homedir(), '.terraform.d', 'plugins');

export interface InstallOptions {
  /** The bundled provider. */
  readonly bundle: string;
  /** Root of a filesystem mirror. */
  readonly mirror: string;
  /** `linux_amd64` and the like. */
  readonly platforms: readonly string[];
  /** Replaces another build of the same version. Default: it is an error. */
  readonly replace?: boolean;
}

/**
 * What distinguishes two builds of one version: the start of the SHA-256 of the bundled provider.
 *
 * @param bundle the content of the file
 */
export function buildOf(bundle: Uint8Array): string {
  return createHash('sha256').update(bundle).digest('hex').slice(0, 12);
}

/**
 * Puts the provider into a filesystem mirror, under the name that the engines expect. The version stays the same for
 * every build of it: a version with build metadata (0.1.0+a1b2c3) is only found where the configuration names it exactly.
 *
 * @returns the files, which all have the content of the bundle now
 * @throws Error in plain words where another build of the version is installed, or a file cannot be written
 */
export async function install({ bundle, mirror, platforms, replace = false }: InstallOptions): Promise<string[]> {
  const targets = registries.flatMap((registry) =>
    platforms.map((platform) =>
      join(mirror, registry, address, version, platform, `terraform-provider-vicidial_v${version}`),
    ),
  );
  const content = await readFile(bundle);
  // Of all of them, before any is written.
  for (const target of replace ? [] : targets) {
    const present = await readIfExists(target);
    if (present && !present.equals(content)) throw otherBuildAt(target, present, content);
  }
  for (const target of targets) {
    const other = await putFile(target, content, { workFolder: mirror, replace });
    if (other) throw otherBuildAt(target, other, content);
    // An earlier version of this command could leave it. The engines count it as a part of the package.
    await rm(`${target}.new`, { recursive: true, force: true });
  }
  return targets;
}

function otherBuildAt(target: string, installed: Uint8Array, given: Uint8Array): Error {
  return otherBuild({ place: dirname(target), version, installed: buildOf(installed), given: buildOf(given) });
}

interface OtherBuild {
  /** Where the other one is. */
  readonly place: string;
  readonly version: string;
  readonly installed: string;
  readonly given: string;
}

/** The error that says why nothing was replaced. */
export function otherBuild({ place, version: both, installed, given }: OtherBuild): Error {
  return new Error(
    `${place} has another build of ${both} already: build ${installed}, and this one is build ${given}. ` +
      'Nothing was replaced: terraform init would fail wherever the lock file (.terraform.lock.hcl) has the checksum of the installed build. ' +
      'Give the new build a version of its own in package.json, or choose another --mirror. Or use --replace; then remove the block of this provider from the lock file of each project, and run terraform init.',
  );
}

/**
 * The platform of this machine in the engines' words.
 *
 * @throws Error on Windows, which does not start a script as a program
 */
export function hostPlatform(platform = process.platform, arch: string = process.arch): string {
  if (platform === 'win32') {
    throw new Error(
      'Terraform on Windows starts only .exe files, and this provider is a Node.js script. Install the package of a release with --bundle (docs/guides/install.md), or run Terraform inside WSL.',
    );
  }
  return platformName(platform, arch);
}

/** The name of a platform, whether or not it starts scripts. */
export function platformName(platform: string = process.platform, arch: string = process.arch): string {
  const systems: Record<string, string> = { win32: 'windows' };
  const processors: Record<string, string> = { x64: 'amd64', ia32: '386' };
  return `${systems[platform] ?? platform}_${processors[arch] ?? arch}`;
}

/** What goes into the configuration that uses the provider. */
export function requiredProviders(installed = version): string {
  return `terraform {
  required_providers {
    vicidial = {
      source  = "${address}"
      version = "${installed}"
    }
  }
}`;
}

/** What goes into the engine's CLI configuration when the mirror is not where it looks by itself. */
export function cliConfig(mirror: string): string {
  return `provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ["${address}"]
  }
  direct {
    exclude = ["${address}"]
  }
}`;
}
