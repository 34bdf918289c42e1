/**
 * The issue of an environment that has drifted, on GitHub: one for each environment, which is updated while there is drift,
 * closed where there is none, and opened again.
 *
 *   node ci/github-issue.mjs NAME STATUS DRIFT.md
 *
 * STATUS is the exit code of `phonestate drift`: 0 none, 2 drift. It needs a token that may write issues.
 */
import { readFileSync } from 'node:fs';
import { jobUser, list, send } from './github-api.mjs';

const [name, status, file] = process.argv.slice(2);
const label = 'phonestate-drift';
const title = `${name}: phones have drifted`;

const issues = await list(`/issues?state=all&labels=${label}&creator=${encodeURIComponent(jobUser)}`);
const former = issues.find((issue) => issue.title === title && !issue.pull_request);

if (status === '2') {
  // An issue has room for 65,536 characters.
  const body = readFileSync(file, 'utf8').slice(0, 65_000);
  if (former) await send('PATCH', `/issues/${former.number}`, { state: 'open', body });
  else await send('POST', '/issues', { title, body, labels: [label] });
} else if (status === '0') {
  if (former?.state === 'open') {
    await send('POST', `/issues/${former.number}/comments`, { body: 'The system is as it is declared again.' });
    await send('PATCH', `/issues/${former.number}`, { state: 'closed', state_reason: 'completed' });
  }
} else {
  throw new Error(`phonestate drift ended with ${status}, so it is not known whether ${name} has drifted.`);
}
