variable "phone_pass" {
  type      = string
  sensitive = true
}

variable "registration_password" {
  type      = string
  sensitive = true
}

resource "vicidial_phone" "front_desk" {
  # Server and extension identify the phone. Changing one of them replaces it.
  server_ip = "10.0.0.11"
  extension = "55000"

  # A new phone needs all of these. A phone that is imported may set only some.
  dialplan_number       = "55000"
  voicemail_id          = "55000"
  phone_login           = "55000"
  phone_pass            = var.phone_pass
  registration_password = var.registration_password
  protocol              = "SIP"
  phone_full_name       = "Front desk"
  local_gmt             = "-5.00"
  outbound_cid          = "7275551212"

  # Everything else is optional. A field that is not set is not managed: the server keeps its value.
  phone_ring_timeout = 45
  email              = "front-desk@example.com"
}
