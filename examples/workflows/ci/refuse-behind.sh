#!/usr/bin/env bash
# Refuses a merge of which another plan would be made than the reviewed one: refuse-behind.sh BASE HEAD MERGED, with the
# commit of the branch before the merge, the reviewed commit and the merged one.
set -euo pipefail

base=$1 head=$2 merged=$3
if ! git merge-base --is-ancestor "$base" "$head"; then
  echo "The reviewed commit $head does not contain $base, which was merged before it: its plan was of other files. Nothing is applied. Require branches to be up to date before they are merged, and review the environments in another pull request." >&2
  exit 1
fi
if ! git diff --quiet "$head" "$merged" --; then
  echo "The merged commit $merged has other files than the reviewed commit $head. Nothing is applied: review the environments in another pull request." >&2
  exit 1
fi
