data "vicidial_servers" "all" {}

# For for_each: the same phone on each server.
locals {
  server_ips = keys(data.vicidial_servers.all.servers)
}
