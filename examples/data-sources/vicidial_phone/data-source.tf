# A phone that is not managed here. The passwords are null: include_secrets is not set.
data "vicidial_phone" "front_desk" {
  server_ip = "10.0.0.11"
  extension = "55000"
}

output "front_desk_protocol" {
  value = data.vicidial_phone.front_desk.protocol
}
