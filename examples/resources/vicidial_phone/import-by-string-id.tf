import {
  to = vicidial_phone.front_desk
  id = "10.0.0.11/55000"
}
