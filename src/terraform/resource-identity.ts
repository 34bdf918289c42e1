/** What identifies an object of a resource, apart from its state. */
import type { ObjectValue } from './value';

/**
 * The identity of a resource: attributes of it that have a value in every state. Engines since Terraform 1.12 store it
 * beside the state, and import by it.
 */
export interface ResourceIdentity {
  /** Starts at 0. */
  readonly version: number;
  /** The names of the attributes. All of them are needed for an import. */
  readonly attributes: readonly string[];
  /** The import id of an object, for `import`. */
  importId(identity: ObjectValue): string;
}
