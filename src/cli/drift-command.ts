import { Command } from 'commander';
import type { DriftReport } from '../drift/drift-schema';
import type { Environment } from '../environment/environment';
import type { EnvironmentReader } from '../environment/read-environment';
import { isSameSystem } from '../environment/system-of-environment';
import { readState, type StateFlags } from './drift-state';
import { folderOption, locate, type FolderFlag } from './environment-options';
import { exitCodes } from './exit-codes';
import { writeOutput } from './output-files';
import { limitOption } from './report-inputs';

interface Flags extends StateFlags, FolderFlag {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly output?: string;
  readonly limit: number;
  readonly linkBase?: string;
}

/** `phonestate drift`: what was changed on the system of an environment, distinguished from what is not applied yet. */
export function driftCommand(): Command {
  return new Command('drift')
    .description(
      'show what was changed on the system of an environment, what is missing and what no one declares; reads the system and the state, and writes nothing',
    )
    .argument('<environment>', 'name of the environment, or its file')
    .addOption(folderOption())
    .option('--stack <folder>', 'folder in which the engine pulls the state (default: cdktf.out/stacks/NAME)')
    .option(
      '--state <file>',
      'state instead: terraform.tfstate, or the output of state pull or show -json; - is the standard input',
    )
    .option('--no-state', 'compare without a state: what is not applied yet counts as drift')
    .option('--json', 'print the report as JSON, in the form of docs/drift.schema.json')
    .option('--markdown', 'print the report as Markdown, for an issue')
    .option('--output <file>', 'write the report into a file')
    .addOption(limitOption())
    .option('--link-base <url>', 'start of links to files (default: from the variables of GitHub or GitLab)')
    .addHelpText('after', '\nExit code: 0 where there is no drift; 2 where there is; 1 where something cannot be read.')
    .action(run);
}

async function run(name: string, flags: Flags): Promise<void> {
  if (flags.json && flags.markdown) throw new Error('Choose one of --json and --markdown.');
  const { reader, file } = await locate(name, flags.folder);
  const environment = reader.readFile(file);
  for (const { message, field } of environment.warnings)
    console.error(`warning: ${environment.file}: ${field}: ${message}`);
  const report = await makeReport(environment, othersOf(environment, reader), flags);
  const [text, { summary }] = [await write(report, flags), await import('../drift/words')];
  writeOutput(flags.output, text);
  console.error(`${environment.name}: ${summary(report)}`);
  if (report.result === 'drift') process.exitCode = exitCodes.different;
}

async function makeReport(
  environment: Environment,
  others: readonly Environment[],
  flags: Flags,
): Promise<DriftReport> {
  const [{ Drift }, { importEntries }, { withObservedSystem }, { systemOf }, { objectsOfSystem }] = await Promise.all([
    import('../drift/drift'),
    import('../drift/import-entries'),
    import('./drift-system'),
    import('../settings/system'),
    import('../drift/systems'),
  ]);
  if (environment.abstract)
    throw new Error(`${environment.file} is abstract: it is a base of other environments, and has no system.`);
  const state = await readState(environment.name, flags);
  return withObservedSystem(environment, process.env, async ({ settings, reader, rows, lookUpAll, adminLog }) => {
    const system = systemOf(settings) ?? '';
    const own = state && { ...state, objects: objectsOfSystem(state.objects, system, settings.previous_system) };
    const drift = new Drift({ environment, others, system, user: settings.user, reader, rows, state: own });
    drift.setLookups(await lookUpAll(drift.missing));
    drift.setLog(drift.loggedIds.length === 0 ? undefined : await adminLog(drift.loggedIds));
    const unmanaged = drift.unmanagedRows;
    return drift.report(importEntries({ rows, unmanaged }, environment, { nonLatin: settings.non_latin }));
  });
}

/** The environments of the folder that have the same `url`. Files without one are of whatever system a run chooses. */
function othersOf({ name, provider }: Environment, reader: EnvironmentReader): Environment[] {
  if (typeof provider.url !== 'string') return [];
  return reader.deployed().flatMap((other) => {
    if (other === name) return [];
    try {
      const environment = reader.read(other);
      return isSameSystem(environment.provider, provider) ? [environment] : [];
    } catch {
      console.error(`warning: environment ${other} has errors, so what it declares counts as not managed`);
      return [];
    }
  });
}

async function write(report: DriftReport, { json, markdown, limit, linkBase }: Flags): Promise<string> {
  if (json) return `${JSON.stringify(report, null, 2)}\n`;
  if (!markdown) return (await import('../drift/drift-text')).toText(report);
  const [{ toDriftMarkdown }, { linkBaseOf }] = await Promise.all([
    import('../drift/drift-markdown'),
    import('../report/origins'),
  ]);
  return toDriftMarkdown(report, { limit, linkBase: linkBase ?? linkBaseOf(process.env) });
}
