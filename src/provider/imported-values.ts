/**
 * The first reading after an import. Terraform may make a configuration of it (`-generate-config-out`), which must not hold
 * what validation refuses: such a value is left out of state once, and stays as it is.
 */
import { quote, type CharacterOptions } from '../model/characters';
import { failure, type Failure } from '../model/failures';
import type { FieldValue, FieldValues, ObjectType } from '../model/field-definition';
import { objectId } from '../model/identity';
import { unwritableFields } from '../model/observed-values';

/** Private data of an object that was imported and has not been read yet. */
export const importedPrivate: Uint8Array = Buffer.from('"imported"');

/** Whether an object is read for the first time since its import. */
export function isImported(privateData: Uint8Array): boolean {
  return Buffer.compare(privateData, importedPrivate) === 0;
}

/**
 * The values that are imported, with a warning that names those which are not.
 *
 * @param unreadable the fields of which the reader does not show the values
 */
export function importedValues(
  type: ObjectType,
  values: FieldValues,
  unreadable: readonly string[],
  options: CharacterOptions,
): { readonly values: FieldValues; readonly failures: readonly Failure[] } {
  const names = unwritableFields(type, values, options);
  const notRead = unreadable.filter((name) => !type.fields[name]?.secret);
  if (names.length === 0 && notRead.length === 0) return { values, failures: [] };
  const object = `The ${type.noun} ${objectId(type, values)}`;
  const named = names.map((name) => `${name} ${show(values[name] ?? null)}`).join(', ');
  const what = [
    ...(names.length > 0 ? [`${object} has ${named}, which the API could not write.`] : []),
    ...(notRead.length > 0 ? [`${object} has values that could not be read: ${notRead.join(', ')}.`] : []),
  ].join(' ');
  return {
    values: { ...values, ...Object.fromEntries(names.map((name) => [name, null])) },
    failures: [failure('imported-unmanaged', { what })],
  };
}

/** A warning about the fields that state has and the reader does not show: they may have been changed by hand. */
export function unreadableValues(
  type: ObjectType,
  values: FieldValues,
  unreadable: readonly string[],
): readonly Failure[] {
  const names = unreadable.filter((name) => (values[name] ?? null) !== null);
  if (names.length === 0) return [];
  const what = `The ${type.noun} ${objectId(type, values)} has values that could not be read: ${names.join(', ')}.`;
  return [failure('value-unreadable', { what })];
}

/** Secrets are not imported. */
function show(value: FieldValue | null): string {
  return quote(Array.isArray(value) ? value.join(',') : String(value));
}
