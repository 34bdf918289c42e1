import { Command, Option } from 'commander';
import { address, version } from '../address';
import type { ExportedSystem } from '../export/exported-system';
import type { ExportFormat } from '../export/write-export';
import type { Settings } from '../settings/read-settings';
import { writeFiles, writePrivateFile } from './output-files';

interface Flags {
  readonly format: ExportFormat;
  readonly output?: string;
  readonly name: string;
  readonly names?: string;
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  readonly split?: 'server';
  readonly fields: 'changed' | 'all';
  readonly secrets?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `phonestate export`: writes a system as a configuration that imports it. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write the phones and phone aliases of a system as a configuration with imports; reads the VICIDIAL_* variables, and the admin pages or the database; writes nothing to VICIdial',
    )
    .addOption(
      new Option('--format <format>', 'environment file, HCL, or CDKTF in TypeScript')
        .choices(['yaml', 'hcl', 'cdktf'])
        .default('yaml'),
    )
    .option('--output <folder>', 'write files into this folder (default: standard output)')
    .option('--name <name>', 'name of the environment file or of the stack', 'vicidial')
    .option('--names <file>', 'names of servers by server_ip: read where it exists, and written')
    .option('--only <selector...>', 'only phones that match: server=…, user_group=…, extension=… with * and ?')
    .option('--without <selector...>', 'no phones that match')
    .addOption(new Option('--split <by>', 'a file for each server').choices(['server']))
    .addOption(
      new Option('--fields <fields>', "also the values that are VICIdial's defaults: all")
        .choices(['changed', 'all'])
        .default('changed'),
    )
    .option('--secrets <file>', 'write the passwords, in clear, into this file; only its owner may read it')
    .option('--force', 'replace files that differ')
    .option('--json', 'print a report as JSON')
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const [
    { exportSystem },
    { parseSelector },
    { exportFormats },
    { unmanagedLines },
    { readNames, writeNames },
    session,
  ] = await Promise.all([
    import('../export/exported-system'),
    import('../export/selection'),
    import('../export/write-export'),
    import('../export/comments'),
    import('./names-file'),
    import('./system-session'),
  ]);
  const { only = [], without = [], split, output, json = false, force = false } = flags;
  if (split && flags.format === 'cdktf')
    throw new Error('--split is for environment files and HCL; a program has one file.');
  if (split && output === undefined) throw new Error('--split writes several files. Add --output FOLDER.');
  const selection = { only: only.map(parseSelector), without: without.map(parseSelector) };
  const names = flags.names === undefined ? new Map<string, string>() : readNames(flags.names);
  const { settings, rows } = await session.readWholeSystem(process.env);
  const system = exportSystem(rows, {
    names,
    selection,
    allFields: flags.fields === 'all',
    nonLatin: settings.non_latin,
  });
  const format = exportFormats[flags.format];
  const files = format.write(system, {
    address,
    version,
    settings: settingsInFile(settings),
    environment: flags.name,
    splitServers: split === 'server',
  });
  const written = output === undefined ? [] : writeFiles(output, files, { force });
  if (flags.names !== undefined) writeNames(flags.names, new Map([...names, ...namesOf(system)]));
  if (flags.secrets !== undefined) {
    const { secretsFile } = await import('../export/secrets');
    writePrivateFile(flags.secrets, secretsFile(system, format.secretKey));
  }
  if (json) console.log(JSON.stringify(report(system, written, output === undefined ? files : new Map()), null, 2));
  else if (output === undefined) process.stdout.write([...files.values()][0] ?? '');
  const lines = [summary(system), ...written.map((file) => `Wrote ${file}`), ...unmanagedLines(system)];
  console.error(lines.join('\n'));
}

/** The settings that a file needs to mean the same system. Credentials are read when it runs. */
const settingNames = ['url', 'admin_url', 'read_from', 'non_latin', 'system_name'] as const;

function settingsInFile(settings: Settings): Record<string, string | number | boolean> {
  const defaults: Readonly<Record<string, unknown>> = { read_from: 'auto', non_latin: false };
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = settings[name];
      return value === undefined || value === defaults[name] ? [] : [[name, value]];
    }),
  );
}

function namesOf({ servers }: ExportedSystem): [string, string][] {
  return servers.map(({ ip, name }) => [ip, name]);
}

function countPhones({ servers }: ExportedSystem): number {
  return servers.reduce((sum, { phones }) => sum + phones.length, 0);
}

function summary(system: ExportedSystem): string {
  const { servers, aliases } = system;
  return `Exported ${countPhones(system)} phones of ${servers.length} servers and ${aliases.length} phone aliases.`;
}

function report(system: ExportedSystem, written: readonly string[], files: ReadonlyMap<string, string>) {
  return {
    phones: countPhones(system),
    aliases: system.aliases.length,
    servers: system.servers.map(({ name, ip, phones }) => ({ name, server_ip: ip, phones: phones.length })),
    unmanaged: system.unmanaged,
    written,
    // What would be on standard output.
    ...(files.size > 0 ? { files: Object.fromEntries(files) } : {}),
  };
}
