# A policy on plans of phones, for conftest and OPA, which read the output of `terraform show -json`:
#
#   conftest test --policy examples/policies plan.json
#   opa eval --fail-defined --format pretty --data examples/policies --input plan.json 'data.main.deny[_]'
#
# It refuses destroys, forgettings and adoptions, and plans that are not whole. `data.phonestate` may allow some, such as
# { "phonestate": { "destroy": 5, "forget": 0, "adopt": 20 } }.
package main

import rego.v1

managed := [change |
	some change in input.resource_changes
	change.mode == "managed"
	startswith(change.type, "vicidial_")
]

# A replacement destroys too.
destroyed contains change.address if {
	some change in managed
	"delete" in change.change.actions
}

forgotten contains change.address if {
	some change in managed
	"forget" in change.change.actions
}

adopted contains change.address if {
	some change in managed
	change.change.after.adopted == true
	not was_adopted(change.change)
}

# Whether the object exists already is known in the apply only.
adopted contains change.address if {
	some change in managed
	change.change.after_unknown.adopted == true
	not was_adopted(change.change)
}

was_adopted(change) if change.before.adopted == true

default allowed(_) := 0

allowed(kind) := data.phonestate[kind]

deny contains message if {
	count(destroyed) > allowed("destroy")
	message := sprintf("%d objects are destroyed, %d are allowed: %s", [count(destroyed), allowed("destroy"), concat(", ", destroyed)])
}

deny contains message if {
	count(forgotten) > allowed("forget")
	message := sprintf("%d objects are forgotten, %d are allowed: %s", [count(forgotten), allowed("forget"), concat(", ", forgotten)])
}

deny contains message if {
	count(adopted) > allowed("adopt")
	message := sprintf("%d objects are adopted, %d are allowed: %s", [count(adopted), allowed("adopt"), concat(", ", adopted)])
}

deny contains "the plan has errors, so it may lack changes" if input.errored == true

# OpenTofu does not have this key.
deny contains "the plan is not complete: it was made with -target, or something is deferred" if input.complete == false
