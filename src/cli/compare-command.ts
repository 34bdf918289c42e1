import { Command } from 'commander';
import type { CompareOptions } from '../compare/compare';
import type { Side } from '../compare/side';
import { exitCodes } from './exit-codes';
import { defaultFolder, findSource, readSourceSystem, sourceForms, type Source } from './source';

interface Flags {
  readonly folder: string;
  readonly through?: string;
  readonly ignore?: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `phonestate compare`: what is different between two environments or systems. */
export function compareCommand(): Command {
  return new Command('compare')
    .description(
      'show what is different between two environments, an environment and a system, or two systems; the exit code is 0 where they are the same, 2 where they differ, 1 for an error',
    )
    .argument('<a>', sourceForms)
    .argument('<b>', 'the same')
    .option('--folder <folder>', 'where environments are that are given by name', defaultFolder)
    .option(
      '--through <environment>',
      'pair the objects of a system with those of another one by the mapping of this environment',
    )
    .option('--ignore <field...>', 'fields that are not compared')
    .option('--all', 'also what extends explains')
    .option('--json', 'print the differences as JSON')
    .option('--markdown', 'print the differences as Markdown')
    .action(run);
}

async function run(a: string, b: string, flags: Flags): Promise<void> {
  const [{ compareSides }, report] = await Promise.all([
    import('../compare/compare'),
    import('../compare/comparison-report'),
  ]);
  const sources = [await findSource(a, flags.folder), await findSource(b, flags.folder)] as const;
  const { sides, explains } = await makeSides(sources[0], sources[1], flags);
  const { ignore: given = [], all = false } = flags;
  await checkFields(given);
  const { ignoredFields } = await import('../compare/ignored');
  const inFiles = sources.flatMap((source) => (source.kind === 'environment' ? ignoredFields(source.environment) : []));
  const ignore = [...given, ...inFiles];
  const comparison = compareSides(sides[0], sides[1], { ignore, all, ...(explains ? { explains } : {}) });
  if (flags.json) console.log(JSON.stringify(comparison, null, 2));
  else process.stdout.write(flags.markdown ? report.markdownReport(comparison) : report.textReport(comparison));
  console.error(report.summaryLine(comparison));
  if (!comparison.isSame) process.exitCode = exitCodes.different;
}

interface Sides {
  readonly sides: readonly [Side, Side];
  readonly explains?: CompareOptions['explains'];
}

async function makeSides(a: Source, b: Source, flags: Flags): Promise<Sides> {
  const [{ environmentSide, environmentSides }, { systemSide }, { splitIgnored }] = await Promise.all([
    import('../compare/environment-side'),
    import('../compare/system-side'),
    import('../compare/ignored'),
  ]);
  if (a.kind === 'environment' && b.kind === 'environment') {
    return { sides: environmentSides(a.environment, b.environment, (name) => b.reader.read(name)) };
  }
  const through = flags.through === undefined ? undefined : await readThrough(flags.through, flags.folder);
  const sideOf = async (source: Source, isFirst: boolean): Promise<Side> => {
    if (source.kind === 'environment') return environmentSide(source.environment);
    const { rows: all } = await readSourceSystem(source);
    const other = isFirst ? b : a;
    const { rows } = other.kind === 'environment' ? splitIgnored(all, other.environment) : { rows: all };
    return systemSide(source.label, rows, isFirst ? through?.keys : undefined);
  };
  return {
    sides: [await sideOf(a, true), await sideOf(b, false)],
    ...(through ? { explains: through.explains } : {}),
  };
}

async function readThrough(name: string, folder: string) {
  const source = await findSource(name, folder);
  if (source.kind === 'system') throw new Error('--through needs an environment that extends another one.');
  const { mappingOf } = await import('../compare/mapping');
  return mappingOf(source.environment, (base) => source.reader.read(base));
}

async function checkFields(names: readonly string[]): Promise<void> {
  const [{ phoneType }, { phoneAliasFields }, { writeOnlyDefinitions }] = await Promise.all([
    import('../model/phone-fields'),
    import('../model/phone-alias-fields'),
    import('../model/write-only-fields'),
  ]);
  const writeOnly = Object.keys(writeOnlyDefinitions(phoneType));
  const known = ['protect', ...Object.keys(phoneType.fields), ...writeOnly, ...Object.keys(phoneAliasFields)];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`--ignore: there is no field ${unknown.join(', ')}. Fields: ${known.join(', ')}.`);
}
