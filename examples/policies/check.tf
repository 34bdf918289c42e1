# Warns of phones that exist already and would be adopted. A check stops nothing: the plan and the apply only warn. What
# must not be applied is for limits (`phonestate report --fail-on adopt`) or a policy.
check "no_adoption" {
  assert {
    condition     = alltrue([for phone in values(vicidial_phone.desk) : phone.adopted != true])
    error_message = "Adopted: ${join(", ", [for phone in values(vicidial_phone.desk) : phone.id if phone.adopted == true])}."
  }
}
