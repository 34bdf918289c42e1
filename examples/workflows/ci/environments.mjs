/**
 * The environments that a pipeline plans or applies, as a list in JSON.
 *
 *   phonestate affected --since REF --json | node ci/environments.mjs [LABELS]
 *
 * LABELS are those of the pull request, as JSON or separated by commas: `plan:NAME` adds an environment that its files do not change, for a plan
 * that was merged but not applied.
 */
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const { affected } = JSON.parse(await text(process.stdin));
const [, , given = ''] = process.argv;
const labels = given.startsWith('[') ? JSON.parse(given) : given.split(',');

for (const { environment } of affected.filter(({ change }) => change === 'removed')) {
  console.error(
    `The file of ${environment} is removed. Its phones stay as they are, and are planned by no job: destroy or forget them before.`,
  );
}
const labelled = labels.flatMap((label) => (label.startsWith('plan:') ? [label.slice('plan:'.length).trim()] : []));
for (const name of labelled) {
  if (!/^[\w-]+$/u.test(name) || !['yaml', 'yml'].some((end) => existsSync(`stacks/environments/${name}.${end}`)))
    throw new Error(`The label plan:${name} names no environment: there is no such file in stacks/environments.`);
}
const changed = affected.filter(({ change }) => change !== 'removed').map(({ environment }) => environment);
console.log(JSON.stringify([...new Set([...changed, ...labelled])].sort()));
