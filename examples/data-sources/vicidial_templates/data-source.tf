data "vicidial_templates" "all" {}

output "template_ids" {
  value = keys(data.vicidial_templates.all.templates)
}
