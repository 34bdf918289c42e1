import { Command } from 'commander';
import { address, version } from '../address';
import type { Environment } from '../environment/environment';
import type { EnvironmentChanges } from '../environment/environment-file';
import type { Selection } from '../export/selection';
import { writeFiles, writePrivateFile } from './output-files';
import { defaultFolder, findSource, readSourceSystem, sourceForms, type Source } from './source';
import type { ReadSystem } from './system-session';

interface Flags {
  readonly name: string;
  readonly output?: string;
  readonly folder: string;
  readonly target?: string;
  readonly url?: string;
  readonly server: readonly string[];
  readonly map: readonly string[];
  readonly only: readonly string[];
  readonly without: readonly string[];
  readonly secrets?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The exit code where the clone does not fit the target as it is. */
const unfitExitCode = 2;

/** `phonestate clone`: a new environment of an environment or a system, and what it would meet on its target. */
export function cloneCommand(): Command {
  return new Command('clone')
    .description(
      'write a new environment file: derived from an environment, or with the phones of a system; shows what would collide on the target and what it lacks (exit code 2); writes nothing to VICIdial',
    )
    .argument('<from>', sourceForms)
    .requiredOption('--name <name>', 'name of the new environment')
    .option('--output <folder>', 'write NAME.yaml into this folder (default: standard output)')
    .option('--folder <folder>', 'where environments are that are given by name', defaultFolder)
    .option('--target <system>', 'the system that the clone is for: "system" or "system:PREFIX"; it is only read')
    .option('--url <url>', 'address of the API of the target (default: that of --target)')
    .option('--server <name=own:address...>', 'a server, its name in the clone and its address there', [])
    .option('--map <field=change...>', 'a change: +40000, /^55/95/, or a template such as {phone_login}s', [])
    .option('--only <selector...>', 'only phones that match: server=…, user_group=…, extension=… with * and ?', [])
    .option('--without <selector...>', 'no phones that match', [])
    .option(
      '--secrets <file>',
      'of a system: write the passwords, in clear, into this file; only its owner may read it',
    )
    .option('--force', 'replace a file that differs')
    .option('--json', 'print a report as JSON')
    .action(run);
}

async function run(from: string, flags: Flags): Promise<void> {
  const [{ parseSelector }, { previewClone, previewLines }] = await Promise.all([
    import('../export/selection'),
    import('../export/clone-preview'),
  ]);
  const selection = { only: flags.only.map(parseSelector), without: flags.without.map(parseSelector) };
  const source = await findSource(from, flags.folder);
  const target = flags.target === undefined ? undefined : await readTarget(flags.target);
  const url = flags.url ?? target?.settings.url;
  const clone =
    source.kind === 'environment'
      ? await deriveClone(source, selection, url, flags)
      : await copyClone(source, selection, url, flags);
  const files = new Map([[`${flags.name}.yaml`, clone.text]]);
  const written = flags.output === undefined ? [] : writeFiles(flags.output, files, { force: flags.force ?? false });
  if (flags.secrets !== undefined) writePrivateFile(flags.secrets, clone.secrets());
  const preview = target && previewClone(clone.environment, target.rows, target.references);
  const lines = preview ? previewLines(preview) : [];
  const { phones, aliases } = clone.environment;
  const counts = { phones: phones.length, aliases: aliases.length };
  if (flags.json)
    console.log(JSON.stringify({ ...counts, written, preview: preview ?? null, text: clone.text }, null, 2));
  else if (flags.output === undefined) process.stdout.write(clone.text);
  const summary = `The clone has ${counts.phones} phones and ${counts.aliases} phone aliases.`;
  console.error([summary, ...written.map((file) => `Wrote ${file}`), ...lines].join('\n'));
  if (lines.length > 0) process.exitCode = unfitExitCode;
}

async function readTarget(argument: string): Promise<ReadSystem> {
  const target = await findSource(argument);
  if (target.kind === 'environment') throw new Error('--target is a system: "system" or "system:PREFIX".');
  return readSourceSystem(target, { references: true });
}

interface Clone {
  readonly environment: Environment;
  readonly text: string;
  readonly secrets: () => string;
}

/** A file that extends the environment. It is read before it is written, so that it has no errors. */
async function deriveClone(
  { environment: base, reader }: Extract<Source, { readonly kind: 'environment' }>,
  { only, without }: Selection,
  url: string | undefined,
  flags: Flags,
): Promise<Clone> {
  const [{ cloneChanges }, { writeDerived }, { EnvironmentReader }] = await Promise.all([
    import('../export/clone-changes'),
    import('../export/write-derived'),
    import('../environment/read-environment'),
  ]);
  const ownUrl = url === base.provider.url ? undefined : url;
  const changes: EnvironmentChanges = {
    ...cloneChanges(base, { url: ownUrl, servers: flags.server, maps: flags.map }),
    ...(only.length > 0 ? { only: [...only] } : {}),
    ...(without.length > 0 ? { without: [...without] } : {}),
  };
  const text = writeDerived(base.name, changes, version);
  const file = `${flags.name}.yaml`;
  const { source } = reader;
  const withClone = new EnvironmentReader({
    ...source,
    list: () => [...new Set([...source.list(), file])],
    read: (path) => (path === file ? Buffer.from(text) : source.read(path)),
  });
  const secrets = () => {
    throw new Error('--secrets is for a clone of a system. An environment has no passwords, only variables.');
  };
  return { environment: withClone.read(flags.name), text, secrets };
}

/** A file with all phones of the system, each with all of its values. */
async function copyClone(
  source: Extract<Source, { readonly kind: 'system' }>,
  selection: Selection,
  url: string | undefined,
  flags: Flags,
): Promise<Clone> {
  const [
    { cloneChanges },
    { deriveEnvironment },
    { exportSystem },
    { systemOf },
    { secretsFile, loginKey },
    { writeYaml },
  ] = await Promise.all([
    import('../export/clone-changes'),
    import('../environment/derive-environment'),
    import('../export/exported-system'),
    import('../export/environment-system'),
    import('../export/secrets'),
    import('../export/write-yaml'),
  ]);
  const { settings, rows } = await readSourceSystem(source);
  const exported = exportSystem(rows, { selection, allFields: true, nonLatin: settings.non_latin });
  const provenance = { address, version, command: 'clone', environment: 'source' } as const;
  const nonLatin: Readonly<Record<string, boolean>> = settings.non_latin ? { non_latin: true } : {};
  const written = writeYaml(exported, { ...provenance, settings: { url: settings.url, ...nonLatin } });
  const base = await readText('source', written.get('source.yaml') ?? '');
  const ownUrl = url === settings.url ? undefined : url;
  const changes = cloneChanges(base, { url: ownUrl, servers: flags.server, maps: flags.map });
  const environment = deriveEnvironment(base, changes, { name: flags.name });
  const phones = new Map(
    exported.servers.flatMap(({ name, phones: all }) => all.map((phone) => [`${name}/${phone.extension}`, phone])),
  );
  const system = systemOf(environment, ({ baseKey = '' }) => phones.get(baseKey));
  const options = { ...provenance, environment: flags.name, settings: { url: url ?? settings.url, ...nonLatin } };
  const text = writeYaml(system, { ...options, imports: false }).get(`${flags.name}.yaml`) ?? '';
  return { environment, text, secrets: () => secretsFile(system, loginKey) };
}

/** Reads an environment that is no file. */
async function readText(name: string, text: string): Promise<Environment> {
  const { EnvironmentReader } = await import('../environment/read-environment');
  const file = `${name}.yaml`;
  const reader = new EnvironmentReader({
    folder: '.',
    nameOf: () => file,
    list: () => [file],
    read: (path) => (path === file ? Buffer.from(text) : undefined),
  });
  return reader.read(name);
}
