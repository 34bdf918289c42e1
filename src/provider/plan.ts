/** Plans one object. Pure: no call is made. */
import type { CharacterOptions } from '../model/characters';
import { changedFields, missingOnCreate } from '../model/diff';
import { failure, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { equalIdentities, keyFields, objectId } from '../model/identity';
import { passwordWarnings } from '../model/password-warnings';
import { validateValues } from '../model/validate';
import { unknown, type ObjectValue, type Value } from '../terraform/value';
import { decodeObject, pick, type DecodedObject } from './resource-values';

export interface Plan {
  readonly planned: ObjectValue;
  /** Errors and warnings of the configuration itself. */
  readonly failures: readonly Failure[];
  /** What is known of the desired values. */
  readonly values: FieldValues;
  /** The values in state; null for a new object. */
  readonly prior: FieldValues | null;
  /** The key fields that make it a replacement: Terraform then plans the new object as a create. */
  readonly changedKeys: readonly string[];
  /** The fields that an update would send, including those that are not known yet. */
  readonly changed: readonly string[];
}

/** Plans a new object. What the creating function needs and is not set, and values that it would not store, are failures. */
export function planCreate(type: ObjectType, config: ObjectValue, options: CharacterOptions): Plan {
  const desired = decodeObject(type, config);
  const { values } = desired;
  const missing = missingOnCreate(type, values).filter((name) => !desired.unknown.has(name));
  const failures = [
    ...missing.map((field) => missingArgument(type, field)),
    ...validateValues(type, values, 'create', options),
    ...passwordWarnings(values),
  ];
  const planned = { ...config, id: plannedId(type, desired) };
  return { planned, failures, values, prior: null, changedKeys: [], changed: [] };
}

/** Plans a change of an existing object. Only what would be sent is validated: what is stored already needs no check. */
export function planUpdate(
  type: ObjectType,
  config: ObjectValue,
  priorState: ObjectValue,
  options: CharacterOptions,
): Plan {
  const desired = decodeObject(type, config);
  const { values } = desired;
  const prior = decodeObject(type, priorState).values;
  const changedKeys = keyFields(type).filter((name) => desired.unknown.has(name) || !equalKeys(values, prior, name));
  if (changedKeys.length > 0) {
    const planned = { ...config, id: plannedId(type, desired) };
    return { planned, failures: [], values, prior, changedKeys, changed: [] };
  }
  const changed = changedFields(type, values, prior);
  const sent = pick(values, changed);
  const failures = [
    ...validateValues(type, sent, 'update', options),
    ...passwordWarnings(values).filter(({ field = '' }) => changed.includes(field)),
  ];
  // Another spelling of the same key is no change: Terraform lets a plan keep the prior one.
  const planned = { ...config, ...pick(priorState, keyFields(type)), id: priorState.id ?? null };
  return { planned, failures, values, prior, changedKeys, changed: [...changed, ...desired.unknown] };
}

function missingArgument(type: ObjectType, field: string): Failure {
  const what = `${field} is not set, and ${type.addFunction} requires it.`;
  return failure('required-arguments-missing', { field, what });
}

function equalKeys(a: FieldValues, b: FieldValues, name: string): boolean {
  return equalIdentities(stringValue(a, name), stringValue(b, name));
}

function plannedId(type: ObjectType, desired: DecodedObject): Value {
  return keyFields(type).some((name) => desired.unknown.has(name)) ? unknown : objectId(type, desired.values);
}
