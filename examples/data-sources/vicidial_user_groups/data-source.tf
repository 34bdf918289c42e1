data "vicidial_user_groups" "all" {}

# Each plan warns where the user group of the phones does not exist: the server does not check it.
check "user_group" {
  assert {
    condition     = contains(keys(data.vicidial_user_groups.all.user_groups), "SALES")
    error_message = "There is no user group SALES."
  }
}
