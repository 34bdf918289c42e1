/**
 * Prints the configuration of the repository for Atlantis: a project for each environment that was synthesised. Only those
 * that a pull request changes are planned without being asked for.
 *
 *   phonestate affected --since REF --json | node ci/atlantis.mjs >atlantis.yaml
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const { affected } = JSON.parse(await text(process.stdin));
const { stacks } = JSON.parse(readFileSync('cdktf.out/manifest.json', 'utf8'));
const changed = affected.map(({ environment }) => environment);

const projects = Object.values(stacks).map(({ name, workingDirectory }) => ({
  name,
  dir: `cdktf.out/${workingDirectory}`,
  // Which files an environment is made of is not known here, but whether it is changed.
  autoplan: { enabled: changed.includes(name), when_modified: ['../../../**'] },
}));
// JSON is YAML too.
console.log(JSON.stringify({ version: 3, automerge: false, projects }, null, 2));
