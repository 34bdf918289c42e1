import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { isUnresolved } from './unresolved';

/** Warns, without showing it, of a password that a construct was given as text: whoever reads the stack reads it. */
export function warnOfPlaintextSecret(construct: Construct, prop: string, value: unknown): void {
  if (value === undefined || isUnresolved(value)) return;
  Annotations.of(construct).addWarning(
    `${prop} is written in clear into the synthesised stack. Use a sensitive TerraformVariable.`,
  );
}
