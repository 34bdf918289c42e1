import { Command, Option } from 'commander';
import type { Report } from '../report/report-schema';
import { exitCodes } from './exit-codes';
import { writeOutput } from './output-files';
import { addInputOptions, beyondLimits, loadReports, type InputFlags } from './report-inputs';

const formats = ['markdown', 'html', 'json', 'gitlab'] as const;
type Format = (typeof formats)[number];

interface Flags extends InputFlags {
  readonly format?: Format;
  readonly html?: boolean;
  readonly json?: boolean;
  readonly output?: string;
}

/** `phonestate report`: what plans do, for the reviewer of a pull request. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('report what plans do, without secrets, for a pull request; reads the output of terraform show -json')
    .argument('[plans...]', 'PLAN.json or NAME=PLAN.json; - is the standard input')
    .addOption(new Option('--format <format>', 'format of the report (default: markdown)').choices([...formats]))
    .option('--html', 'write a page, one file that needs no network')
    .option('--json', 'write JSON, in the form of docs/report.schema.json')
    .option('--output <file>', 'write the report into a file');
  return addInputOptions(command)
    .addHelpText(
      'after',
      '\nExit code: 0; 3 where a limit is exceeded, or cannot be checked because the plan is not complete; 1 where a file cannot be read.',
    )
    .action(run);
}

async function run(plans: readonly string[], flags: Flags): Promise<void> {
  const format = formatOf(flags);
  const loaded = await loadReports(plans, flags);
  const { failuresFirst } = await import('../report/report');
  const text = await write(failuresFirst(loaded.map(({ report }) => report)), format, flags);
  writeOutput(flags.output, text);
  const beyond = beyondLimits(loaded, flags);
  if (beyond.length === 0) return;
  const { describeBeyond } = await import('../report/limits');
  for (const report of beyond) console.error(describeBeyond(report));
  process.exitCode = exitCodes.limitExceeded;
}

function formatOf({ format, html = false, json = false }: Flags): Format {
  const asked = [...(format === undefined ? [] : [format]), ...(html ? ['html'] : []), ...(json ? ['json'] : [])];
  const [first = 'markdown'] = asked;
  if (new Set(asked).size > 1) throw new Error('Choose one of --html, --json and --format.');
  // It is one of the list, or one of the two flags.
  return first as Format;
}

async function write(reports: readonly Report[], format: Format, { limit, linkBase }: Flags): Promise<string> {
  const { linkBaseOf } = await import('../report/origins');
  const base = linkBase ?? linkBaseOf(process.env);
  switch (format) {
    case 'markdown':
      return (await import('../report/markdown')).toMarkdown(reports, { limit, linkBase: base });
    case 'html':
      return (await import('../report/page')).toPage(reports, base);
    case 'json':
      return (await import('../report/formats')).toJson(reports);
    case 'gitlab':
      return (await import('../report/formats')).toGitlab(reports);
  }
}
