/**
 * The notes of a merge request on GitLab: one for each environment, which later reports replace.
 *
 *   node ci/gitlab-note.mjs REPORT.md REPORT.json   a report of one environment
 *   node ci/gitlab-note.mjs --unaffected NAME       what its note becomes where it is not changed any more
 */
import { readFileSync } from 'node:fs';
import { list, ownUser, send } from './gitlab-api.mjs';

const notes = `/merge_requests/${process.env.CI_MERGE_REQUEST_IID}/notes`;

/** The note with this first line. A note of anyone else may begin with it too. */
async function ownNote(firstLine) {
  const [user, all] = [await ownUser(), await list(notes)];
  return all.find(({ author, body, system }) => !system && author.id === user && body.split(/\r?\n/u)[0] === firstLine);
}

async function write(body, isNewWorthIt) {
  const former = await ownNote(body.split('\n')[0]);
  if (former) await send('PUT', `${notes}/${former.id}`, { body });
  else if (isNewWorthIt) await send('POST', notes, { body });
}

const [first, second] = process.argv.slice(2);
if (first === '--unaffected') {
  const marker = `<!-- phonestate report: ${encodeURIComponent(second).replaceAll('-', '%2D')} -->`;
  const text = 'The merge request does not change this environment any more.';
  await write(`${marker}\n## ${second}: no changes\n\n${text}\n`, false);
} else {
  const { reports } = JSON.parse(readFileSync(second, 'utf8'));
  // Without changes there is something to write only where an earlier report showed some.
  await write(
    readFileSync(first, 'utf8'),
    reports.some(({ result }) => result !== 'no-changes'),
  );
}
