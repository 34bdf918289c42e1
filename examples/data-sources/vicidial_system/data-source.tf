data "vicidial_system" "this" {}

# Each plan warns where the API user may not delete, or that cannot be read.
check "may_delete" {
  assert {
    condition     = data.vicidial_system.this.may_delete == true
    error_message = "The API user may not delete phones on ${data.vicidial_system.this.system}."
  }
}
