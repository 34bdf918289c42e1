/** Creates an object: one call, a second one for what the first cannot carry, or one update where an object is adopted. */
import { diff, fieldsAfterCreate, type CreateOperations } from '../model/diff';
import { failure, hasCondition, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { keyFields, objectId } from '../model/identity';
import type { Operation } from '../model/operation';

/** Executes an operation, or throws a PhonestateError. */
export type Execute = (operation: Operation) => Promise<void>;

export interface Created {
  /** What the object has. */
  readonly values: FieldValues;
  /** Why it does not have all that was planned: Terraform then marks the object as tainted. */
  readonly failures: readonly Failure[];
}

/**
 * Creates an object.
 *
 * @param adoptsExisting whether an object that exists already is updated instead
 * @throws PhonestateError when nothing was created
 */
export async function createObject(
  execute: Execute,
  type: ObjectType,
  values: FieldValues,
  { adoptsExisting }: { readonly adoptsExisting: boolean },
): Promise<Created> {
  const [add, rest] = createOperations(type, values);
  try {
    await execute(add);
  } catch (error) {
    if (!adoptsExisting || !hasCondition(error, 'already-exists')) throw error;
    await adopt(execute, type, values);
    return { values, failures: [] };
  }
  if (!rest) return { values, failures: [] };
  try {
    await execute(rest);
    return { values, failures: [] };
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    return partiallyCreated(type, values, error.failure);
  }
}

function createOperations(type: ObjectType, values: FieldValues): CreateOperations {
  const change = diff(type, values, null);
  if (change.action !== 'create') throw new TypeError(`a new ${type.noun} cannot need ${change.action}`);
  return change.operations;
}

/** Nothing is known of an existing object but its key, so one update carries every declared field. */
async function adopt(execute: Execute, type: ObjectType, values: FieldValues): Promise<void> {
  const key = Object.fromEntries(keyFields(type).map((name) => [name, values[name] ?? null]));
  const change = diff(type, values, key);
  if (change.action === 'update') await execute(change.operations[0]);
}

/** The second call failed, but the object exists: the state then holds what was created. */
function partiallyCreated(type: ObjectType, values: FieldValues, cause: Failure): Created {
  const later = fieldsAfterCreate(type, values);
  const created = { ...values, ...Object.fromEntries(later.map((name) => [name, null])) };
  const what = `The ${type.noun} ${objectId(type, values)} was created, but the second call could not set ${later.join(', ')}.`;
  return { values: created, failures: [cause, failure('partially-created', { what })] };
}
