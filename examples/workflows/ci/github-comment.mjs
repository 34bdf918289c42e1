/**
 * The comments of a pull request on GitHub: one for each environment, which later reports replace.
 *
 *   node ci/github-comment.mjs REPORT.md REPORT.json    a report of one environment
 *   node ci/github-comment.mjs --unaffected '["NAME"]'  what other comments become, where only these are affected
 *
 * It needs PULL, the number of the pull request, and a token that may write comments.
 */
import { readFileSync } from 'node:fs';
import { jobUser, list, send } from './github-api.mjs';

const { PULL: pull } = process.env;
const marker = /^<!-- phonestate report: (\S+) -->$/u;

/** Comments of former runs, each with its first line. A comment of anyone else may begin with a marker too. */
async function ownComments() {
  const comments = await list(`/issues/${pull}/comments`);
  return comments
    .filter(({ user }) => user?.login === jobUser)
    .map(({ id, body }) => ({ id, body, firstLine: body.split(/\r?\n/u)[0] }));
}

async function writeReport(markdownFile, jsonFile) {
  const body = readFileSync(markdownFile, 'utf8');
  const { reports } = JSON.parse(readFileSync(jsonFile, 'utf8'));
  const former = (await ownComments()).filter(({ firstLine }) => firstLine === body.split('\n')[0]);
  if (former.length > 0) await send('PATCH', `/issues/comments/${former[0].id}`, { body });
  // Without changes there is something to write only where an earlier report showed some.
  else if (reports.some(({ result }) => result !== 'no-changes'))
    await send('POST', `/issues/${pull}/comments`, { body });
}

async function clearOthers(affected) {
  for (const { id, body, firstLine } of await ownComments()) {
    const [, encoded] = marker.exec(firstLine) ?? [];
    const name = encoded === undefined ? undefined : decodeURIComponent(encoded);
    if (name === undefined || affected.includes(name)) continue;
    const cleared = `${firstLine}\n## ${name}: no changes\n\nThe pull request does not change this environment any more.\n`;
    if (body.replaceAll('\r\n', '\n') !== cleared) await send('PATCH', `/issues/comments/${id}`, { body: cleared });
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--unaffected') await clearOthers(JSON.parse(second));
else await writeReport(first, second);
