/** Reports duplicates among the resources of a stack when the stack is synthesised. */
import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { findDuplicates, type DeclaredObject, type UniqueFields } from './duplicates';

/** A resource that can list what was declared for it. */
export interface DeclaringResource extends TerraformResource {
  /** Declared values by API name. */
  inputs(): Readonly<Record<string, unknown>>;
}

/**
 * Keeps a list of resources for each stack and validates it at synthesis.
 *
 * @returns a function that adds a resource to the list of its stack
 */
export function uniqueInStack(uniques: readonly UniqueFields[]): (resource: DeclaringResource) => void {
  const stacks = new WeakMap<TerraformStack, DeclaringResource[]>();
  return (resource) => {
    const stack = TerraformStack.of(resource);
    const registered = stacks.get(stack);
    if (registered) {
      registered.push(resource);
      return;
    }
    const resources = [resource];
    stacks.set(stack, resources);
    stack.node.addValidation({
      validate: () => findDuplicates(resources.filter(isSingleInstance).map(declaredObject), uniques),
    });
  };
}

/** Whether a construct is a phone or a phone alias. */
export function isDeclaring(construct: IConstruct): construct is DeclaringResource {
  return construct instanceof TerraformResource && 'inputs' in construct;
}

/** The instances of a block with `count` or `forEach` may differ in values that only Terraform evaluates. */
export function isSingleInstance({ forEach, count }: TerraformResource): boolean {
  return forEach === undefined && count === undefined;
}

export function declaredObject(resource: DeclaringResource): DeclaredObject {
  // A resource without a provider uses the one without an alias, whose fqn is its bare type.
  return { path: resource.node.path, provider: resource.provider?.fqn ?? 'vicidial', values: resource.inputs() };
}
