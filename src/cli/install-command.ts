import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { cliConfig, defaultMirror, hostPlatform, install, requiredProviders } from './install';

const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

interface Flags {
  readonly mirror: string;
  readonly platform?: readonly string[];
  readonly bundle?: string;
}

/** `phonestate install`: puts the provider into a filesystem mirror and says what to write into the configuration. */
export function installCommand(): Command {
  return new Command('install')
    .description('put the provider where terraform and tofu find it')
    .option('--mirror <folder>', 'root of the filesystem mirror', defaultMirror)
    .addOption(
      new Option('--platform <platform...>', 'platforms to install for (default: this one)').choices(platforms),
    )
    .option('--bundle <file>', 'the bundled provider (default: the one beside this command)')
    .action(async (flags: Flags) => {
      const mirror = resolve(flags.mirror);
      const bundle = flags.bundle ?? besideCommand();
      if (!existsSync(bundle)) throw new Error(`${bundle} does not exist. Run npm run build first.`);
      const files = await install({ bundle, mirror, platforms: flags.platform ?? [hostPlatform()] });
      console.log(report(mirror, files));
    });
}

/** The build puts both bundles into one folder. */
function besideCommand(): string {
  return join(__dirname, 'terraform-provider-vicidial.js');
}

function report(mirror: string, files: readonly string[]): string {
  const parts = [
    `Installed:\n${files.map((file) => `  ${file}`).join('\n')}`,
    `Declare the provider, then run terraform init:\n\n${requiredProviders()}`,
  ];
  if (mirror !== resolve(defaultMirror)) {
    parts.push(
      `This is not where terraform and tofu look by themselves. Put this into ~/.terraformrc or ~/.tofurc:\n\n${cliConfig(mirror)}`,
    );
  }
  return parts.join('\n\n');
}
