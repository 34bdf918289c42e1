import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../address';
import { buildOf, cliConfig, defaultMirror, hostPlatform, install, requiredProviders } from './install';

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
    .option('--bundle <file>', 'the bundled provider (default: the one beside this command)', parsePath)
    .option('--replace', 'replace another build of the same version')
    .action(async (flags: Flags) => {
      const mirror = resolve(flags.mirror);
      const bundle = flags.bundle ?? besideCommand();
      if (!existsSync(bundle)) throw new Error(`${bundle} does not exist. Run npm run build first.`);
      const { platform: platforms = [hostPlatform()], replace = false } = flags;
      const files = await install({ bundle, mirror, platforms, replace });
      console.log(report(mirror, files, buildOf(readFileSync(bundle))));
    });
}

/** The version of this package with the build of the provider beside this command, where it is built. */
export function versionWithBuild(): string {
  const bundle = besideCommand();
  return existsSync(bundle) ? `${version} (build ${buildOf(readFileSync(bundle))})` : version;
}

/** An empty path would be the working directory: a variable of the shell that is not set. */
function parsePath(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('The path is empty.');
  return value;
}

/** The build puts both bundles into one folder. */
function besideCommand(): string {
  return join(__dirname, 'terraform-provider-vicidial.js');
}

function report(mirror: string, files: readonly string[], build: string): string {
  const parts = [
    `Installed ${version}, build ${build}:\n${files.map((file) => `  ${file}`).join('\n')}`,
    `Declare the provider, then run terraform init:\n\n${requiredProviders()}`,
  ];
  if (mirror !== resolve(defaultMirror)) {
    parts.push(
      `This is not where terraform and tofu look by themselves. Put this into ~/.terraformrc or ~/.tofurc:\n\n${cliConfig(mirror)}`,
    );
  }
  return parts.join('\n\n');
}
