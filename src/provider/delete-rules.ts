/** What forbids a delete before the server is asked: settings of the provider, and marks of the object in state. */
import { failure, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId } from '../model/identity';
import type { RunContext } from './context';
import type { OwnValues } from './resource-values';

/**
 * The reasons why an object must not be deleted. They hold at plan time and again immediately before the call: a plan may
 * have been saved under other settings, or with another system.
 */
export function deleteFailures(
  context: RunContext,
  type: ObjectType,
  values: FieldValues,
  own: OwnValues,
): readonly Failure[] {
  const name = `The ${type.noun} ${objectId(type, values)}`;
  const mismatch = systemMismatch(context, type, values, own);
  if (mismatch) return [mismatch];
  if (own.deletion_protection) {
    return [
      failure('deletion-protected', {
        what: `${name} would be deleted, by itself or to be replaced.`,
        field: 'deletion_protection',
      }),
    ];
  }
  if (context.deleteCheck === 'deny')
    return [failure('delete-denied', { what: `${name} would be deleted, by itself or to be replaced.` })];
  return [];
}

/** An object of another system must not be written. */
export function systemMismatch(
  context: RunContext,
  type: ObjectType,
  values: FieldValues,
  { system }: OwnValues,
): Failure | undefined {
  if (!context.isOtherSystem(system)) return undefined;
  const what = `The ${type.noun} ${objectId(type, values)} belongs to the system ${system}. The provider connects to ${context.system}.`;
  return failure('system-mismatch', { what });
}
