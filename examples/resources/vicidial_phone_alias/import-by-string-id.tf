import {
  to = vicidial_phone_alias.desks
  id = "desks"
}
