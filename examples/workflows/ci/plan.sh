#!/usr/bin/env bash
# Plans one environment: plan.sh NAME [FLAGS OF THE PLAN...]. In cdktf.out/stacks/NAME it leaves plan.bin and plan.json,
# which hold passwords and must stay on this machine, plan.log for the report, and the exit code in plan.status. A plan
# that fails is reported too, so this ends with 0 whenever there is a plan.json.
set -euo pipefail

engine=${PHONESTATE_ENGINE:-terraform}
cd "cdktf.out/stacks/$1"
shift
umask 077

# Without a plan file there is only a log: as much of a plan as a report needs to show the failure.
without_plan() {
  echo '{"format_version":"1.2","errored":true,"resource_changes":[]}' >plan.json
}

status=0
if ! "$engine" init -input=false -no-color >init.log 2>&1; then
  cat init.log >&2
  without_plan
  echo '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"init failed","detail":"The log of the job has the reason."}}' >plan.log
  status=1
else
  "$engine" plan -json -input=false -out=plan.bin "$@" >plan.log || status=$?
  if [ -e plan.bin ]; then "$engine" show -json plan.bin >plan.json; else without_plan; fi
fi
echo "$status" >plan.status
