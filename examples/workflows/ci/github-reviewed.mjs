/**
 * Finds what was reviewed of a commit that was merged: the pull request, its approved commit, and the run whose reports
 * were there when it was approved. Writes `pull`, `head`, `run` and `environments` as outputs of the step.
 *
 *   node ci/github-reviewed.mjs WORKFLOW.yml
 *
 * The fingerprint comes from an artifact of that run, never from a comment, which others may edit.
 */
import { appendFileSync } from 'node:fs';
import { list } from './github-api.mjs';

const { GITHUB_SHA: merged, GITHUB_REF_NAME: branch, GITHUB_OUTPUT: outputFile } = process.env;
const [workflow] = process.argv.slice(2);
const prefix = 'phonestate-report-';
const advice = 'Nothing is applied: review the environments in another pull request.';

/** The pull request that was merged as this commit. */
async function mergedPull() {
  const pulls = await list(`/commits/${merged}/pulls`);
  const pull = pulls.find(
    ({ merged_at, base, merge_commit_sha }) => merged_at && base.ref === branch && merge_commit_sha === merged,
  );
  if (!pull) throw new Error(`${merged} was not merged by a pull request, so nothing of it was reviewed. ${advice}`);
  return pull;
}

/** When the last commit was approved; earlier approvals are of other files. */
async function approvedAt({ number, head }) {
  const latest = new Map();
  for (const review of await list(`/pulls/${number}/reviews`)) {
    if (review.state !== 'COMMENTED') latest.set(review.user?.login, review);
  }
  const reviews = [...latest.values()].filter(({ author_association: role }) =>
    ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(role),
  );
  if (reviews.some(({ state }) => state === 'CHANGES_REQUESTED'))
    throw new Error(`A review of pull request ${number} requests changes. ${advice}`);
  const times = reviews
    .filter(({ state, commit_id }) => state === 'APPROVED' && commit_id === head.sha)
    .map(({ submitted_at }) => Date.parse(submitted_at));
  if (times.length === 0) throw new Error(`No one has approved the commit ${head.sha} that was merged. ${advice}`);
  return Math.max(...times);
}

/** The latest run of that commit whose reports the approver can have read, with the environments that it reported. */
async function reviewedRun({ head }, time) {
  const path = `/actions/workflows/${workflow}/runs?event=pull_request&head_sha=${head.sha}`;
  const runs = await list(path, 'workflow_runs');
  const successful = runs.filter(({ conclusion }) => conclusion === 'success').sort((a, b) => b.id - a.id);
  for (const { id } of successful) {
    const artifacts = await list(`/actions/runs/${id}/artifacts`, 'artifacts');
    const reports = artifacts.filter(({ name, expired }) => name.startsWith(prefix) && !expired);
    if (reports.length > 0 && reports.every(({ created_at }) => Date.parse(created_at) <= time))
      return { run: id, environments: reports.map(({ name }) => name.slice(prefix.length)).sort() };
  }
  // A pull request that changes no environment has no reports.
  if (successful.length > 0 && affected().length === 0) return { run: successful[0].id, environments: [] };
  throw new Error(
    `No run of ${workflow} has reports of ${head.sha} from before its approval: the plans failed, or were made again after it. ${advice}`,
  );
}

/** The environments that the merge changes, of which each needs a report. */
function affected() {
  return JSON.parse(process.env.AFFECTED ?? '[]');
}

const pull = await mergedPull();
const found = await reviewedRun(pull, await approvedAt(pull));
const missing = affected().filter((name) => !found.environments.includes(name));
if (missing.length > 0) throw new Error(`The reviewed run has no report of ${missing.join(', ')}. ${advice}`);
const outputs = {
  pull: pull.number,
  head: pull.head.sha,
  run: found.run,
  environments: JSON.stringify(found.environments),
};
appendFileSync(
  outputFile,
  Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
