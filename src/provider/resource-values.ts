/** Converts between Terraform's values and field values. */
import { oncePer } from '../once-per';
import {
  nullValues,
  type FieldDefinition,
  type FieldValue,
  type FieldValues,
  type ObjectType,
} from '../model/field-definition';
import { objectId } from '../model/identity';
import { Secret } from '../model/secret';
import { Decimal, Unknown, type ObjectValue, type Value } from '../terraform/value';

/** An object in a configuration, a plan or a state. */
export interface DecodedObject {
  /** A value for each field; null where it is not managed, or not known yet. */
  readonly values: FieldValues;
  /** The fields whose values Terraform knows only in apply. */
  readonly unknown: ReadonlySet<string>;
}

/** Reads a Terraform object. */
export function decodeObject(type: ObjectType, object: ObjectValue): DecodedObject {
  return decodeFields(type.fields, object);
}

/**
 * Reads the key and the logins of a Terraform object, with their password, and what two phones should not share: all that
 * is needed of one that does not change.
 */
export function decodeIdentity(type: ObjectType, object: ObjectValue): DecodedObject {
  return decodeFields(identityFields(type), object);
}

const identityFields = oncePer(({ fields, loginField, passwordField }: ObjectType): ObjectType['fields'] => {
  const isNeeded = (name: string, { key, type, sharedWarning }: FieldDefinition) =>
    key || sharedWarning || name === loginField || name === passwordField || type === 'logins';
  return Object.fromEntries(Object.entries(fields).filter(([name, field]) => isNeeded(name, field)));
});

const noneUnknown: ReadonlySet<string> = new Set();

function decodeFields(fields: ObjectType['fields'], object: ObjectValue): DecodedObject {
  const values: Record<string, FieldValue | null> = { ...nullValues(fields) };
  let unknown: Set<string> | undefined;
  for (const name in fields) {
    const value = object[name] ?? null;
    const field = fields[name];
    if (value === null || !field) continue;
    if (isUnknown(value)) (unknown ??= new Set()).add(name);
    else values[name] = decode(field, value);
  }
  return { values, unknown: unknown ?? noneUnknown };
}

/** Whether the key is known, so that the object has an id. */
export function isKeyKnown({ idFields }: ObjectType, { unknown }: DecodedObject): boolean {
  return idFields.every((name) => !unknown.has(name));
}

function isUnknown(value: Value): boolean {
  return value instanceof Unknown || (Array.isArray(value) && value.some((element) => element instanceof Unknown));
}

function decode(field: FieldDefinition, value: Value): FieldValue | null {
  if (field.type === 'logins') return Array.isArray(value) ? value.map(toText) : null;
  if (field.type === 'number') return Number(toText(value));
  return field.secret ? new Secret(toText(value)) : toText(value);
}

/** A string or number as text. Null becomes the empty string, which as an element no list accepts. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal ? value.toString() : '';
}

/** What an object has in state besides its fields. */
export interface OwnValues {
  /** The VICIdial system that the object belongs to; null in a state of version 0.1.0. */
  readonly system: string | null;
  readonly adopted: boolean | null;
  readonly deletion_protection: boolean | null;
}

/** Reads what an object of the state has besides its fields. */
export function ownValues(state: ObjectValue): OwnValues {
  const { system = null, adopted = null, deletion_protection: protection = null } = state;
  return {
    system: typeof system === 'string' ? system : null,
    adopted: typeof adopted === 'boolean' ? adopted : null,
    deletion_protection: typeof protection === 'boolean' ? protection : null,
  };
}

/** What every object begins as: null in each attribute that it has in state. */
const nullObject = oncePer(({ fields }: ObjectType): ObjectValue => ({
  id: null,
  system: null,
  adopted: null,
  deletion_protection: null,
  ...nullValues(fields),
}));

/** Field values as a Terraform object, with its id and what it has besides. */
export function encodeObject(type: ObjectType, values: FieldValues, own: OwnValues): ObjectValue {
  const object: Record<string, Value> = { ...nullObject(type), id: objectId(type, values), ...own };
  for (const name in type.fields) {
    const value = values[name] ?? null;
    if (value !== null) object[name] = encode(value);
  }
  return object;
}

/** Field values as attributes. */
export function encodeFields(values: FieldValues): ObjectValue {
  return Object.fromEntries(Object.entries(values).map(([name, value]): [string, Value] => [name, encode(value)]));
}

function encode(value: FieldValue | null): Value {
  return value instanceof Secret ? value.open() : value;
}

/** The entries of a record that have these names, in the order of the names. */
export function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  const picked: Record<string, T> = {};
  for (const name of names) {
    const value = record[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
