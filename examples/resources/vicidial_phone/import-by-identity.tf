import {
  to = vicidial_phone.front_desk

  identity = {
    server_ip = "10.0.0.11"
    extension = "55000"
  }
}
