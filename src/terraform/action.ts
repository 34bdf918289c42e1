/** An action: something that is done on request and has no state (Terraform 1.14 and later). */
import type { Diagnostic } from './diagnostic';
import type { Schema } from './schema';
import type { ObjectValue } from './value';

type Diagnostics = readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

export interface Action {
  readonly schema: Schema;
  /** Checks the configuration; values may be unknown. */
  validate?(config: ObjectValue): Diagnostics;
  /** Checks in the plan whether the action can be done. It must not change anything. */
  plan?(config: ObjectValue): Diagnostics;
  /**
   * Does it.
   *
   * @param report shows a line of progress
   */
  invoke(config: ObjectValue, report: (message: string) => void): Diagnostics;
}
