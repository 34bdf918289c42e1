/** Updates an object: sends what differs, and reads what was stored. */
import { changedFields, diff } from '../model/diff';
import type { Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { differingFields, observedValues } from '../model/observed-values';
import { hiddenNow } from './create';
import { pick } from './resource-values';
import { verifyUpdate } from './verification';
import type { Writer } from './writer';

export interface Updated {
  /** What the object has now, of the fields that do not have what was planned. */
  readonly actual: FieldValues;
  readonly failures: readonly Failure[];
}

/**
 * Updates an object.
 *
 * @param values null where a field is not managed
 * @param prior null where a field's value is not known
 * @throws PhonestateError when it was not updated
 */
export async function updateObject(
  writer: Writer,
  type: ObjectType,
  values: FieldValues,
  prior: FieldValues,
): Promise<Updated> {
  const known = await withObserved(writer, type, values, prior);
  const change = diff(type, values, known);
  if (change.action !== 'update') return { actual: {}, failures: [] };
  const { hidden } = await writer.execute(change.operations[0]);
  if (hidden) return { actual: {}, failures: [hiddenNow(type, prior, [])] };
  const { stored = {}, differing, failures } = await verifyUpdate(writer, type, values, change.changed);
  return { actual: pick(observedValues(type, values, stored), differing), failures };
}

/**
 * The prior values, with those that state did not have and that are stored already: a password that is declared after an
 * import, or an empty field. They are not sent.
 */
async function withObserved(
  writer: Writer,
  type: ObjectType,
  values: FieldValues,
  prior: FieldValues,
): Promise<FieldValues> {
  const unknown = changedFields(type, values, prior).filter((name) => (prior[name] ?? null) === null);
  const stored = unknown.length > 0 ? await writer.readBefore() : undefined;
  if (!stored) return prior;
  const differing = differingFields(type, unknown, values, stored);
  const equal = unknown.filter((name) => stored[name] !== undefined && !differing.includes(name));
  return { ...prior, ...pick(values, equal) };
}
