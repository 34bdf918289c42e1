/**
 * Gets what was reviewed of an environment in the merge request that was merged as the commit of the job: `reviewed.json`, the
 * report that was there when the merge request was approved, and `reviewed.head`, its commit.
 *
 *   node ci/gitlab-reviewed.mjs NAME AFFECTED
 *
 * AFFECTED are the environments that the merge changes, in JSON. Another one without a report leaves no files: nothing is to
 * be applied. The fingerprint comes from an artifact of the job that planned, never from a note, which others may edit.
 */
import { writeFileSync } from 'node:fs';
import { list, request, send } from './gitlab-api.mjs';

const { CI_COMMIT_SHA: merged, CI_COMMIT_BRANCH: branch } = process.env;
const [name, affected] = process.argv.slice(2);
const advice = 'Nothing is applied: review the environments in another merge request.';

async function mergedRequest() {
  const requests = await list(`/repository/commits/${merged}/merge_requests`);
  const found = requests.find(
    (each) =>
      each.state === 'merged' &&
      each.target_branch === branch &&
      [each.merge_commit_sha, each.squash_commit_sha, each.sha].includes(merged),
  );
  if (!found) throw new Error(`${merged} was not merged by a merge request, so nothing of it was reviewed. ${advice}`);
  return found;
}

/** When the merge request was approved last, by someone whose approval still holds. */
async function approvedAt({ iid }) {
  const { approved_by: approvals } = await send('GET', `/merge_requests/${iid}/approvals`);
  const holding = approvals.map(({ user }) => user.id);
  const times = (await list(`/merge_requests/${iid}/notes`))
    .filter(
      ({ system, body, author }) =>
        system && /^approved this merge request/iu.test(body) && holding.includes(author.id),
    )
    .map(({ created_at: time }) => Date.parse(time));
  if (times.length === 0) throw new Error(`No one has approved merge request ${iid}. ${advice}`);
  return Math.max(...times);
}

/** The last job that planned the environment at this commit before that time. */
async function planJob({ iid, sha }, time) {
  const pipelines = (await list(`/merge_requests/${iid}/pipelines`))
    .filter((each) => each.sha === sha && each.status === 'success')
    .sort((a, b) => b.id - a.id);
  for (const { id } of pipelines) {
    const jobs = await list(`/pipelines/${id}/jobs`);
    const job = jobs.find((each) => each.name === `plan: [${name}]` && each.status === 'success');
    if (job && Date.parse(job.finished_at) <= time) return job;
  }
  throw new Error(
    `No pipeline has planned ${name} at ${sha} before the approval: the plan failed, or was made again after it. ${advice}`,
  );
}

const found = await mergedRequest();
const { id } = await planJob(found, await approvedAt(found));
const response = await request('GET', `/jobs/${id}/artifacts/report.json`);
if (response.ok) {
  writeFileSync('reviewed.json', await response.text());
  writeFileSync('reviewed.head', found.sha);
} else if (response.status !== 404) {
  throw new Error(`GitLab answered the request for the report of ${name} with ${response.status}. ${advice}`);
} else if (JSON.parse(affected).includes(name)) {
  throw new Error(`The job that planned ${name} has no report, or it has expired. ${advice}`);
}
