import {
  to = vicidial_phone_alias.desks

  identity = {
    alias_id = "desks"
  }
}
