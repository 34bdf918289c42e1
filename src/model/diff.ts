/**
 * The diff engine: what is desired and what is recorded in, the calls that lead from one to the other out.
 * Pure; the same for phones and aliases.
 */
import type { FieldValue, FieldValues, FieldDefinition, ObjectType, WriteFunction } from './field-definition';
import { equalIgnoringCase } from './identity';
import { fail } from './failures';
import { Secret } from './secret';

/** The form fields of a call, in the order in which the server checks them. */
export type FormParameters = Readonly<Record<string, string | Secret>>;

/** A call that writes. */
export interface Call {
  readonly function: WriteFunction;
  readonly fields: FormParameters;
}

export type Change =
  | { readonly action: 'none' }
  /** One call, and a second one only for what the first cannot carry. */
  | { readonly action: 'create'; readonly calls: readonly [Call] | readonly [Call, Call] }
  /** `changed` are the fields sent. */
  | { readonly action: 'update'; readonly changed: readonly string[]; readonly calls: readonly [Call] }
  | { readonly action: 'delete'; readonly calls: readonly [Call] }
  /** The key changed: `remove` and `create` as above. `because` are the key fields that differ. */
  | {
      readonly action: 'replace';
      readonly because: readonly string[];
      readonly remove: readonly [Call];
      readonly create: readonly [Call] | readonly [Call, Call];
    };

/** What tells update_phone to empty a field. Where a user writes it, it is an error (`value-reserved`). */
export const blankWord = '--BLANK--';

/**
 * Compares an object as desired with the object as recorded.
 *
 * Null in `desired` is "not managed": never sent, whatever is recorded. Null in `recorded` is "not known": anything
 * desired is sent. The empty string is "empty": sent as `--BLANK--`.
 *
 * @param desired null to have no such object
 * @param recorded null where there is none
 * @throws PhonestateError `incomplete` when a creation lacks a field that the creating call requires
 */
export function diff(table: ObjectType, desired: FieldValues | null, recorded: FieldValues | null): Change {
  if (desired === null)
    return recorded === null ? { action: 'none' } : { action: 'delete', calls: [removal(table, recorded)] };
  if (recorded === null) return { action: 'create', calls: creation(table, desired) };
  const because = keyFields(table).filter((name) => !equalIgnoringCase(text(desired, name), text(recorded, name)));
  if (because.length > 0) {
    return { action: 'replace', because, remove: [removal(table, recorded)], create: creation(table, desired) };
  }
  const changed = changedFields(table, desired, recorded);
  if (changed.length === 0) return { action: 'none' };
  const fields = { ...keyParameters(table, recorded), ...parameters(desired, changed) };
  return { action: 'update', changed, calls: [{ function: table.updateFunction, fields }] };
}

/** The names of the fields that make up the key. */
export function keyFields(table: ObjectType): readonly string[] {
  return Object.keys(table.fields).filter((name) => table.fields[name]?.key);
}

/** The editable fields whose desired value is managed and not the recorded one. */
export function changedFields(table: ObjectType, desired: FieldValues, recorded: FieldValues): readonly string[] {
  return Object.keys(table.fields).filter((name) => {
    const value = desired[name] ?? null;
    return !table.fields[name]?.key && value !== null && !equalValues(value, recorded[name] ?? null);
  });
}

/** The fields that a creation needs and `desired` leaves out. */
export function missingOnCreate(table: ObjectType, desired: FieldValues): readonly string[] {
  return Object.entries(table.fields)
    .filter(([name, field]) => field.onCreate === 'required' && (desired[name] ?? null) === null)
    .map(([name]) => name);
}

/** The fields of a creation that the creating call does not carry: update_phone sets them afterwards. */
export function fieldsAfterCreate(table: ObjectType, desired: FieldValues): readonly string[] {
  return Object.entries(table.fields)
    .filter(([name, field]) => needsSecondCall(field, desired[name] ?? null))
    .map(([name]) => name);
}

function needsSecondCall(field: FieldDefinition, value: FieldValue | null): boolean {
  if (value === null) return false;
  if (isEmpty(value)) return field.serverDefault !== '';
  if (field.onCreate !== 'ignored') return false;
  return !(field.addSetsDefault && value === field.serverDefault);
}

function creation(table: ObjectType, desired: FieldValues): readonly [Call] | readonly [Call, Call] {
  const missing = missingOnCreate(table, desired);
  if (missing.length > 0)
    throw fail('required-arguments-missing', { what: `A new ${table.noun} needs ${missing.join(', ')}.` });
  const carried = Object.entries(table.fields)
    .filter(([name, field]) => field.onCreate !== 'ignored' && !isEmpty(desired[name] ?? ''))
    .map(([name]) => name);
  const add: Call = { function: table.addFunction, fields: parameters(desired, carried) };
  const later = fieldsAfterCreate(table, desired);
  if (later.length === 0) return [add];
  return [
    add,
    { function: table.updateFunction, fields: { ...keyParameters(table, desired), ...parameters(desired, later) } },
  ];
}

function removal(table: ObjectType, recorded: FieldValues): Call {
  return { function: table.updateFunction, fields: { ...keyParameters(table, recorded), [table.deleteField]: 'Y' } };
}

function keyParameters(table: ObjectType, values: FieldValues): FormParameters {
  return parameters(values, keyFields(table));
}

function parameters(values: FieldValues, names: readonly string[]): FormParameters {
  const fields: Record<string, string | Secret> = {};
  for (const name of names) {
    const value = values[name] ?? null;
    if (value !== null) fields[name] = encode(value);
  }
  return fields;
}

function encode(value: FieldValue): string | Secret {
  if (isEmpty(value)) return blankWord;
  if (value instanceof Secret) return value;
  return typeof value === 'object' ? value.join(',') : String(value);
}

function isEmpty(value: FieldValue): boolean {
  return (value instanceof Secret ? value.open() : value) === '';
}

function equalValues(a: FieldValue, b: FieldValue | null): boolean {
  if (a instanceof Secret) return b instanceof Secret && a.equals(b);
  if (typeof a === 'object') return typeof b === 'object' && !(b instanceof Secret) && a.join(',') === b?.join(',');
  return a === b;
}

function text(values: FieldValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
