/**
 * The diff engine: compares what is desired with the prior state, and returns the operations that lead from one to the
 * other. Pure; the same for phones and phone aliases.
 */
import { PhonestateError } from './failures';
import {
  stringValue,
  type FieldDefinition,
  type FieldValue,
  type FieldValues,
  type ObjectType,
} from './field-definition';
import { equalIdentities, keyFields, objectRef } from './identity';
import { blankWord, type FormParameters, type Operation } from './operation';
import { Secret } from './secret';

/** The operations of a create: one call, and a second one only for what the first cannot carry. */
export type CreateOperations = readonly [Operation] | readonly [Operation, Operation];

export type Change =
  | { readonly action: 'none' }
  | { readonly action: 'create'; readonly operations: CreateOperations }
  /** `changed` are the fields that are sent. */
  | { readonly action: 'update'; readonly changed: readonly string[]; readonly operations: readonly [Operation] }
  | { readonly action: 'delete'; readonly operations: readonly [Operation] }
  /** The key changed: `changedKeys` are the key fields that differ. */
  | {
      readonly action: 'replace';
      readonly changedKeys: readonly string[];
      readonly delete: Operation;
      readonly create: CreateOperations;
    };

/**
 * Compares the desired object with the prior state of it.
 *
 * Null in `desired` is "not managed": never sent, whatever the prior state has. Null in `prior` is "not known": a
 * desired value is sent. The empty string is "empty": sent as `--BLANK--`.
 *
 * @param desired null when the object must not exist
 * @param prior null when there is no such object
 * @throws PhonestateError `required-arguments-missing` when a create lacks a field that the creating function requires
 */
export function diff(type: ObjectType, desired: FieldValues | null, prior: FieldValues | null): Change {
  if (desired === null) {
    return prior === null ? { action: 'none' } : { action: 'delete', operations: [deleteOperation(type, prior)] };
  }
  if (prior === null) return { action: 'create', operations: createOperations(type, desired) };
  const changedKeys = keyFields(type).filter((name) => !equalKeys(desired, prior, name));
  if (changedKeys.length > 0) {
    const create = createOperations(type, desired);
    return { action: 'replace', changedKeys, delete: deleteOperation(type, prior), create };
  }
  const changed = changedFields(type, desired, prior);
  if (changed.length === 0) return { action: 'none' };
  return { action: 'update', changed, operations: [updateOperation(type, prior, desired, changed)] };
}

/** The editable fields whose desired value is managed and differs from the prior one. */
export function changedFields(type: ObjectType, desired: FieldValues, prior: FieldValues): readonly string[] {
  return Object.keys(type.fields).filter((name) => {
    const value = desired[name] ?? null;
    return !type.fields[name]?.key && value !== null && !equalValues(value, prior[name] ?? null);
  });
}

/** The fields that a create needs and `desired` leaves out. */
export function missingOnCreate(type: ObjectType, desired: FieldValues): readonly string[] {
  return Object.entries(type.fields)
    .filter(([name, field]) => field.onCreate === 'required' && (desired[name] ?? null) === null)
    .map(([name]) => name);
}

/** The fields of a create that the creating function does not carry: a second call sets them. */
export function fieldsAfterCreate(type: ObjectType, desired: FieldValues): readonly string[] {
  return Object.entries(type.fields)
    .filter(([name, field]) => needsSecondCall(field, desired[name] ?? null))
    .map(([name]) => name);
}

function needsSecondCall(field: FieldDefinition, value: FieldValue | null): boolean {
  if (value === null) return false;
  if (isEmpty(value)) return field.serverDefault !== '';
  if (field.onCreate !== 'ignored') return false;
  return !(field.addSetsDefault && value === field.serverDefault);
}

function createOperations(type: ObjectType, desired: FieldValues): CreateOperations {
  const missing = missingOnCreate(type, desired);
  if (missing.length > 0) {
    throw PhonestateError.of('required-arguments-missing', { what: `A new ${type.noun} needs ${missing.join(', ')}.` });
  }
  const sent = Object.entries(type.fields)
    .filter(([name, field]) => field.onCreate !== 'ignored' && !isEmpty(desired[name] ?? ''))
    .map(([name]) => name);
  const add: Operation = {
    action: 'create',
    object: objectRef(type, desired),
    function: type.addFunction,
    parameters: parametersOf(desired, sent),
  };
  const later = fieldsAfterCreate(type, desired);
  return later.length === 0 ? [add] : [add, updateOperation(type, desired, desired, later)];
}

/** @param existing the values of the object as it is now: its key addresses it */
function updateOperation(
  type: ObjectType,
  existing: FieldValues,
  desired: FieldValues,
  changed: readonly string[],
): Operation {
  return {
    action: 'update',
    object: objectRef(type, existing),
    function: type.updateFunction,
    parameters: { ...parametersOf(existing, keyFields(type)), ...parametersOf(desired, changed) },
  };
}

function deleteOperation(type: ObjectType, prior: FieldValues): Operation {
  return {
    action: 'delete',
    object: objectRef(type, prior),
    function: type.updateFunction,
    parameters: { ...parametersOf(prior, keyFields(type)), [type.deleteParameter]: 'Y' },
  };
}

function parametersOf(values: FieldValues, names: readonly string[]): FormParameters {
  const parameters: Record<string, string | Secret> = {};
  for (const name of names) {
    const value = values[name] ?? null;
    if (value !== null) parameters[name] = encode(value);
  }
  return parameters;
}

function encode(value: FieldValue): string | Secret {
  if (isEmpty(value)) return blankWord;
  if (value instanceof Secret) return value;
  return typeof value === 'object' ? value.join(',') : String(value);
}

function isEmpty(value: FieldValue): boolean {
  return (value instanceof Secret ? value.open() : value) === '';
}

function equalKeys(desired: FieldValues, prior: FieldValues, name: string): boolean {
  return equalIdentities(stringValue(desired, name), stringValue(prior, name));
}

function equalValues(a: FieldValue, b: FieldValue | null): boolean {
  if (a instanceof Secret) return b instanceof Secret && a.equals(b);
  if (typeof a === 'object') return typeof b === 'object' && !(b instanceof Secret) && a.join(',') === b?.join(',');
  return a === b;
}
