/** The objects of a list page whose rows stand for the pages of the objects. */
import { stripCharacters } from '../../model/characters';
import { stringValue, type FieldValues, type ObjectType } from '../../model/field-definition';
import { identityKey, objectId } from '../../model/identity';
import type { ObjectRef } from '../../model/operation';
import type { StoredValues } from '../reader';

export class ListedObjects {
  /** By the folded id; undefined for an object of which the list does not show what its page would. */
  readonly #byId = new Map<string, StoredValues | undefined>();

  /** @param rows of a list that has every field of the type */
  constructor(type: ObjectType, rows: readonly StoredValues[]) {
    const names = Object.keys(type.fields);
    for (const row of rows) {
      const id = identityKey(objectId(type, row));
      // Two rows of one key are not both what they seem to be.
      const isCertain = !this.#byId.has(id) && hasPlainKey(type, row) && names.every((name) => row[name] !== undefined);
      this.#byId.set(id, isCertain ? row : undefined);
    }
  }

  /** What is stored of an object; undefined where only its page can show it. */
  find({ type, key, id }: ObjectRef): StoredValues | undefined {
    return hasPlainKey(type, key) ? this.#byId.get(identityKey(id)) : undefined;
  }
}

/**
 * Whether the page of an object is that of its key. VICIdial strips other characters of a key that it is asked for, and
 * which letters it keeps depends on `use_non_latin` (reading-vicidial.md, section 1).
 */
function hasPlainKey({ fields, idFields }: ObjectType, key: FieldValues): boolean {
  return idFields.every((name) => {
    const [field, value] = [fields[name], stringValue(key, name)];
    return field !== undefined && stripCharacters(value, field.allowedCharacters) === value;
  });
}
