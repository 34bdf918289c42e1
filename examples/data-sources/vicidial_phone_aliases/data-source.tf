data "vicidial_phone_aliases" "all" {}

# The phone aliases that have no phone login.
output "empty_aliases" {
  value = [for id, desks in data.vicidial_phone_aliases.all.phone_aliases : id if length(coalesce(desks.phone_logins, [])) == 0]
}
