import { isUnresolved } from './unresolved';

/** A warning about a literal password, which does not show it: the synthesised stack is a plain JSON file. */
export function plaintextWarning(prop: string, value: unknown): string[] {
  if (value === undefined || value === null || isUnresolved(value)) return [];
  return [`${prop} is written in plain text into the synthesised stack. Use a sensitive TerraformVariable instead.`];
}
