/** Rows of the tables of objects, as values by the API's names. */
import type { FieldValue, ObjectType } from '../../model/field-definition';
import { objectId, objectRef } from '../../model/identity';
import type { ObjectRef } from '../../model/operation';
import type { StoredValues } from '../reader';
import { storedValue } from '../stored-text';
import { columnOf } from './columns';
import type { Row } from './database';

/** A column as text: empty where it is NULL, or absent. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value);
}

/** The id of the object in a row, spelled as it is stored. */
export function rowId(type: ObjectType, row: Row): string {
  return objectId(type, keyValues(type, row));
}

/** The object in a row. */
export function rowObject(type: ObjectType, row: Row): ObjectRef {
  return objectRef(type, storedValues(type, row));
}

/** The values of a row. Fields whose column the schema lacks are left out. */
export function storedValues(type: ObjectType, row: Row): StoredValues {
  const values: Record<string, FieldValue> = {};
  for (const name of Object.keys(type.fields)) {
    const column = columnOf(name);
    if (!(column in row)) continue;
    const value = storedValue(type, name, text(row, column));
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function keyValues(type: ObjectType, row: Row): Record<string, string> {
  return Object.fromEntries(type.idFields.map((name) => [name, text(row, columnOf(name))]));
}
