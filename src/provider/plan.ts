/** Plans one object. Pure: no call is made. */
import type { CharacterOptions } from '../model/characters';
import { changedFields, missingOnCreate } from '../model/diff';
import { failure, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { equalIdentities, keyFields, objectId } from '../model/identity';
import { validateValues, type IntendedCall } from '../model/validate';
import { valueWarnings } from '../model/value-warnings';
import { unknown, type ObjectValue, type Value } from '../terraform/value';
import { isObserved } from './resource-schema';
import { isKeyKnown, pick, type DecodedObject } from './resource-values';

/** The configuration itself: what is missing, what would not be stored, what is hardly meant. */
export function createFailures(
  type: ObjectType,
  desired: DecodedObject,
  call: IntendedCall,
  options: CharacterOptions,
): readonly Failure[] {
  const { values } = desired;
  const missing = missingArguments(type, missingNames(type, desired));
  const refused = validateValues(type, values, call, options);
  return [...missing, ...refused, ...valueWarnings(values, refused)];
}

/**
 * What keeps the API from creating an object again: values that other programs stored, and that the configuration does not
 * replace.
 */
export function uncreatable(type: ObjectType, desired: DecodedObject, existing: FieldValues): readonly Failure[] {
  return Object.entries(type.fields).flatMap(([field, { onCreate, unsupportedChoices = {} }]) => {
    const value = stringValue(existing, field);
    const isDeclared = (desired.values[field] ?? null) !== null || desired.unknown.has(field);
    if (isDeclared || onCreate !== 'required' || !(value in unsupportedChoices)) return [];
    const what = `The ${type.noun} ${objectId(type, existing)} has ${field} ${value}, which ${type.addFunction} does not accept, and would be deleted and created again.`;
    return [failure('not-creatable', { field, what })];
  });
}

/** The failures of a configuration, with what `uncreatable` says in place of "is not set". */
export function withoutUncreatable(
  type: ObjectType,
  desired: DecodedObject,
  existing: FieldValues,
  valid: readonly Failure[],
): readonly Failure[] {
  const failures = uncreatable(type, desired, existing);
  const missing = missingNames(type, desired).filter((name) => !failures.some(({ field }) => field === name));
  const others = valid.filter(({ code }) => code !== 'required-arguments-missing');
  return [...failures, ...missingArguments(type, missing), ...others];
}

/** Only what would be sent is validated: what is stored already needs no check. */
export function updateFailures(
  type: ObjectType,
  values: FieldValues,
  changed: readonly string[],
  options: CharacterOptions,
): readonly Failure[] {
  const refused = validateValues(type, pick(values, changed), 'update', options);
  return [...refused, ...valueWarnings(values, refused).filter(({ field = '' }) => changed.includes(field))];
}

/**
 * A new object as planned. `system` and `adopted` are unknown values where they are known only in apply.
 *
 * @param unset what arguments are planned as that the configuration does not set: unknown where they may be read in apply
 */
export function plannedCreate(
  type: ObjectType,
  config: ObjectValue,
  desired: DecodedObject,
  own: { readonly system: Value; readonly adopted: Value },
  unset: Value,
): ObjectValue {
  const id = isKeyKnown(type, desired) ? objectId(type, desired.values) : unknown;
  return { ...withUnset(type, config, () => unset), ...own, id };
}

/** A configuration with values for the observed fields that it does not set. */
function withUnset(type: ObjectType, config: ObjectValue, unset: (name: string) => Value): ObjectValue {
  const filled = Object.entries(type.fields)
    .filter(([name, field]) => isObserved(field) && (config[name] ?? null) === null)
    .map(([name]): [string, Value] => [name, unset(name)]);
  return { ...config, ...Object.fromEntries(filled) };
}

export interface PlannedUpdate {
  readonly planned: ObjectValue;
  /** The fields that are sent, including those that are not known yet. */
  readonly changed: readonly string[];
}

/**
 * A changed object as planned. Another spelling of the same key is no change: Terraform lets a plan keep the prior one.
 *
 * @param system that the provider connects to; undefined while that is unknown
 */
export function planUpdate(
  type: ObjectType,
  config: ObjectValue,
  priorState: ObjectValue,
  desired: DecodedObject,
  prior: FieldValues,
  system: string | undefined,
): PlannedUpdate {
  const changed = [...changedFields(type, desired.values, prior), ...desired.unknown];
  const { id = null, adopted = null, system: priorSystem = null } = priorState;
  const stored = { ...pick(priorState, keyFields(type)), id, adopted, system: priorSystem };
  // Once something is sent, the object has the system that it was sent to.
  const written = changed.length > 0 ? { system: system ?? priorSystem ?? unknown } : {};
  const managed = withUnset(type, config, (name) => priorState[name] ?? null);
  return { planned: { ...managed, ...stored, ...written }, changed };
}

/** The key fields that differ, or are not known yet. */
export function changedKeys(type: ObjectType, desired: DecodedObject, prior: FieldValues): readonly string[] {
  return keyFields(type).filter((name) => desired.unknown.has(name) || !equalKeys(desired.values, prior, name));
}

/** The fields of a new object that keep VICIdial's default, because the configuration does not set them. */
function unmanagedFields(type: ObjectType, desired: DecodedObject): readonly string[] {
  return Object.entries(type.fields)
    .filter(([name, field]) => field.onCreate !== 'required' && (desired.values[name] ?? null) === null)
    .map(([name]) => name)
    .filter((name) => !desired.unknown.has(name));
}

/**
 * A replacement loses what is not managed.
 *
 * @param observed the values of the object where they were read: then only what differs from VICIdial's default is lost
 */
export function lostFields(type: ObjectType, desired: DecodedObject, observed?: FieldValues): readonly Failure[] {
  const isLost = (name: string) => String(observed?.[name] ?? '') !== (type.fields[name]?.serverDefault ?? '');
  const lost = unmanagedFields(type, desired).filter((name) => !observed || isLost(name));
  if (lost.length === 0) return [];
  const what = `The ${type.noun} is replaced. The configuration does not set ${lost.join(', ')}.`;
  return [failure('unmanaged-fields-lost', { what })];
}

function missingNames(type: ObjectType, desired: DecodedObject): readonly string[] {
  return missingOnCreate(type, desired.values).filter((name) => !desired.unknown.has(name));
}

/** One failure for all arguments that are missing; none where none is. */
function missingArguments(type: ObjectType, names: readonly string[]): readonly Failure[] {
  const [field, ...others] = names;
  if (field === undefined) return [];
  if (others.length === 0) {
    const what = `${field} is not set, and ${type.addFunction} requires it.`;
    return [failure('required-arguments-missing', { field, what })];
  }
  const what = `${names.join(', ')} are not set, and ${type.addFunction} requires them.`;
  return [failure('required-arguments-missing', { what })];
}

function equalKeys(a: FieldValues, b: FieldValues, name: string): boolean {
  return equalIdentities(stringValue(a, name), stringValue(b, name));
}
