/** The order of the test files: those that start engines first, so that none of them is the last one, with idle cores. */
import TestSequencer from '@jest/test-sequencer';

/** Folders of tests that start engines. A file in them may be short and take half a minute. */
const long = ['e2e', 'workflows'].map((folder) => `/__tests__/${folder}/`);

/**
 * The same files, those of the long folders first, and otherwise in the same order.
 *
 * @template {{ readonly path: string }} T
 * @param {readonly T[]} files
 * @returns {T[]}
 */
export function longFirst(files) {
  const isLong = (/** @type {T} */ { path }) => long.some((folder) => path.includes(folder));
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
}

/** Within each group, the order of Jest: by what an earlier run took or, as in a new clone, by size. */
export default class LongTestsFirst extends TestSequencer {
  /** @param {Parameters<TestSequencer['sort']>[0]} tests */
  async sort(tests) {
    return longFirst(await super.sort(tests));
  }
}
