# In a file phones.tfquery.hcl, for terraform query.
list "vicidial_phone" "sales" {
  provider = vicidial

  config {
    admin_user_group  = "SALES"
    extension_pattern = "55*"
  }
}
