import { Token } from 'cdktf';

/** Terraform's own templates: `${var.name}` and `%{ if … }`. No field stores these characters. */
const template = /[$%]\{/u;

/** Whether a value, or an element or key of it, is unresolved until Terraform runs: a token or a template. */
export function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (typeof value === 'object' && value !== null) return Object.entries(value).flat().some(isUnresolved);
  return typeof value === 'string' && template.test(value);
}
