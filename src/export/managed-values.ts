/**
 * Which stored values of an object a configuration declares. The others are left unmanaged, each with its reason: what the
 * API could not write stays as it is, and VICIdial's own defaults need no line.
 */
import type { CharacterOptions } from '../model/characters';
import type { FieldDefinition, FieldValue, ObjectType } from '../model/field-definition';
import { shownValues, unwritableFields } from '../model/observed-values';
import type { StoredObject } from '../model/system-rows';
import { validateValue } from '../model/validate';

/** A value that a configuration declares. Secrets are never among them: a configuration refers to variables. */
export type DeclaredValue = string | number | readonly string[];
export type DeclaredValues = Readonly<Record<string, DeclaredValue>>;

export interface UnmanagedField {
  readonly field: string;
  /** A sentence that names the field, without a full stop. */
  readonly reason: string;
}

export interface ManagedValues {
  readonly values: DeclaredValues;
  /** What is left out for another reason than being VICIdial's default. */
  readonly unmanaged: readonly UnmanagedField[];
}

export interface ManagedOptions extends CharacterOptions {
  /** Also the values that are VICIdial's defaults: for a clone, which must not depend on the defaults of its system. */
  readonly allFields?: boolean;
}

/** Decides field by field, without the key and the secrets. */
export function managedValues(type: ObjectType, object: StoredObject, options: ManagedOptions): ManagedValues {
  const shown = shownValues(type, object.values, { secrets: false });
  const unwritable = new Set(unwritableFields(type, shown, options));
  const values: Record<string, DeclaredValue> = {};
  const unmanaged: UnmanagedField[] = [];
  for (const [name, field] of Object.entries(type.fields)) {
    if (field.key || field.secret) continue;
    const value = shown[name] ?? null;
    const reason = unwritable.has(name)
      ? describeUnwritable(type, name, value, options)
      : valueMissing(object, name, field);
    if (reason !== undefined) unmanaged.push({ field: name, reason });
    else if (isDeclared(value) && (options.allFields || !isDefault(field, value))) values[name] = value;
  }
  return { values, unmanaged };
}

function isDeclared(value: FieldValue | null): value is DeclaredValue {
  return value !== null && (typeof value !== 'object' || Array.isArray(value));
}

function isDefault({ serverDefault }: FieldDefinition, value: DeclaredValue): boolean {
  return String(value) === serverDefault;
}

/** Why a field without a value is not declared; undefined where it has one, or where being empty is the default. */
function valueMissing({ values, unreadable = [] }: StoredObject, name: string, field: FieldDefinition) {
  if (unreadable.includes(name)) return `the value of ${name} cannot be read`;
  const value = values[name];
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty && field.serverDefault !== '' ? `${name} is empty` : undefined;
}

/** What the failure states of the value and its outcome, without the limits of the field. */
function describeUnwritable(
  type: ObjectType,
  name: string,
  value: FieldValue | null,
  options: CharacterOptions,
): string {
  const [failure] = validateValue(type, name, value ?? '', 'update', options);
  const [what = `the API cannot write ${name}`] =
    failure?.what.split(/\.(?:$| (?=[A-Z][a-z]+ (?:takes|API|beyond)))/u) ?? [];
  return what;
}
