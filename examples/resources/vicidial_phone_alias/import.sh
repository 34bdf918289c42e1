# The id of a phone alias is its alias_id.
terraform import vicidial_phone_alias.desks desks
