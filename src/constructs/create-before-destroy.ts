/** Finds phones with `lifecycle.createBeforeDestroy`, which cannot be replaced. */
import type { TerraformStack } from 'cdktf';
import { phoneType } from '../model/phone-fields';

interface Lifecycle {
  readonly create_before_destroy?: unknown;
}

/** A resource in the JSON of a stack. */
interface ResourceJson {
  readonly lifecycle?: Lifecycle | readonly Lifecycle[];
  /** CDKTF's metadata; a resource that an override of the stack adds has none. */
  readonly '//'?: { readonly metadata: { readonly path: string } };
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
}

/**
 * Reads the JSON of the whole stack, which has the final value whether it comes from a prop, an aspect or an override.
 *
 * @returns a message for each phone
 */
export function findCreateBeforeDestroy(stack: TerraformStack): string[] {
  // CDKTF declares the type any.
  const { resource } = stack.toTerraform() as StackJson;
  return Object.entries(resource?.[phoneType.resourceType] ?? {})
    .filter(([, { lifecycle = [] }]) => [lifecycle].flat().some(isCreateBeforeDestroy))
    .map(([name, phone]) => message(phone['//']?.metadata.path ?? `${phoneType.resourceType}.${name}`));
}

/** Terraform converts the string "true" to a bool. */
function isCreateBeforeDestroy({ create_before_destroy }: Lifecycle): boolean {
  return create_before_destroy === true || create_before_destroy === 'true';
}

function message(path: string): string {
  return [
    `${path} has lifecycle.createBeforeDestroy, with which a phone cannot be replaced:`,
    'its replacement would be created while the old phone still has the phone login, or the key where it stays the same.',
    'VICIdial refuses that, and the old phone would be left in state as a deposed object.',
    'Remove createBeforeDestroy. To have no gap when the key changes, declare a second phone with a phoneLogin of its own,',
    'apply, and remove the first phone after that.',
  ].join(' ');
}
