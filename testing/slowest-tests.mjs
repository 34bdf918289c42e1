/** A reporter for Jest that names the slowest tests of a run, so that a test that has become slow is noticed. */
const shown = 10;

/**
 * What Jest says of a test file, as far as it is used.
 *
 * @typedef {object} FileResult
 * @property {string} testFilePath
 * @property {readonly { readonly fullName: string, readonly duration?: number | null }[]} testResults
 */

/**
 * The slowest tests, the slowest one first: seconds, file and name.
 *
 * @param {readonly FileResult[]} files the results of the test files
 * @param {string} root the folder that the names of files begin in
 * @returns {string[]}
 */
export function slowestTests(files, root) {
  return files
    .flatMap(({ testFilePath, testResults }) =>
      testResults.map(({ duration, fullName }) => ({ file: testFilePath, name: fullName, duration: duration ?? 0 })),
    )
    .sort((a, b) => b.duration - a.duration)
    .slice(0, shown)
    .map(({ file, name, duration }) => {
      const place = file.startsWith(root) ? file.slice(root.length + 1) : file;
      return `${(duration / 1000).toFixed(1).padStart(6)} s  ${place}: ${name}`;
    });
}

/** Prints them at the end of a run of more than one file, to standard error as Jest does. */
export default class SlowestTests {
  #root;

  /** @param {{ readonly rootDir: string }} config */
  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  /**
   * @param {unknown} _contexts
   * @param {{ readonly testResults: readonly FileResult[] }} results
   */
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length < 2) return;
    process.stderr.write(['', 'The slowest tests:', ...slowestTests(testResults, this.#root), ''].join('\n'));
  }
}
