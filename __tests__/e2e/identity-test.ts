/**
 * Defines the tests of identities. Those of several objects run with -parallelism=1 and =10, and the emulator answers after
 * a random time: the outcome must not depend on the order in which the engine asks. Cases that share a run, and with
 * PHONESTATE_FULL_MATRIX=1 all tests, run on Node.js with =10. PHONESTATE_IDENTITY_SEED sets the seed,
 * PHONESTATE_IDENTITY_TIMES how often each test runs (`npm run soak -- --identity`).
 */
import { basename } from 'node:path';
import { isFullMatrix } from '../../testing/full-matrix';
import { nodeProviderFile, providerFile } from '../../testing/provider-file';
import { Bed } from './identity-bed';

const firstSeed = Number(process.env.PHONESTATE_IDENTITY_SEED ?? Date.now() % 1_000_000);
const times = Number(process.env.PHONESTATE_IDENTITY_TIMES ?? 1);

/** Defines a test that runs at both parallelisms, each in a bed of its own. */
export function identityTest(name: string, body: (bed: Bed) => Promise<void>): void {
  const fileOfTen = isFullMatrix ? nodeProviderFile : providerFile;
  forEachSeed(name, async (seed) => void (await inBothBeds(seed, body, fileOfTen)));
}

/** Defines a test of one object, of which the engine can ask in one order only: it runs with one parallelism. */
export function identityTestOfOne(name: string, body: (bed: Bed) => Promise<void>): void {
  forEachSeed(name, async (seed) => {
    const bed = await Bed.create(10, seed);
    try {
      await body(bed);
    } finally {
      await bed.close();
    }
  });
}

function forEachSeed(name: string, body: (seed: number) => Promise<void>): void {
  for (const seed of seeds()) test(times > 1 ? `${name} (seed ${seed})` : name, () => body(seed));
}

/**
 * Runs something at both parallelisms, side by side, and returns the results.
 *
 * @param fileOfTen the file of the provider with -parallelism=10
 */
export async function inBothBeds<T>(
  seed: number,
  body: (bed: Bed) => Promise<T>,
  fileOfTen = nodeProviderFile,
): Promise<T[]> {
  const ended = await Promise.allSettled(
    [1, 10].map(async (parallelism) => {
      const bed = await Bed.create(parallelism, seed, parallelism === 10 ? fileOfTen : providerFile);
      try {
        return await body(bed);
      } catch (error) {
        if (error instanceof Error) error.message = `-parallelism=${parallelism}, seed ${seed}: ${error.message}`;
        throw error;
      } finally {
        await bed.close();
      }
    }),
  );
  return ended.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** The seeds with which each test runs. Prints them once for each file. */
export function seeds(): number[] {
  printSeed();
  return Array.from({ length: times }, (_, index) => firstSeed + index);
}

let isPrinted = false;
function printSeed(): void {
  if (isPrinted) return;
  isPrinted = true;
  // Not by console.log, to which Jest adds a stack trace.
  process.stderr.write(`${basename(expect.getState().testPath ?? '')}: PHONESTATE_IDENTITY_SEED=${firstSeed}\n`);
}
