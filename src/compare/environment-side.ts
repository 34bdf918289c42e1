/** An environment as one side of a comparison. */
import {
  aliasKey,
  phoneKey,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentPhone,
} from '../environment/environment';
import { secretFields } from '../export/secrets';
import { isVariable } from '../environment/value-schema';
import { identityKey } from '../model/identity';
import { phoneType } from '../model/phone-fields';
import { writeOnlyDefinitions } from '../model/write-only-fields';
import { nothingExplained, type Side, type SideObject, type SideValue } from './side';
import { loginKey } from './system-side';

/** Reads an environment by name: a base of another one. */
export type ReadBase = (name: string) => Environment;

/**
 * Makes a side of an environment that is compared with a system: its phones are paired by `server_ip` and extension.
 */
export function environmentSide(environment: Environment): Side {
  const keyOf = (phone: EnvironmentPhone) => identityKey(`${phone.server_ip}/${phone.extension}`);
  return makeSide(environment, keyOf, (alias) => identityKey(aliasKey(alias)));
}

/**
 * Makes both sides of two environments. Those that have a base in common, or of which one is derived from the other, are
 * paired through their mappings, all others by the names in the files.
 */
export function environmentSides(a: Environment, b: Environment, readBase: ReadBase): [Side, Side] {
  const ancestor = lineage(a).find((name) => lineage(b).includes(name));
  if (ancestor === undefined) return [namedSide(a), namedSide(b)];
  return [relatedSide(a, ancestor, readBase), relatedSide(b, ancestor, readBase)];
}

function lineage({ name, bases }: Environment): string[] {
  return [name, ...bases.map((base) => base.name)];
}

function namedSide(environment: Environment): Side {
  return makeSide(
    environment,
    (phone) => identityKey(phoneKey(phone)),
    (alias) => identityKey(aliasKey(alias)),
  );
}

/** What of an object is from a common base. */
interface Descent {
  /** The key in the common base; undefined for an addition. */
  readonly key: string | undefined;
  readonly explained: ReadonlySet<string>;
}

function relatedSide(environment: Environment, ancestor: string, readBase: ReadBase): Side {
  const descents = new DescentReader(ancestor, readBase);
  const phoneOf = (phone: EnvironmentPhone) => descents.phone(environment, phone);
  const aliasOf = (alias: EnvironmentAlias) => descents.alias(environment, alias);
  const keyOf = ({ key }: Descent, own: string) => identityKey(key ?? `addition ${own}`);
  const side = makeSide(
    environment,
    (phone) => keyOf(phoneOf(phone), phoneKey(phone)),
    (alias) => keyOf(aliasOf(alias), aliasKey(alias)),
    { phone: phoneOf, alias: aliasOf },
  );
  // At a ref, the base lacks what came later: that is a difference.
  const isLive = environment.bases.every(({ ref }) => ref === undefined);
  return { ...side, leavesOut: environment.name !== ancestor && isLive };
}

/** Follows objects through one or more bases. */
class DescentReader {
  readonly #phones = new Map<string, ReadonlyMap<string, EnvironmentPhone>>();
  readonly #aliases = new Map<string, ReadonlyMap<string, EnvironmentAlias>>();

  constructor(
    private readonly ancestor: string,
    private readonly readBase: ReadBase,
  ) {}

  phone(environment: Environment, phone: EnvironmentPhone): Descent {
    if (environment.name === this.ancestor) return { key: phoneKey(phone), explained: nothingExplained };
    const explained = ownFields(phone.origins, [...secretsAndProtection, 'server', 'extension']);
    const { baseKey } = phone;
    if (baseKey === undefined) return { key: undefined, explained };
    const base = this.#base(environment);
    const inBase = base && this.#indexOf(this.#phones, base, base.phones, phoneKey).get(identityKey(baseKey));
    return followed(baseKey, explained, base && inBase && this.phone(base, inBase));
  }

  alias(environment: Environment, alias: EnvironmentAlias): Descent {
    if (environment.name === this.ancestor) return { key: aliasKey(alias), explained: nothingExplained };
    const explained = ownFields(alias.origins, ['protect']);
    const { baseKey } = alias;
    if (baseKey === undefined) return { key: undefined, explained };
    const base = this.#base(environment);
    const inBase = base && this.#indexOf(this.#aliases, base, base.aliases, aliasKey).get(identityKey(baseKey));
    return followed(baseKey, explained, base && inBase && this.alias(base, inBase));
  }

  /** The base of an environment, where the common base is a base of that in turn. */
  #base({ bases: [base] }: Environment): Environment | undefined {
    return base === undefined || base.name === this.ancestor ? undefined : this.readBase(base.name);
  }

  #indexOf<T>(
    indexes: Map<string, ReadonlyMap<string, T>>,
    { name }: Environment,
    objects: readonly T[],
    keyOf: (object: T) => string,
  ): ReadonlyMap<string, T> {
    const index = indexes.get(name) ?? new Map(objects.map((object) => [identityKey(keyOf(object)), object]));
    indexes.set(name, index);
    return index;
  }
}

function followed(baseKey: string, explained: ReadonlySet<string>, further: Descent | undefined): Descent {
  if (!further) return { key: baseKey, explained };
  return { key: further.key, explained: new Set([...explained, ...further.explained]) };
}

/** Never inherited silently: a derived environment sets its own. */
const secretsAndProtection = ['protect', ...secretFields, ...Object.keys(writeOnlyDefinitions(phoneType))];

/** The fields that an environment sets itself, by mapping, defaults, exception or addition. */
function ownFields(
  origins: Readonly<Record<string, { readonly kind: string } | undefined>>,
  always: readonly string[],
): ReadonlySet<string> {
  const own = Object.entries(origins).filter(([, origin]) => origin !== undefined && origin.kind !== 'base');
  return new Set([...own.map(([name]) => name), ...always]);
}

interface Descents {
  readonly phone: (phone: EnvironmentPhone) => Descent;
  readonly alias: (alias: EnvironmentAlias) => Descent;
}

const noDescent = { key: '', explained: nothingExplained };

function makeSide(
  { name, phones, aliases }: Environment,
  phoneKeyOf: (phone: EnvironmentPhone) => string,
  aliasKeyOf: (alias: EnvironmentAlias) => string,
  descents: Descents = { phone: () => noDescent, alias: () => noDescent },
): Side {
  const sidePhones = phones.map((phone): SideObject => {
    const { key, explained } = descents.phone(phone);
    const values = Object.entries(phone.values).flatMap(([field, value]): [string, SideValue][] =>
      value === null || value === undefined
        ? []
        : [[field, isVariable(value) ? { reference: JSON.stringify(value) } : value]],
    );
    return {
      key: phoneKeyOf(phone),
      id: phoneKey(phone),
      values: Object.fromEntries(values),
      explained,
      isAddition: key === undefined,
    };
  });
  const keyOfPhone = new Map(phones.map((phone, index) => [phone, sidePhones[index]?.key ?? '']));
  const sideAliases = aliases.map((alias): SideObject => {
    const { alias_name, phone_logins, protect } = alias;
    const { key, explained } = descents.alias(alias);
    const logins = phone_logins?.map(({ login, phone }): [string, string] => [
      (phone && keyOfPhone.get(phone)) ?? loginKey(login),
      login,
    ]);
    return {
      key: aliasKeyOf(alias),
      id: aliasKey(alias),
      values: {
        ...(alias_name === undefined ? {} : { alias_name }),
        ...(protect === undefined ? {} : { protect }),
      },
      logins: logins && new Map(logins),
      explained,
      isAddition: key === undefined,
    };
  });
  return { label: name, kind: 'environment', phones: sidePhones, aliases: sideAliases, leavesOut: false };
}
