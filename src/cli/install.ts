/** Puts the provider where Terraform and OpenTofu look for it. */
import { chmod, copyFile, mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { address, version } from '../address';

/** Both engines take a provider without a host for one of their own registry. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/** Where both engines look by default. */
export const defaultMirror = join(homedir(), '.terraform.d', 'plugins');

export interface InstallOptions {
  /** The bundled provider. */
  readonly bundle: string;
  /** Root of a filesystem mirror. */
  readonly mirror: string;
  /** `linux_amd64` and the like. */
  readonly platforms: readonly string[];
}

/**
 * Copies the provider into a filesystem mirror, under the name that the engines expect.
 *
 * @returns the files written
 */
export async function install({ bundle, mirror, platforms }: InstallOptions): Promise<string[]> {
  const targets = registries.flatMap((registry) =>
    platforms.map((platform) =>
      join(mirror, registry, address, version, platform, `terraform-provider-vicidial_v${version}`),
    ),
  );
  for (const target of targets) {
    await mkdir(dirname(target), { recursive: true });
    // A provider that is running keeps the file that it was started from.
    await copyFile(bundle, `${target}.new`);
    await chmod(`${target}.new`, 0o755);
    await rename(`${target}.new`, target);
  }
  return targets;
}

/**
 * The platform of this machine in the engines' words.
 *
 * @throws Error on Windows, which does not start a script as a program
 */
export function hostPlatform(platform = process.platform, arch: string = process.arch): string {
  if (platform === 'win32') {
    throw new Error(
      'Terraform on Windows starts only .exe files, and the provider is a Node.js script. Run Terraform inside WSL.',
    );
  }
  const names: Record<string, string> = { x64: 'amd64', ia32: '386' };
  return `${platform}_${names[arch] ?? arch}`;
}

/** What goes into the configuration that uses the provider. */
export function requiredProviders(): string {
  return `terraform {
  required_providers {
    vicidial = {
      source  = "${address}"
      version = "${version}"
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
