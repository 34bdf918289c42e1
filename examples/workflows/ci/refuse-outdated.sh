#!/usr/bin/env bash
# Refuses to apply a commit where a later one of the branch changes the same environment: refuse-outdated.sh NAME COMMIT BRANCH.
# The job of the later commit applies both; this one would undo it.
set -euo pipefail

name=$1 commit=$2 branch=$3
git fetch --quiet --no-tags origin "$branch"
newest=$(mktemp -d)
trap 'git worktree remove --force "$newest/branch"; rm -rf "$newest"' EXIT
git worktree add --quiet --detach "$newest/branch" FETCH_HEAD
later=$(phonestate affected --since "$commit" --folder "$newest/branch/stacks/environments")
if grep -q "^$name " <<<"$later"; then
  echo "A later commit of $branch changes $name. Nothing is applied here: the job of that commit applies both." >&2
  exit 1
fi
