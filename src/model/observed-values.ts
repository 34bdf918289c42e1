/**
 * What is stored of an object, compared with what the state or a plan has of it. Other programs than the API store values
 * in other spellings; those that mean the same are no difference (reading-vicidial.md, section 2).
 */
import {
  nullValues,
  type FieldDefinition,
  type FieldValue,
  type FieldValues,
  type ObjectType,
} from './field-definition';
import { Secret } from './secret';
import { closestChoice } from './stored-value';
import { validateValue } from './validate';
import type { CharacterOptions } from './characters';

/** Stored values by field name. A field that could not be read is left out; what is empty is the empty string. */
export type Stored = Readonly<Record<string, FieldValue>>;

/**
 * The values of an object in state after it was read.
 *
 * The key keeps its spelling in state. A secret is read only where the state has one. An empty field is null, unless the
 * state has the empty string. A field that could not be read keeps the value in state.
 */
export function observedValues(type: ObjectType, state: FieldValues, stored: Stored): FieldValues {
  const values: Record<string, FieldValue | null> = { ...nullValues(type.fields) };
  for (const name in type.fields) {
    const field = type.fields[name];
    if (field) values[name] = observed(field, state[name] ?? null, stored[name]);
  }
  return values;
}

function observed(field: FieldDefinition, inState: FieldValue | null, stored: FieldValue | undefined) {
  if (field.key || stored === undefined || (field.secret && inState === null)) return inState;
  if (inState !== null && isStored(field, inState, stored)) return inState;
  return shown(field, stored);
}

/**
 * The values of an object that no state has, as a data source shows them, those which the API could not write too. What
 * is empty or could not be read is null.
 *
 * @param options `secrets`: whether secrets are shown
 */
export function shownValues(type: ObjectType, stored: Stored, { secrets }: { readonly secrets: boolean }): FieldValues {
  return Object.fromEntries(
    Object.entries(type.fields).map(([name, field]) => {
      const value = stored[name];
      return [name, value === undefined || (field.secret && !secrets) ? null : shown(field, value)];
    }),
  );
}

function shown(field: FieldDefinition, stored: FieldValue): FieldValue | null {
  return isEmpty(stored) ? null : canonical(field, stored);
}

/** The fields, of those given, of which something else is stored than `planned` has. Null is not compared. */
export function differingFields(
  type: ObjectType,
  names: readonly string[],
  planned: FieldValues,
  stored: Stored,
): readonly string[] {
  return names.filter((name) => {
    const [field, value, actual] = [type.fields[name], planned[name] ?? null, stored[name]];
    return field && value !== null && actual !== undefined && !isStored(field, value, actual);
  });
}

/** The fields whose values the API could not store: they can only stay as they are. */
export function unwritableFields(type: ObjectType, values: FieldValues, options: CharacterOptions): readonly string[] {
  return Object.entries(type.fields)
    .filter(([name, { key }]) => !key && (values[name] ?? null) !== null)
    .filter(([name]) => validateValue(type, name, values[name] ?? '', 'update', options).length > 0)
    .map(([name]) => name);
}

function isStored(field: FieldDefinition, value: FieldValue, stored: FieldValue): boolean {
  if (value === stored) return true;
  if (isEmpty(value) || isEmpty(stored)) return isEmpty(value) && isEmpty(stored);
  if (value instanceof Secret) return stored instanceof Secret && value.equals(stored);
  return String(canonical(field, value)) === String(canonical(field, stored));
}

/** `-5` is the offset `-5.00` (vicidial-api.md, section 5). Terraform normalises strings itself. */
function canonical(field: FieldDefinition, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  return closestChoice(field, value) ?? value.normalize('NFC');
}

function isEmpty(value: FieldValue): boolean {
  if (value instanceof Secret) return value.open() === '';
  return typeof value === 'object' ? value.length === 0 : value === '';
}
