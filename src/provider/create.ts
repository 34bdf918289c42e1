/** Creates or adopts an object, and says what of it could not be done. */
import { diff, fieldsAfterCreate, type CreateOperations } from '../model/diff';
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { keyFields, objectId } from '../model/identity';
import type { Operation } from '../model/operation';
import type { Executed } from '../vicidial/api/execute';

/** What executes operations on the server. */
export interface Executor {
  /** @throws PhonestateError for everything but the success of the operation */
  execute(operation: Operation): Promise<Executed>;
  /** Whether an operation failed because the object is hidden from the API user; false where that cannot be found out. */
  isHidden(operation: Operation, error: unknown): Promise<boolean>;
}

export interface Created {
  /** What the object has. */
  readonly values: FieldValues;
  /** Errors say why it does not have all that was planned: Terraform then marks the object as tainted. */
  readonly failures: readonly Failure[];
}

/**
 * Creates an object: one call, and a second one for what the first cannot carry.
 *
 * @throws PhonestateError when nothing was created
 */
export async function createObject(executor: Executor, type: ObjectType, values: FieldValues): Promise<Created> {
  const [add, rest] = createOperations(type, values);
  const { hidden } = await executor.execute(add);
  if (!rest) return { values, failures: hidden ? [hiddenNow(type, values, [])] : [] };
  try {
    const after = await executor.execute(rest);
    return { values, failures: hidden || after.hidden ? [hiddenNow(type, values, [])] : [] };
  } catch (error) {
    const later = fieldsAfterCreate(type, values);
    // Whatever was thrown, the object exists, and must not be lost from the state.
    if (!(error instanceof PhonestateError)) return partiallyCreated(type, values, later, String(error));
    // An error would taint the phone, and the next apply delete it.
    if (await executor.isHidden(rest, error)) return { values, failures: [hiddenNow(type, values, later)] };
    return partiallyCreated(type, values, later, error.failure);
  }
}

/**
 * Adopts an object that exists. Nothing is known of it but its key, so one update carries every declared field.
 *
 * @throws PhonestateError when it could not be updated
 */
export async function adoptObject(executor: Executor, type: ObjectType, values: FieldValues): Promise<Created> {
  const key = Object.fromEntries(keyFields(type).map((name) => [name, values[name] ?? null]));
  const change = diff(type, values, key);
  const { hidden } = change.action === 'update' ? await executor.execute(change.operations[0]) : { hidden: false };
  return { values, failures: hidden ? [hiddenNow(type, values, [])] : [] };
}

function createOperations(type: ObjectType, values: FieldValues): CreateOperations {
  const change = diff(type, values, null);
  if (change.action !== 'create') throw new TypeError(`a new ${type.noun} cannot need ${change.action}`);
  return change.operations;
}

/** A warning: the phone is stored as planned, but for `notSet`, and the API user cannot view it any more. */
export function hiddenNow(type: ObjectType, values: FieldValues, notSet: readonly string[]): Failure {
  const lacking = notSet.length === 0 ? '' : ` ${notSet.join(', ')} could not be set.`;
  const what = `The ${type.noun} ${objectId(type, values)} was stored, and the API user cannot view it from now on.${lacking}`;
  return failure('phone-hidden-now', { what, field: 'admin_user_group' });
}

/** The second call failed, but the object exists: the state then holds what was created. */
function partiallyCreated(
  type: ObjectType,
  values: FieldValues,
  later: readonly string[],
  cause: Failure | string,
): Created {
  const created = { ...values, ...Object.fromEntries(later.map((name) => [name, null])) };
  const what = `The ${type.noun} ${objectId(type, values)} was created, but the second call could not set ${later.join(', ')}.`;
  if (typeof cause !== 'string') return { values: created, failures: [cause, failure('partially-created', { what })] };
  return { values: created, failures: [failure('partially-created', { what: `${what} ${cause}` })] };
}
