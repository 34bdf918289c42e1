/** The figures of one run as a file in JSON, for comparison with another run. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { budgetOf } from './budgets';
import type { Figure } from './figure';
import type { MeasuredEngine } from './measured-engine';

/** Where and with what the figures were measured. */
export interface Machine {
  readonly date: string;
  /** Of the sources; with `+` where they were changed since. */
  readonly commit: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryMb: number;
  /** The load of the last minute, before the first run. */
  readonly load: number;
  readonly node: string;
  readonly engines: readonly string[];
}

export interface ResultFile {
  readonly machine: Machine;
  readonly runs: number;
  readonly figures: readonly Figure[];
}

export function describeMachine(engines: readonly MeasuredEngine[]): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    commit: commit(),
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
    load: loadavg()[0] ?? 0,
    node: process.version,
    engines: engines.map(({ version }) => version),
  };
}

export function writeResults(file: string, { machine, runs, figures }: ResultFile): void {
  const rows = figures.map((figure) => ({ ...figure, budget: budgetOf(figure) }));
  writeFileSync(file, `${JSON.stringify({ machine, runs, figures: rows }, null, 2)}\n`);
}

/** @throws Error where the file is not one that `writeResults` has written */
export function readResults(file: string): ResultFile {
  // Only what an earlier run has written is given here; the fields that are used are checked.
  const results = JSON.parse(readFileSync(file, 'utf8')) as Partial<ResultFile>;
  const { machine, runs, figures } = results;
  if (!machine || runs === undefined || !Array.isArray(figures))
    throw new Error(`${file} has no figures of a benchmark.`);
  return { machine, runs, figures };
}

/** Without Git, as in an archive of the sources, it is not known. */
function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: __dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed}`;
  } catch {
    return 'unknown';
  }
}
