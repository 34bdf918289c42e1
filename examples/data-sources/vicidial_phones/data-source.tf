# The phones of a user group whose extension begins with 55. The passwords are null: include_secrets is not set.
data "vicidial_phones" "sales" {
  admin_user_group  = "SALES"
  extension_pattern = "55*"
}

output "sales_logins" {
  value = { for id, phone in data.vicidial_phones.sales.phones : id => phone.phone_login }
}
