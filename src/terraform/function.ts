/** A function that a configuration may call (Terraform 1.8 and later). */
import type { Type } from './schema';
import type { Value } from './value';

interface FunctionParameter {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  readonly type: Type;
}

/**
 * A function. It has no configuration, and the same arguments give the same result: Terraform calls it in validation,
 * plan and apply. Arguments are never null or unknown.
 */
export interface ProviderFunction {
  /** One line. */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: Type;
  /** What it throws becomes the error of the call; about the argument where there is one only. */
  call(...args: readonly Value[]): Value;
}
