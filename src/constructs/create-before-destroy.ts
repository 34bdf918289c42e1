/** Finds phones with `lifecycle.createBeforeDestroy`, which cannot be replaced. */
import { phoneType } from '../model/phone-fields';
import type { SynthesizedObject } from './synthesized-objects';

interface Lifecycle {
  readonly create_before_destroy?: unknown;
}

/** @returns a message for each phone */
export function findCreateBeforeDestroy(objects: readonly SynthesizedObject[]): string[] {
  return objects
    .filter(({ table }) => table.resourceType === phoneType.resourceType)
    .filter(({ json }) => [json.lifecycle ?? []].flat().some((lifecycle) => isCreateBeforeDestroy(lifecycle)))
    .map(({ path }) => message(path));
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
