/** The phones and phone aliases of a state, in the form in which readers show those of a system. */
import type { Environment } from '../environment/environment';
import type { FieldValue, ObjectType } from '../model/field-definition';
import { identityKey, objectId } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { Secret } from '../model/secret';
import type { StoredObject, SystemRows } from '../model/system-rows';
import type { StateObject } from '../report/addressed-objects';

export interface StateRows extends SystemRows {
  /** The addresses by the folded key: `10.0.0.11/55000`, `ALIAS:DESKS`. */
  readonly addresses: ReadonlyMap<string, string>;
}

const types: readonly ObjectType[] = [phoneType, phoneAliasType];

/**
 * Makes rows of the objects of a state. A value that is null in state is left out: it was never applied.
 *
 * @param found the folded keys of the system. The phones of a server that has moved count as those at its new address where
 * the system has them there
 */
export function stateRows(
  objects: readonly StateObject[],
  { servers }: Pick<Environment, 'servers'>,
  found: ReadonlySet<string>,
): StateRows {
  const moved = new Map(
    Object.values(servers).flatMap(({ ip, was }) =>
      ip === undefined || was === undefined ? [] : [[identityKey(was), ip] as const],
    ),
  );
  const addresses = new Map<string, string>();
  const rows = objects.flatMap(({ address, type: name, values }) => {
    const type = types.find(({ resourceType }) => resourceType === name);
    if (!type) return [];
    const row = rowOf(type, values, moved, found);
    const id = objectId(type, row.values);
    addresses.set(identityKey(type === phoneType ? id : `alias:${id}`), address);
    return [{ type, row }];
  });
  const ofType = (type: ObjectType) => rows.filter((each) => each.type === type).map(({ row }) => row);
  return { phones: ofType(phoneType), aliases: ofType(phoneAliasType), addresses };
}

function rowOf(
  type: ObjectType,
  state: Readonly<Record<string, unknown>>,
  moved: ReadonlyMap<string, string>,
  found: ReadonlySet<string>,
): StoredObject {
  const values = Object.fromEntries(
    Object.entries(type.fields).flatMap(([name, { secret }]): [string, FieldValue][] => {
      const value = fieldValue(state[name]);
      if (value === undefined) return [];
      return [[name, secret && typeof value === 'string' ? new Secret(value) : value]];
    }),
  );
  const { server_ip: server } = values;
  const address = typeof server === 'string' ? moved.get(identityKey(server)) : undefined;
  if (address === undefined) return { values };
  const atNewAddress = { ...values, server_ip: address };
  return { values: found.has(identityKey(objectId(type, atNewAddress))) ? atNewAddress : values };
}

function fieldValue(value: unknown): FieldValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}
