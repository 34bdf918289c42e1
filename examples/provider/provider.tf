terraform {
  required_providers {
    vicidial = {
      source  = "phonestate/vicidial"
      version = "0.1.0"
    }
  }
}

# Set the credentials by VICIDIAL_USER and VICIDIAL_PASSWORD, so that they stand in no file.
provider "vicidial" {
  url = "https://vicidial.example.com/vicidial/non_agent_api.php"
}
