import { Command, InvalidArgumentError, Option } from 'commander';
import { buildNames, type BuildName } from '../emulator/builds';
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

/** `phonestate emulator`: an embedded dialer to try things out on, until Ctrl-C. */
export function emulatorCommand(): Command {
  return new Command('emulator')
    .description('run an embedded dialer on this machine, to try things out on')
    .option('--port <port>', 'port to listen on; 0 takes a free one', port, 0)
    .option('--data <file>', 'YAML or JSON that describes the system; its phones are kept there')
    .addOption(new Option('--build <build>', 'build of VICIdial to be').choices(buildNames).default(buildNames.at(-1)))
    .option('--faults <file>', 'YAML or JSON that says what is to go wrong')
    .option('--inspect', 'serve what is stored and what was called as JSON below /_emulator/')
    .action(run);
}

async function run({ port: wanted, data: file, build, inspect = false, faults: faultsFile }: Flags): Promise<void> {
  const system = file === undefined ? undefined : readSystem(file);
  const emulator = await startEmulator({
    port: wanted,
    build,
    inspect,
    ...(faultsFile === undefined ? {} : { faults: readYaml(faultsFile, faultFile).data }),
    ...(system ? { data: system.data } : {}),
  });
  const flush = system && file !== undefined ? persistToFile(file, system, emulator.store) : () => {};
  console.log(`VICIdial ${build} (embedded) at ${emulator.url}`);
  if (!system)
    console.log(
      `Users: ${sampleSystem.users.map(({ user, password }) => `${user} with password ${password}`).join(', ')}`,
    );
  if (inspect) console.log(`What it stores and was asked: ${new URL('/_emulator/', emulator.url).href}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      flush();
      void emulator.close();
    });
  }
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}
