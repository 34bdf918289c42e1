# An agent who logs in as "desks" is logged in to one of these phones.
resource "vicidial_phone_alias" "desks" {
  alias_id   = "desks"
  alias_name = "All desks"

  # Where the phones are in the same configuration, write vicidial_phone.NAME.phone_login instead: Terraform then
  # creates the phones first.
  phone_logins = ["55001", "55002"]
}
