import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { isUnresolved } from './unresolved';

/** Warns about a literal password, without showing it: the synthesised stack is a plain JSON file. */
export function warnOfPlaintextSecret(construct: Construct, prop: string, value: unknown): void {
  if (value === undefined || isUnresolved(value)) return;
  Annotations.of(construct).addWarning(
    `${prop} is written in plain text into the synthesised stack. Use a sensitive TerraformVariable instead.`,
  );
}
