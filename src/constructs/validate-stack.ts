import type { TerraformStack } from 'cdktf';
import { findCreateBeforeDestroy } from './create-before-destroy';
import { warnAtSynthesis } from './stack-warnings';
import { findNameErrors } from './terraform-names';

const validated = new WeakSet<TerraformStack>();

/** Adds the validations and warnings that need the whole stack, once, however many providers it has. */
export function validateStack(stack: TerraformStack): void {
  if (validated.has(stack)) return;
  validated.add(stack);
  warnAtSynthesis(stack);
  stack.node.addValidation({
    validate: () => {
      const errors = findNameErrors(stack);
      // The JSON of the whole stack is right only if no names are equal.
      return errors.length > 0 ? errors : findCreateBeforeDestroy(stack);
    },
  });
}
