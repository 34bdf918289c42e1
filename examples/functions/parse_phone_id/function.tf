# 55000
output "extension" {
  value = provider::vicidial::parse_phone_id("10.0.0.11/55000").extension
}
