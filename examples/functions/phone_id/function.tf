# 10.0.0.11/55000
output "front_desk_id" {
  value = provider::vicidial::phone_id("10.0.0.11", "55000")
}
