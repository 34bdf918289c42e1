/** The key of an object of any type, folded as VICIdial compares keys. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import { identityKey, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';

export function refKey({ type, id }: ObjectRef): string {
  return `${type.resourceType} ${identityKey(id)}`;
}

export function objectKey(type: ObjectType, values: FieldValues): string {
  return refKey(objectRef(type, values));
}
