# In a file aliases.tfquery.hcl, for terraform query.
list "vicidial_phone_alias" "all" {
  provider = vicidial
}
