/** A system as one side of a comparison. */
import { stringValue, type FieldValue, type ObjectType } from '../model/field-definition';
import { identityKey, objectId } from '../model/identity';
import { shownValues } from '../model/observed-values';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { StoredObject, SystemRows } from '../model/system-rows';
import { nothingExplained, type Side, type SideObject, type SideValue } from './side';

/** The keys of the other side, by the folded ids of this one: `10.0.0.11/55000`, or `alias:desks`. */
export type PairedKeys = ReadonlyMap<string, string>;

/**
 * Makes a side of the rows of a system.
 *
 * @param paired the keys of objects that are paired by a mapping; the others are paired by their own
 */
export function systemSide(label: string, rows: SystemRows, paired: PairedKeys = new Map()): Side {
  const keyOf = (id: string) => paired.get(identityKey(id)) ?? identityKey(id);
  const phones = rows.phones.map((object) => sideObject(phoneType, object, keyOf));
  const byLogin = new Map(
    rows.phones.map(({ values }, index) => [identityKey(stringValue(values, 'phone_login')), phones[index]?.key]),
  );
  const aliases = rows.aliases.map((object): SideObject => {
    const side = sideObject(phoneAliasType, object, (id) => keyOf(`alias:${id}`));
    const { phone_logins: listed } = object.values;
    // Without the field, they could not be read.
    if (listed === undefined) return side;
    const logins = Array.isArray(listed) ? (listed as readonly string[]) : [];
    const keys = logins.map((login): [string, string] => [byLogin.get(identityKey(login)) ?? loginKey(login), login]);
    return { ...side, logins: new Map(keys) };
  });
  return { label, kind: 'system', phones, aliases, leavesOut: false };
}

/** The key of a login that no phone of its side has. */
export function loginKey(login: string): string {
  return `login ${identityKey(login)}`;
}

function sideObject(type: ObjectType, { values }: StoredObject, keyOf: (id: string) => string): SideObject {
  const id = objectId(type, values);
  const shown = shownValues(type, values, { secrets: true });
  const entries = Object.entries(type.fields)
    .filter(([name, field]) => !field.key && field.type !== 'logins' && values[name] !== undefined)
    .map(([name]): [string, SideValue] => [name, plain(shown[name] ?? '')]);
  return { key: keyOf(id), id, values: Object.fromEntries(entries), explained: nothingExplained, isAddition: false };
}

/** Only a phone alias has a list, which is not among these fields. */
function plain(value: FieldValue): SideValue {
  return typeof value === 'object' && !('open' in value) ? value.join(',') : value;
}
