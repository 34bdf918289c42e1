import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a folder for each test, or one for all tests of a file or a `describe`, and removes it after them. To be called
 * where `beforeEach` may be.
 *
 * @returns the folder, whose path is valid while a test runs
 */
export function useTemporaryFolder(lifetime: 'test' | 'file' = 'test'): { readonly path: string } {
  const [make, remove] = lifetime === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  let path = '';
  make(() => {
    path = mkdtempSync(join(tmpdir(), 'phonestate-test-'));
  });
  remove(() => rmSync(path, { recursive: true }));
  return {
    get path() {
      return path;
    },
  };
}
