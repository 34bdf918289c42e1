/** The plans that `report` and `verify` are given, with what belongs to them: log, title, limits, origins. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { readFile } from '../read-file';
import type { Manifest } from '../report/manifest';
import type { PlanFile } from '../report/plan-file';
import type { Report } from '../report/report-schema';

export interface InputFlags {
  readonly environment?: readonly string[];
  readonly log?: readonly string[];
  readonly failOn?: string;
  readonly limit: number;
  readonly linkBase?: string;
}

/** A report with the plan that it is of. */
export interface LoadedReport {
  readonly report: Report;
  readonly plan: PlanFile;
}

/** How a plan is given: `PLAN.json`, `NAME=PLAN.json`, or `FILE.yaml=PLAN.json`. */
interface GivenPlan {
  readonly plan: string;
  readonly name?: string;
  readonly environmentFile?: string;
}

/** Comments on GitHub have at most 65,536 characters. */
const defaultLimit = 65_000;

/** The options that `report` and `verify` share. */
export function addInputOptions(command: Command): Command {
  return command
    .option(
      '--environment <environment...>',
      'environments with their plans, NAME=PLAN.json or FILE.yaml=PLAN.json; FILE.yaml alone is the environment of the one plan',
    )
    .option(
      '--log <file...>',
      'output of the plan command with -json, FILE or NAME=FILE: which objects failed is only there',
    )
    .option('--fail-on <limits>', 'exit with 3 where a server has more, such as "destroy,replace,destroy>5,update>30%"')
    .addOption(limitOption())
    .option('--link-base <url>', 'start of links to files (default: from the variables of GitHub or GitLab)');
}

/** The option `--limit` of commands that write Markdown. */
export function limitOption(): Option {
  return new Option('--limit <characters>', 'the most characters of Markdown')
    .default(defaultLimit)
    .argParser(parseCharacters);
}

/**
 * Reads plans and makes their reports.
 *
 * @param plans as the command line has them
 * @throws Error where a file cannot be read, or a limit is none
 */
export async function loadReports(plans: readonly string[], flags: InputFlags): Promise<LoadedReport[]> {
  const given = givenPlans(plans, flags.environment ?? []);
  const [{ parsePlan }, { makeReport }, { parseFailOn, parseLimits }, { findManifest }] = await Promise.all([
    import('../report/plan-file'),
    import('../report/report'),
    import('../report/limits'),
    import('../report/manifest'),
  ]);
  const failOn = parseFailOn(flags.failOn ?? '');
  const logs = givenLogs(flags.log ?? [], given.length);
  return Promise.all(
    given.map(async (each) => {
      const plan = parsePlan(readText(each.plan), each.plan);
      const declared =
        each.environmentFile === undefined
          ? findManifest(each.plan, each.name)
          : await declaredIn(each.environmentFile);
      const environment = each.name ?? declared?.title ?? basename(each.plan, '.json');
      const log = logs.get(environment) ?? logs.get('');
      const report = makeReport(
        {
          environment,
          plan,
          log: log === undefined ? undefined : readText(log),
          limits: [...parseLimits(declared?.limits ?? {}), ...failOn],
          origins: declared?.origins,
        },
        process.env,
      );
      return { report, plan };
    }),
  );
}

/** What an environment file says of itself. */
async function declaredIn(file: string): Promise<Omit<Manifest, 'version'>> {
  const [{ locate }, { manifestOf }] = await Promise.all([
    import('./environment-options'),
    import('../environment/report-manifest'),
  ]);
  const { reader, file: name } = await locate(file, '.');
  return manifestOf(reader.readFile(name));
}

/**
 * The reports in which a limit is exceeded, or of which no limit can be checked.
 *
 * @param flags which may have limits
 */
export function beyondLimits(loaded: readonly LoadedReport[], { failOn }: InputFlags): Report[] {
  return loaded
    .map(({ report }) => report)
    .filter(({ exceeded, result }) => {
      const isIncomplete = result === 'failed' || result === 'partial';
      return exceeded.length > 0 || (isIncomplete && failOn !== undefined);
    });
}

function givenPlans(plans: readonly string[], environments: readonly string[]): GivenPlan[] {
  const alone = environments.filter((each) => isYaml(each));
  const pairs = [...plans, ...environments.filter((each) => !isYaml(each))].map(splitPlan);
  const [file] = alone;
  if (pairs.length === 0) throw new Error('Give at least one plan: PLAN.json or NAME=PLAN.json.');
  const missing = environments.find((each) => !isYaml(each) && !each.includes('='));
  if (missing !== undefined) throw new Error(`--environment ${missing} has no plan. Write ${missing}=PLAN.json.`);
  if (file === undefined) return pairs;
  if (alone.length > 1 || pairs.length > 1 || pairs[0]?.environmentFile !== undefined)
    throw new Error(`Which plan is of ${file} is not clear. Write ${file}=PLAN.json for each environment.`);
  return pairs.map((each) => ({ ...each, ...namedBy(file) }));
}

function splitPlan(text: string): GivenPlan {
  const at = text.indexOf('=');
  if (at <= 0 || existsSync(text)) return { plan: text };
  const [left, plan] = [text.slice(0, at), text.slice(at + 1)];
  return isYaml(left) ? { plan, ...namedBy(left) } : { plan, name: left };
}

function namedBy(file: string): Pick<GivenPlan, 'name' | 'environmentFile'> {
  return { name: basename(file).replace(/\.ya?ml$/u, ''), environmentFile: file };
}

function isYaml(text: string): boolean {
  return /\.ya?ml$/u.test(text);
}

/** Logs by environment; that of the one plan by the empty name. */
function givenLogs(logs: readonly string[], plans: number): ReadonlyMap<string, string> {
  return new Map(
    logs.map((text): [string, string] => {
      const at = text.indexOf('=');
      if (at > 0 && !existsSync(text)) return [text.slice(0, at), text.slice(at + 1)];
      if (plans > 1) throw new Error(`Which plan has the log ${text} is not clear. Write NAME=${text}.`);
      return ['', text];
    }),
  );
}

/** The text of a file; of the standard input for `-`. */
export function readText(file: string): string {
  return file === '-' ? readFileSync(process.stdin.fd, 'utf8') : readFile(file).toString();
}

function parseCharacters(value: string): number {
  const characters = Number(value);
  if (!Number.isInteger(characters) || characters < 1)
    throw new InvalidArgumentError('The limit must be a number of characters, such as 65000.');
  return characters;
}
