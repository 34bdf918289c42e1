/** The identity of a type of object: its key, within the system that the provider connects to. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId } from '../model/identity';
import type { ResourceIdentity } from '../terraform/resource-identity';

/**
 * The identity of a resource. The system is not part of it: the provider block has that, and state has the attribute
 * `system`, so that a system that gets another address is no other object.
 */
export function objectIdentity(type: ObjectType): ResourceIdentity {
  return {
    version: 0,
    attributes: type.idFields,
    // Key fields are strings.
    importId: (identity) => objectId(type, identity as FieldValues),
  };
}
