/** A system as it is exported: named servers with their phones, phone aliases, and what is left unmanaged. */
import type { CharacterOptions } from '../model/characters';
import { stringValue, type ObjectType } from '../model/field-definition';
import { PhonestateError } from '../model/failures';
import { identityKey, objectId, parseObjectId } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { Secret } from '../model/secret';
import type { StoredObject, SystemRows } from '../model/system-rows';
import { managedValues, type DeclaredValues, type ManagedValues, type UnmanagedField } from './managed-values';
import { serverName, type GivenNames } from './names';
import { compareNaturally } from './natural-order';
import { isSelected, type Selection } from './selection';

export interface ExportedPhone {
  readonly server: ExportedServer;
  readonly extension: string;
  /** The import id. */
  readonly id: string;
  readonly values: DeclaredValues;
  readonly unmanaged: readonly UnmanagedField[];
  /** The secrets that are stored, by field. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

export interface ExportedServer {
  readonly name: string;
  /** As most phones of the server spell it, or else the first in order. */
  readonly ip: string;
  readonly phones: readonly ExportedPhone[];
}

/** A phone login of a phone alias, with the phone that has it where that is exported and declares it. */
export interface ListedLogin {
  readonly login: string;
  readonly phone?: ExportedPhone;
}

export interface ExportedAlias {
  readonly id: string;
  readonly values: DeclaredValues;
  /** Empty where the logins are not managed. */
  readonly logins: readonly ListedLogin[];
  readonly unmanaged: readonly UnmanagedField[];
}

/** An object, or a field of it, that the export does not manage. */
export interface Unmanaged {
  /** `phone 10.0.0.11/55000` */
  readonly object: string;
  /** Left out where the whole object is not exported. */
  readonly field?: string;
  readonly reason: string;
}

export interface ExportedSystem {
  /** In the order of their names. */
  readonly servers: readonly ExportedServer[];
  readonly aliases: readonly ExportedAlias[];
  readonly unmanaged: readonly Unmanaged[];
}

export interface ExportOptions extends CharacterOptions {
  readonly names?: GivenNames;
  readonly selection?: Selection;
  readonly allFields?: boolean;
}

const everything: Selection = { only: [], without: [] };

/** Decides what is exported of the rows of a system. The order of the rows does not matter. */
export function exportSystem(rows: SystemRows, options: ExportOptions = {}): ExportedSystem {
  const { names = new Map<string, string>(), selection = everything } = options;
  const nameOf = (ip: string) => names.get(ip) ?? names.get(ip.toLowerCase()) ?? serverName(ip);
  const phones = sorted(rows.phones, phoneType);
  const aliases = sorted(rows.aliases, phoneAliasType);
  const logins = countLogins(phones);
  const selected = phones.filter(({ values }) => isSelected(selection, values, nameOf));
  const [addressable, others] = partition(selected, phoneType);
  const servers = groupByServer(addressable, nameOf, (object) => managedPhone(object, logins, options));
  const [namedAliases, otherAliases] = partition(aliases, phoneAliasType);
  const isPartial = selection.only.length > 0 || selection.without.length > 0;
  const exported = exportAliases(namedAliases, servers, options).filter(
    // Of a part of a system, only the phone aliases that have to do with it.
    ({ logins: listed }) => !isPartial || listed.some(({ phone }) => phone !== undefined),
  );
  return { servers, aliases: exported, unmanaged: [...others, ...otherAliases, ...unmanagedFields(servers, exported)] };
}

function sorted(objects: readonly StoredObject[], type: ObjectType): StoredObject[] {
  return objects
    .map((object) => ({ object, id: objectId(type, object.values) }))
    .sort((a, b) => compareNaturally(a.id, b.id))
    .map(({ object }) => object);
}

/** The objects that the API can address, and those that it cannot, each with the reason. */
function partition(objects: readonly StoredObject[], type: ObjectType): [StoredObject[], Unmanaged[]] {
  const [addressable, others]: [StoredObject[], Unmanaged[]] = [[], []];
  for (const object of objects) {
    const id = objectId(type, object.values);
    const reason = addressError(type, id);
    if (reason === undefined) addressable.push(object);
    else others.push({ object: `${type.noun} ${id}`, reason });
  }
  return [addressable, others];
}

function addressError(type: ObjectType, id: string): string | undefined {
  try {
    parseObjectId(type, id);
    return undefined;
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    const [, reason = error.failure.what] = /cannot be imported: (.*)\.$/u.exec(error.failure.what) ?? [];
    return `the API cannot address it: ${reason}`;
  }
}

function countLogins(phones: readonly StoredObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { values } of phones) {
    const login = identityKey(stringValue(values, 'phone_login'));
    counts.set(login, (counts.get(login) ?? 0) + 1);
  }
  return counts;
}

/** A login that several phones have cannot be declared: the plan of a new phone with it would be refused. */
function managedPhone(
  object: StoredObject,
  logins: ReadonlyMap<string, number>,
  options: ExportOptions,
): ManagedValues {
  const { values, unmanaged } = managedValues(phoneType, object, options);
  const { phone_login: login, ...others } = values;
  const owners = typeof login === 'string' ? (logins.get(identityKey(login)) ?? 1) : 1;
  if (owners === 1) return { values, unmanaged };
  return {
    values: others,
    unmanaged: [
      ...unmanaged,
      { field: 'phone_login', reason: `${owners} phones have the phone_login ${String(login)}` },
    ],
  };
}

/** The key of a server ignores case, and a phone keeps the spelling that was sent (vicidial-api.md, section 3). */
function groupByServer(
  objects: readonly StoredObject[],
  nameOf: (ip: string) => string,
  managed: (object: StoredObject) => ManagedValues,
): ExportedServer[] {
  const byServer = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const key = identityKey(stringValue(object.values, 'server_ip'));
    const phones = byServer.get(key);
    if (phones) phones.push(object);
    else byServer.set(key, [object]);
  }
  const servers = [...byServer.values()].map((phones) => {
    const ip = commonSpelling(phones);
    const list: ExportedPhone[] = [];
    const server = { name: nameOf(ip), ip, phones: list };
    list.push(...phones.map((object) => exportedPhone(server, object, managed(object))));
    return server;
  });
  return servers.sort((a, b) => compareNaturally(a.name, b.name));
}

function commonSpelling(phones: readonly StoredObject[]): string {
  const counts = new Map<string, number>();
  for (const { values } of phones) {
    const ip = stringValue(values, 'server_ip');
    counts.set(ip, (counts.get(ip) ?? 0) + 1);
  }
  const [[common] = ['']] = [...counts].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return common;
}

function exportedPhone(server: ExportedServer, { values }: StoredObject, managed: ManagedValues): ExportedPhone {
  const extension = stringValue(values, 'extension');
  const secrets = Object.entries(values).filter(
    (entry): entry is [string, Secret] => entry[1] instanceof Secret && entry[1].open() !== '',
  );
  return { server, extension, id: `${server.ip}/${extension}`, ...managed, secrets: Object.fromEntries(secrets) };
}

function exportAliases(
  objects: readonly StoredObject[],
  servers: readonly ExportedServer[],
  options: ExportOptions,
): ExportedAlias[] {
  const phones = servers.flatMap((server) => server.phones);
  // Only a login in the same spelling can be a reference: another one would be a change.
  const byLogin = new Map(phones.map((phone) => [phone.values.phone_login, phone]));
  return objects.map((object) => {
    const { values, unmanaged } = managedValues(phoneAliasType, object, options);
    const { phone_logins: listed = [] } = values;
    const logins = (Array.isArray(listed) ? (listed as readonly string[]) : []).map((login) => {
      const phone = byLogin.get(login);
      return phone ? { login, phone } : { login };
    });
    return { id: stringValue(object.values, 'alias_id'), values, logins, unmanaged };
  });
}

function unmanagedFields(servers: readonly ExportedServer[], aliases: readonly ExportedAlias[]): Unmanaged[] {
  const objects = [
    ...servers.flatMap(({ phones }) =>
      phones.map(({ id, unmanaged }) => ({ object: `${phoneType.noun} ${id}`, unmanaged })),
    ),
    ...aliases.map(({ id, unmanaged }) => ({ object: `${phoneAliasType.noun} ${id}`, unmanaged })),
  ];
  return objects.flatMap(({ object, unmanaged }) => unmanaged.map((each) => ({ object, ...each })));
}
