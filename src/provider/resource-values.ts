/** Between Terraform's values and those of a field table. */
import type { FieldValue, FieldValues, FieldDefinition, ObjectType } from '../model/field-definition';
import { Secret } from '../model/secret';
import { Decimal, Unknown, type ObjectValue, type Value } from '../terraform/value';

/** What a configuration or plan says of an object: what it knows already, and what it will know only in apply. */
export interface Declaration {
  /** A value for each field; null where it is not managed, or not known yet. */
  readonly values: FieldValues;
  /** The fields that are not known yet. */
  readonly pending: ReadonlySet<string>;
}

/** Reads a Terraform object as a declaration of the table. */
export function declaration(table: ObjectType, object: ObjectValue): Declaration {
  const values: Record<string, FieldValue | null> = {};
  const pending = new Set<string>();
  for (const [name, field] of Object.entries(table.fields)) {
    const value = object[name] ?? null;
    if (isPending(value)) pending.add(name);
    values[name] = isPending(value) ? null : decode(field, value);
  }
  return { values, pending };
}

function isPending(value: Value): boolean {
  return value instanceof Unknown || (Array.isArray(value) && value.some((element) => element instanceof Unknown));
}

function decode(field: FieldDefinition, value: Value): FieldValue | null {
  if (value === null) return null;
  if (field.type === 'logins') return Array.isArray(value) ? value.map(asText) : null;
  if (field.type === 'number') return Number(asText(value));
  return field.secret ? new Secret(asText(value)) : asText(value);
}

/** A null element of a list becomes the empty text, which no list accepts. */
function asText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal ? value.toString() : '';
}

/** The values of a table as a Terraform object with its id. */
export function stateOf(table: ObjectType, id: string, values: FieldValues): ObjectValue {
  const fields = Object.keys(table.fields).map((name): [string, Value] => [name, encode(values[name] ?? null)]);
  return { id, ...Object.fromEntries(fields) };
}

function encode(value: FieldValue | null): Value {
  return value instanceof Secret ? value.open() : value;
}
