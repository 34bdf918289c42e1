/** The CDKTF app: a stack for each environment file, or for those listed in PHONESTATE_ENVIRONMENTS. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App } from 'cdktf';
import { readEnvironment } from './stacks/environment';
import { PhoneStack } from './stacks/phone-stack';

const folder = join(__dirname, 'stacks', 'environments');
// Pipelines may set the variable to an empty string, which means all.
const selected = process.env.PHONESTATE_ENVIRONMENTS?.split(',')
  .map((name) => name.trim())
  .filter((name) => name !== '');

try {
  const app = new App();
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
  for (const name of selected?.length ? selected : names) {
    if (!names.includes(name))
      throw new Error(
        `Unknown environment "${name}" in PHONESTATE_ENVIRONMENTS. Environments in stacks/environments: ${names.join(', ')}.`,
      );
    new PhoneStack(app, name, readEnvironment(join(folder, `${name}.yaml`)));
  }
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
