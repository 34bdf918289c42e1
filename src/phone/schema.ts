/** zod schemas made from the field tables, for whatever is read from a file or a caller. */
import * as z from 'zod';
import type { Alphabet } from './characters';
import { checkValue, type CarriedBy } from './check';
import type { AnyValue, Field, FieldValue, Table } from './field';
import { Secret } from './secret';

/** Declared values of a table, each of which may be left out. */
export type Declared<T extends Table> = {
  readonly [Name in keyof T['fields']]?: FieldValue<T['fields'][Name]> | undefined;
};

/**
 * A strict object schema with a property for each field of a table, all of them optional, under the API's own names.
 * A value that no call could store whole is an issue on its property, with the failure's text.
 *
 * @param by which call will carry the values
 */
export function tableSchema<T extends Table>(table: T, by: CarriedBy = 'either', alphabet: Alphabet = {}): z.ZodType<Declared<T>> {
  const shape = Object.fromEntries(Object.keys(table.fields).map((name) => [name, fieldSchema(table, name, by, alphabet).optional()]));
  // The shape is made row by row, which the type system cannot follow; `Declared` is inferred from the same rows.
  return z.strictObject(shape) as unknown as z.ZodType<Declared<T>>;
}

/** The schema of one field. Secrets come out as `Secret`. */
export function fieldSchema(table: Table, name: string, by: CarriedBy = 'either', alphabet: Alphabet = {}): z.ZodType<AnyValue> {
  const field = table.fields[name];
  if (!field) throw new RangeError(`${table.noun} has no field ${name}`);
  return plainSchema(field).superRefine((value, context) => {
    for (const failure of checkValue(table, name, value, by, alphabet)) {
      context.addIssue({ code: 'custom', message: failure.detail });
    }
  });
}

function plainSchema(field: Field): z.ZodType<AnyValue> {
  if (field.kind === 'number') return z.number();
  if (field.kind === 'logins') return z.array(z.string());
  return field.secret ? z.string().transform((text) => new Secret(text)) : z.string();
}
