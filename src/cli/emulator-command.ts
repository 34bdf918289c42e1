import { Command, InvalidArgumentError } from 'commander';
import { buildOf, newestBuild } from '../emulator/builds';
import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator/emulator';
import { faultFile } from '../emulator/faults';
import { persistToFile } from '../emulator/persistence';
import { readSystem, sampleSystem } from '../emulator/system-data';
import { readYaml } from '../yaml-file';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly data?: string;
  readonly build: string;
  readonly buildName?: string;
  readonly versionName?: string;
  readonly inspect?: boolean;
  readonly faults?: string;
}

/** `phonestate emulator`: runs an emulator until Ctrl-C. */
export function emulatorCommand(): Command {
  return new Command('emulator')
    .description('run a VICIdial emulator on this machine')
    .option('--host <address>', 'address to listen on; any but loopback lets other machines in', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 for any free port', parsePort, 0)
    .option('--data <file>', 'YAML or JSON file that describes the system; changes of its phones are saved there')
    .option('--build <date>', 'date of the VICIdial build to emulate, such as 200622', parseBuild, newestBuild)
    .option('--build-name <name>', 'what it prints as its build instead, as a fork does')
    .option('--version-name <name>', 'what it prints as its version instead')
    .option('--faults <file>', 'YAML or JSON file that lists the faults to inject')
    .option('--inspect', 'serve data, recorded calls and recorded pages as JSON under /_emulator/')
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const { host, port, data: file, inspect = false, faults, buildName: build, versionName: version } = flags;
  const system = file === undefined ? undefined : readSystem(file);
  const emulator = await start({
    host,
    port,
    build: flags.build,
    names: { build, version },
    inspect,
    ...(faults === undefined ? {} : { faults: readYaml(faults, faultFile).data }),
    ...(system ? { data: system.data } : {}),
  });
  const flush = system && file !== undefined ? persistToFile(file, system, emulator.store, warn) : () => {};
  if (!isLoopback(host)) console.error(`Warning: other machines can reach the emulator at ${host}.`);
  console.log(`VICIdial ${flags.build} (emulator) at ${emulator.url}`);
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

function warn({ message }: Error): void {
  console.error(`Warning: ${message}`);
}

/**
 * Starts the emulator.
 *
 * @throws Error in plain words where it cannot listen
 */
async function start(options: EmulatorOptions & { readonly host: string; readonly port: number }): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = listenErrors[code];
    if (reason === undefined) throw error;
    throw new Error(`The emulator cannot listen on ${options.host}, port ${options.port}: ${reason}.`, {
      cause: error,
    });
  }
}

const listenErrors: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses the port; choose another one, or --port 0 for any that is free',
  EACCES: 'this user may not use the port; choose one above 1023',
  EADDRNOTAVAIL: 'this machine does not have the address',
  ENOTFOUND: 'the name is not known',
};

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./u.test(host);
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

function parseBuild(value: string): string {
  try {
    buildOf(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : '');
  }
  return value;
}
