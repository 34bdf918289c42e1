/** The objects that the state had at the beginning of the walk. Terraform shows each of them once, before anything is planned for it. */
import type { ObjectType } from '../model/field-definition';

export class PriorObjects {
  readonly #ids = new Set<string>();

  add(type: ObjectType, id: string): void {
    this.#ids.add(entry(type, id));
  }

  has(type: ObjectType, id: string): boolean {
    return this.#ids.has(entry(type, id));
  }
}

function entry(type: ObjectType, id: string): string {
  return `${type.resourceType} ${id.toLowerCase()}`;
}
