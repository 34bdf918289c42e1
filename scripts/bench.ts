/**
 * What Phonestate costs, as ratios of two costs measured in one run: absolute times depend on the machine more than on the
 * program. Usage: npm run bench [-- --phones 1000 --runs 5 --only plans,apply --json FILE --compare FILE]; CONTRIBUTING.md
 * has all flags.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureBlocks } from './bench/blocks';
import { isOver } from './bench/budgets';
import { measureCommands } from './bench/commands';
import { measureConcurrency } from './bench/concurrency';
import type { Figure } from './bench/figure';
import type { BenchOptions } from './bench/fixture';
import { readFlags, type Flags } from './bench/flags';
import { measureGrowth } from './bench/growth';
import { MeasuredEngine } from './bench/measured-engine';
import { measureMemory } from './bench/memory';
import { measurePlansAndApplies } from './bench/plans-and-applies';
import { findProviders } from './bench/providers';
import { describeMachine, readResults, writeResults, type Machine } from './bench/result-file';
import { measureStart } from './bench/start';
import { warnOfMissing } from './bench/system';
import { comparison, heading, line, machineLines } from './bench/table';

async function main(): Promise<void> {
  const flags = readFlags();
  // Before anything is measured: it may be wrong.
  const earlier = flags.compare === undefined ? undefined : readResults(flags.compare);
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-bench-'));
  try {
    const engines = MeasuredEngine.find(flags.engines, folder);
    const machine = describeMachine(engines);
    const providers = findProviders(flags.variants, flags.peers);
    warnOfMissing();
    for (const text of machineLines(machine)) console.log(text);
    const figures: Figure[] = [];
    const report = reporter(figures, machine, flags);
    await measure({ ...flags, engines, providers, report }, flags.only, folder);
    if (earlier) {
      console.log(`\nSince ${earlier.machine.commit} (${earlier.machine.date})`);
      for (const text of comparison(earlier.figures, figures)) console.log(text);
    }
    const over = figures.filter(isOver).length;
    console.log(`\n${over === 0 ? 'Every figure is within its budget.' : `${over} figures are over their budget.`}`);
    if (flags.strict && over > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(options: BenchOptions, only: Flags['only'], folder: string): Promise<void> {
  if (only.includes('start')) await measureStart(options, folder);
  await measurePlansAndApplies(options, only);
  if (only.includes('growth')) await measureGrowth(options);
  if (only.includes('memory')) await measureMemory(options);
  if (only.includes('blocks')) await measureBlocks(options);
  if (only.includes('commands')) await measureCommands(options);
  if (only.includes('concurrency')) await measureConcurrency(options);
}

/** Prints each figure, and writes all so far: a long run may be ended early. */
function reporter(figures: Figure[], machine: Machine, { json, runs }: Flags): (figure: Figure) => void {
  return (figure) => {
    if (figure.subject.section !== figures.at(-1)?.subject.section) console.log(heading(figure.subject.section));
    console.log(line(figure));
    figures.push(figure);
    if (json !== undefined) writeResults(json, { machine, runs, figures });
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
