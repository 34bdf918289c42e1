/**
 * The issue of an environment that has drifted, on GitLab: one for each environment, which is updated while there is drift,
 * closed where there is none, and opened again.
 *
 *   node ci/gitlab-issue.mjs NAME STATUS DRIFT.md
 *
 * STATUS is the exit code of `phonestate drift`: 0 none, 2 drift.
 */
import { readFileSync } from 'node:fs';
import { list, ownUser, send } from './gitlab-api.mjs';

const [name, status, file] = process.argv.slice(2);
const label = 'phonestate-drift';
const title = `${name}: phones have drifted`;

const issues = await list(`/issues?labels=${label}&author_id=${await ownUser()}&scope=all`);
const former = issues.find((issue) => issue.title === title);

if (status === '2') {
  const fields = { description: readFileSync(file, 'utf8').slice(0, 900_000) };
  if (former) {
    const isClosed = former.state === 'closed';
    await send('PUT', `/issues/${former.iid}`, { ...fields, ...(isClosed ? { state_event: 'reopen' } : {}) });
  } else await send('POST', '/issues', { ...fields, title, labels: label });
} else if (status === '0') {
  if (former?.state === 'opened') {
    await send('POST', `/issues/${former.iid}/notes`, { body: 'The system is as it is declared again.' });
    await send('PUT', `/issues/${former.iid}`, { state_event: 'close' });
  }
} else {
  throw new Error(`phonestate drift ended with ${status}, so it is not known whether ${name} has drifted.`);
}
