import { Command, InvalidArgumentError, Option } from 'commander';
import { buildNames, newestBuild, type BuildName } from '../emulator/builds';
import { readSystem, sampleSystem } from '../emulator/system-data';
import { startEmulator } from '../emulator/emulator';
import { faultFile } from '../emulator/faults';
import { persistToFile } from '../emulator/persistence';
import { readYaml } from '../yaml-file';

interface Flags {
  readonly port: number;
  readonly data?: string;
  readonly build: BuildName;
  readonly inspect?: boolean;
  readonly faults?: string;
}

/** `phonestate emulator`: runs an emulator until Ctrl-C. */
export function emulatorCommand(): Command {
  return new Command('emulator')
    .description('run a VICIdial emulator on this machine')
    .option('--port <port>', 'port to listen on; 0 for any free port', parsePort, 0)
    .option('--data <file>', 'YAML or JSON file that describes the system; changes of its phones are saved there')
    .addOption(new Option('--build <build>', 'VICIdial build to emulate').choices(buildNames).default(newestBuild))
    .option('--faults <file>', 'YAML or JSON file that lists the faults to inject')
    .option('--inspect', 'serve data, recorded calls and recorded pages as JSON under /_emulator/')
    .action(run);
}

async function run({ port, data: file, build, inspect = false, faults }: Flags): Promise<void> {
  const system = file === undefined ? undefined : readSystem(file);
  const emulator = await startEmulator({
    port,
    build,
    inspect,
    ...(faults === undefined ? {} : { faults: readYaml(faults, faultFile).data }),
    ...(system ? { data: system.data } : {}),
  });
  const flush = system && file !== undefined ? persistToFile(file, system, emulator.store) : () => {};
  console.log(`VICIdial ${build} (emulator) at ${emulator.url}`);
  console.log(`Admin pages at ${emulator.adminUrl}`);
  if (!system) console.log(`Users: ${sampleUsers()}`);
  if (inspect) console.log(`Inspect data and recorded calls at ${new URL('/_emulator/', emulator.url).href}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      flush();
      void emulator.close();
    });
  }
}

function sampleUsers(): string {
  return sampleSystem.users.map(({ user, password }) => `${user} with password ${password}`).join(', ');
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('The port must be a number from 0 to 65535.');
  return port;
}
