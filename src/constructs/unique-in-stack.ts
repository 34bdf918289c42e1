/** Checks what only all resources of a stack show, when the stack is synthesised. */
import { TerraformStack } from 'cdktf';
import { findDuplicates, type DeclaredObject, type UniqueFields } from './duplicates';
import type { TableResource } from './table-resource';

/**
 * Makes a list of resources for each stack.
 *
 * @returns enters a resource into the list of its stack
 */
export function uniqueInStack(uniques: readonly UniqueFields[]): (resource: TableResource) => void {
  const stacks = new WeakMap<TerraformStack, TableResource[]>();
  return (resource) => {
    const stack = TerraformStack.of(resource);
    const listed = stacks.get(stack);
    if (listed) {
      listed.push(resource);
      return;
    }
    const resources = [resource];
    stacks.set(stack, resources);
    stack.node.addValidation({
      validate: () => findDuplicates(resources.filter(isSingleInstance).map(placed), uniques),
    });
  };
}

/** Instances of one block differ in what only Terraform knows, even where the text of the block does not. */
function isSingleInstance({ forEach, count }: TableResource): boolean {
  return forEach === undefined && count === undefined;
}

function placed(resource: TableResource): DeclaredObject {
  // Leaving the provider out is the same as naming the one that has no alias, which goes by its bare type.
  return { path: resource.node.path, provider: resource.provider?.fqn ?? 'vicidial', values: resource.inputs() };
}
