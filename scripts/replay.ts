/**
 * Replays recordings of running servers on the emulator. Usage: npm run replay -- FILE…
 *
 * The exit code is 1 where less than 99.9 % of the calls of a file agree.
 */
import { basename } from 'node:path';
import { rateOf, reportOf, requiredRate } from '../testing/comparison';
import { readRecording } from '../testing/recording';
import { replay } from '../testing/replay';

async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error('Name the files of recordings: npm run replay -- FILE…');
  for (const file of files) {
    const result = await replay(readRecording(file));
    console.log(reportOf(basename(file), result));
    if (rateOf(result) < requiredRate) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
