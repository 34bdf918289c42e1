/** The CDKTF app: a stack for each environment file, or for those that PHONESTATE_ENVIRONMENTS names. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App } from 'cdktf';
import { readEnvironment } from './stacks/environment';
import { PhoneStack } from './stacks/phone-stack';

const folder = join(__dirname, 'stacks', 'environments');
// A pipeline that leaves the variable empty means all of them.
const wanted = process.env.PHONESTATE_ENVIRONMENTS?.split(',')
  .map((name) => name.trim())
  .filter((name) => name !== '');

try {
  const app = new App();
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
  for (const name of wanted?.length ? wanted : names) {
    if (!names.includes(name))
      throw new Error(`There is no environment "${name}" in stacks/environments; there are ${names.join(', ')}.`);
    new PhoneStack(app, name, readEnvironment(join(folder, `${name}.yaml`)));
  }
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
