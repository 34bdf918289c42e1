/** Pairs the objects of two systems through an environment that extends another one: `compare --through`. */
import type { Environment } from '../environment/environment';
import { aliasKey, phoneKey } from '../environment/environment';
import { identityKey } from '../model/identity';
import type { CompareOptions } from './compare';
import type { ReadBase } from './environment-side';
import type { PairedKeys } from './system-side';

export interface Mapping {
  /** The keys of the derived environment's objects, by the ids of the base's. */
  readonly keys: PairedKeys;
  /** Whether a value is what the derived environment sets itself. */
  readonly explains: NonNullable<CompareOptions['explains']>;
}

/**
 * The mapping of an environment.
 *
 * @throws Error where it extends no other one
 */
export function mappingOf(environment: Environment, readBase: ReadBase): Mapping {
  const [nearest] = environment.bases;
  if (!nearest) throw new Error(`${environment.file} extends no other environment, so it has no mapping to pair by.`);
  const base = readBase(nearest.name);
  const idsInBase = new Map<string, string>([
    ...base.phones.map((phone): [string, string] => [identityKey(phoneKey(phone)), idOf(phone)]),
    ...base.aliases.map((alias): [string, string] => [identityKey(aliasKey(alias)), aliasKey(alias)]),
  ]);
  const keys = new Map<string, string>();
  const own = new Map<string, Readonly<Record<string, unknown>>>();
  const add = (id: string, baseKey: string | undefined, values: Readonly<Record<string, unknown>>) => {
    const idInBase = baseKey === undefined ? undefined : idsInBase.get(identityKey(baseKey));
    if (idInBase !== undefined) keys.set(identityKey(idInBase), identityKey(id));
    own.set(identityKey(id), values);
  };
  for (const phone of environment.phones) add(idOf(phone), phone.baseKey, ownValues(phone.values, phone.origins));
  for (const alias of environment.aliases) {
    const { alias_name } = alias;
    add(aliasKey(alias), alias.baseKey, ownValues({ alias_name }, alias.origins));
  }
  return { keys, explains: (key, field, value) => typeof value !== 'object' && own.get(key)?.[field] === value };
}

function idOf({ server_ip, extension }: Environment['phones'][number]): string {
  return `${server_ip}/${extension}`;
}

/** The values that the environment does not have from its base. */
function ownValues(
  values: Readonly<Record<string, unknown>>,
  origins: Readonly<Record<string, { readonly kind: string } | undefined>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => origins[name] && origins[name].kind !== 'base'));
}
