data "vicidial_phone_alias" "desks" {
  alias_id = "desks"
}

output "desks_logins" {
  value = data.vicidial_phone_alias.desks.phone_logins
}
