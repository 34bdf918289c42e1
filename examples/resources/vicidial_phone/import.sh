# The id of a phone is SERVER_IP/EXTENSION.
terraform import vicidial_phone.front_desk 10.0.0.11/55000
