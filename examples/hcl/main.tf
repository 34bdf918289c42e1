terraform {
  required_providers {
    vicidial = {
      source  = "phonestate/vicidial"
      version = "0.1.0"
    }
  }
}

# The URL and the API login are read from VICIDIAL_URL, VICIDIAL_USER and VICIDIAL_PASSWORD.
provider "vicidial" {}

variable "phone_pass" {
  type      = string
  sensitive = true
}

variable "registration_password" {
  type      = string
  sensitive = true
}

resource "vicidial_phone" "front_desk" {
  server_ip             = "10.0.0.11"
  extension             = "55000"
  dialplan_number       = "55000"
  voicemail_id          = "55000"
  phone_login           = "55000"
  phone_pass            = var.phone_pass
  registration_password = var.registration_password
  protocol              = "SIP"
  phone_full_name       = "Front desk"
  local_gmt             = "-5.00"
  outbound_cid          = "7275551212"
  phone_ring_timeout    = 45
}

resource "vicidial_phone_alias" "desks" {
  alias_id     = "desks"
  alias_name   = "All desks"
  phone_logins = [vicidial_phone.front_desk.phone_login]
}
