/**
 * Replays recordings of running servers on the emulator. Usage: npm run replay -- FILE…
 *
 * The exit code is 1 where less than 99.9 % of the calls of a file agree.
 */
import { basename } from 'node:path';
import type { Difference } from '../testing/replay-compare';
import { readRecording } from '../testing/recording';
import { rateOf, replay, requiredRate, type ReplayResult } from '../testing/replay';

async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error('Name the files of recordings: npm run replay -- FILE…');
  for (const file of files) {
    const result = await replay(readRecording(file));
    const rate = rateOf(result);
    console.log(`${basename(file)}: ${result.calls} calls, ${result.agreeing} agree, ${percent(rate)}`);
    printDifferences(result);
    if (rate < requiredRate) process.exitCode = 1;
  }
}

/** Each class of differences with one example, the most frequent first. */
function printDifferences({ differences }: ReplayResult): void {
  const classes = new Map<string, Difference[]>();
  for (const difference of differences) {
    classes.set(difference.kind, [...(classes.get(difference.kind) ?? []), difference]);
  }
  for (const [kind, found] of [...classes].sort((one, other) => other[1].length - one[1].length)) {
    const [first] = found;
    console.log(`  ${found.length} × ${kind}`);
    if (first) console.log(`${first.at}\n${first.example}`.replace(/^/gmu, '    '));
  }
}

/** Cut, not rounded: what is below the limit never looks like the limit. */
function percent(rate: number): string {
  return `${(Math.floor(rate * 10_000) / 100).toFixed(2)} %`;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
