# On request: terraform apply -invoke=action.vicidial_server_refresh.all
action "vicidial_server_refresh" "all" {}
