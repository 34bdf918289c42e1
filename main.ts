/** The CDKTF app: a stack for each environment file, or for those listed in PHONESTATE_ENVIRONMENTS. */
import { join, relative } from 'node:path';
import { App } from 'cdktf';
import { EnvironmentStack } from './src';
import { folderSource } from './src/environment/file-source';
import { EnvironmentReader } from './src/environment/read-environment';
import { removeStaleStacks } from './src/environment/stale-stacks';

// Pipelines may set the variable to an empty string, which means all.
const selected = process.env.PHONESTATE_ENVIRONMENTS?.split(',')
  .map((name) => name.trim())
  .filter((name) => name !== '');

try {
  const app = new App();
  const reader = new EnvironmentReader(
    folderSource(relative(process.cwd(), join(__dirname, 'stacks', 'environments')) || '.'),
  );
  const deployed = reader.deployed();
  for (const name of selected?.length ? selected : deployed) {
    if (!deployed.includes(name))
      throw new Error(
        `Unknown environment "${name}" in PHONESTATE_ENVIRONMENTS. Environments in stacks/environments: ${deployed.join(', ')}.`,
      );
    new EnvironmentStack(app, name, reader.read(name));
  }
  app.synth();
  removeStaleStacks(app.outdir, deployed);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
