/** Warnings about objects of a stack that do not fit each other, in whichever order their constructs are made. */
import { Annotations, Aspects, type TerraformStack } from 'cdktf';
import { findAliasProblems } from './alias-phones';
import { findSharedValues } from './shared-values';

/**
 * Adds the warnings when the stack is synthesised. To be called once for each stack: only then are all constructs made.
 * The plan has these warnings too, for what only Terraform knows.
 */
export function warnAtSynthesis(stack: TerraformStack): void {
  const warned = new Set<string>();
  Aspects.of(stack).add({
    visit: (node) => {
      if (node !== stack) return;
      for (const { resource, prop, failure } of [...findAliasProblems(stack), ...findSharedValues(stack)]) {
        const message = `${prop}: ${failure.summary}. ${failure.detail}`;
        // A test may synthesise a stack more than once.
        const at = `${resource.node.path} ${message}`;
        if (warned.has(at)) continue;
        warned.add(at);
        Annotations.of(resource).addWarning(message);
      }
    },
  });
}
