import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../address';
import { buildOf, cliConfig, defaultMirror, hostPlatform, install, platformName, requiredProviders } from './install';
import { archiveOf, installArchive, type InstalledArchive } from './install-archive';

const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

interface Flags {
  readonly mirror: string;
  readonly platform?: readonly string[];
  readonly bundle?: string;
  readonly replace?: boolean;
}

/** `phonestate install`: puts the provider into a filesystem mirror and says what to write into the configuration. */
export function installCommand(): Command {
  return new Command('install')
    .description('put the provider where terraform and tofu find it')
    .option('--mirror <folder>', 'root of the filesystem mirror', parsePath, defaultMirror)
    .addOption(
      new Option('--platform <platform...>', 'platforms to install for (default: this one)').choices(platforms),
    )
    .option(
      '--bundle <file>',
      'the provider: a bundle, or the zip of a release (default: beside this command)',
      parsePath,
    )
    .option('--replace', 'replace another build of the same version')
    .action(async (flags: Flags) => {
      const mirror = resolve(flags.mirror);
      const bundle = flags.bundle ?? besideCommand();
      if (!existsSync(bundle)) throw new Error(`${bundle} does not exist. ${howToGet()}`);
      if (bundle.endsWith('.zip') && flags.platform)
        throw new Error('--platform is for a bundle: the archive of a release is for the platform in its name.');
      console.log(report(mirror, await installFile(bundle, mirror, flags)));
    });
}

async function installFile(
  bundle: string,
  mirror: string,
  { platform, replace = false }: Flags,
): Promise<InstalledArchive> {
  if (bundle.endsWith('.zip')) return installArchive({ archive: bundle, mirror, replace });
  const files = await install({ bundle, mirror, platforms: platform ?? [hostPlatform()], replace });
  return { version, build: buildOf(readFileSync(bundle)), files };
}

/** Whether this is the executable, whose files are not beside it. */
const isExecutable = process.versions.bun !== undefined;

function howToGet(): string {
  return isExecutable
    ? 'Download the package of the provider from the same release, and put it beside this command or name it with --bundle.'
    : 'Run npm run build first.';
}

/** The version of this package with the build of the provider beside this command, where it is built. */
export function versionWithBuild(): string {
  const bundle = besideCommand();
  return !isExecutable && existsSync(bundle) ? `${version} (build ${buildOf(readFileSync(bundle))})` : version;
}

/** An empty path would be the working directory: a variable of the shell that is not set. */
function parsePath(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('The path is empty.');
  return value;
}

/** The build puts both bundles into one folder. A release has an archive of the provider for each platform. */
function besideCommand(): string {
  if (isExecutable) return join(dirname(process.execPath), archiveOf(version, platformName()));
  return join(__dirname, 'terraform-provider-vicidial.js');
}

function report(mirror: string, { version: installed, build, files }: InstalledArchive): string {
  const parts = [
    `Installed ${installed}, build ${build}:\n${files.map((file) => `  ${file}`).join('\n')}`,
    `Declare the provider, then run terraform init:\n\n${requiredProviders(installed)}`,
  ];
  if (mirror !== resolve(defaultMirror)) {
    parts.push(
      `This is not where terraform and tofu look by themselves. Put this into ~/.terraformrc or ~/.tofurc:\n\n${cliConfig(mirror)}`,
    );
  }
  return parts.join('\n\n');
}
