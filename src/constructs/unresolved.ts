import { Token } from 'cdktf';

/** Terraform's own templates, written as text: `${var.name}` and `%{ if … }`. No field stores these characters. */
const template = /[$%]\{/u;

/** Whether a value, or an element of it, is known to Terraform only: a token, or a text with a template in it. */
export function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return Array.isArray(value) ? value.some(isUnresolved) : typeof value === 'string' && template.test(value);
}
