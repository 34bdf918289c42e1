/** Between Terraform's values and those of a field table. */
import type { AnyValue, AnyValues, Field, Table } from '../phone/field';
import { Secret } from '../phone/secret';
import { Decimal, Unknown, type ObjectValue, type Value } from '../terraform/value';

/** What a configuration or plan says of an object: what it knows already, and what it will know only in apply. */
export interface Declaration {
  /** A value for each field; null where it is not managed, or not known yet. */
  readonly values: AnyValues;
  /** The fields that are not known yet. */
  readonly pending: ReadonlySet<string>;
}

/** Reads a Terraform object as a declaration of the table. */
export function declaration(table: Table, object: ObjectValue): Declaration {
  const values: Record<string, AnyValue | null> = {};
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

function decode(field: Field, value: Value): AnyValue | null {
  if (value === null) return null;
  if (field.kind === 'logins') return Array.isArray(value) ? value.map(asText) : null;
  if (field.kind === 'number') return Number(asText(value));
  return field.secret ? new Secret(asText(value)) : asText(value);
}

/** A null element of a list becomes the empty text, which no list accepts. */
function asText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal ? value.toString() : '';
}

/** The values of a table as a Terraform object with its id. */
export function stateOf(table: Table, id: string, values: AnyValues): ObjectValue {
  const fields = Object.keys(table.fields).map((name): [string, Value] => [name, encode(values[name] ?? null)]);
  return { id, ...Object.fromEntries(fields) };
}

function encode(value: AnyValue | null): Value {
  return value instanceof Secret ? value.open() : value;
}
