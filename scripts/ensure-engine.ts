/**
 * Prints the engine that tests and demo run, with its version, and brings OpenTofu where there is none: the npm scripts that
 * need an engine start with it.
 */
import { engineVersion } from '../testing/engine';
import { ensureEngine } from '../testing/ensure-engine';

ensureEngine(process.stderr).then(
  (engine) => console.log(`Engine: ${engineVersion(engine)} (${engine})`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
