/**
 * Finds VICIdial's own pattern of seats: one extension on several servers, the login of each is the extension with the
 * suffix of its server, and a phone alias lists them.
 */
import type { ExportedAlias, ExportedPhone, ExportedServer, ExportedSystem } from './exported-system';
import type { Suffixes } from './phone-templates';

export interface ExportedSeat {
  readonly extension: string;
  /** In the order in which the phone alias lists them. */
  readonly phones: readonly ExportedPhone[];
  readonly alias: ExportedAlias | undefined;
}

/** The suffix of each server: that of most of its phones, where it is no other server's. */
export function findSuffixes({ servers }: ExportedSystem): Suffixes {
  const owners = new Map<string, ExportedServer>();
  for (const server of servers) {
    const suffix = commonSuffix(server);
    if (suffix !== undefined && !owners.has(suffix)) owners.set(suffix, server);
  }
  return new Map([...owners].map(([suffix, server]) => [server, suffix]));
}

function commonSuffix({ phones }: ExportedServer): string | undefined {
  const counts = new Map<string, number>();
  for (const { extension, values } of phones) {
    const login = values.phone_login;
    if (typeof login !== 'string' || login === extension || !login.startsWith(extension)) continue;
    const suffix = login.slice(extension.length);
    // A digit would be read as part of the extension.
    if (/^[^0-9]/u.test(suffix)) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return first?.[0];
}

/** The seats of a system: extensions that two or more servers have with their suffix. */
export function findSeats(system: ExportedSystem, suffixes: Suffixes): ExportedSeat[] {
  const byExtension = new Map<string, ExportedPhone[]>();
  for (const server of system.servers) {
    const suffix = suffixes.get(server);
    if (suffix === undefined) continue;
    for (const phone of server.phones) {
      if (phone.values.phone_login !== `${phone.extension}${suffix}`) continue;
      const phones = byExtension.get(phone.extension);
      if (phones) phones.push(phone);
      else byExtension.set(phone.extension, [phone]);
    }
  }
  const aliases = aliasesByLogins(system.aliases);
  return [...byExtension]
    .filter(([, phones]) => phones.length > 1)
    .map(([extension, phones]) => {
      const alias = seatAlias(aliases.get(loginsKey(phones)) ?? [], extension);
      const ordered = alias ? alias.logins.flatMap(({ phone }) => phone ?? []) : phones;
      return { extension, phones: ordered, alias };
    });
}

function loginsKey(phones: readonly ExportedPhone[]): string {
  return phones
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

/** The phone aliases whose logins are all those of exported phones, each once. */
function aliasesByLogins(aliases: readonly ExportedAlias[]): ReadonlyMap<string, readonly ExportedAlias[]> {
  const found = new Map<string, ExportedAlias[]>();
  for (const alias of aliases) {
    const phones = alias.logins.flatMap(({ phone }) => phone ?? []);
    const isWhole = phones.length === alias.logins.length && new Set(phones).size === phones.length;
    if (!isWhole || alias.unmanaged.length > 0) continue;
    const key = loginsKey(phones);
    found.set(key, [...(found.get(key) ?? []), alias]);
  }
  return found;
}

/** Several phone aliases may list the same logins: the one that is called like the seat belongs to it. */
function seatAlias(aliases: readonly ExportedAlias[], extension: string): ExportedAlias | undefined {
  return aliases.find(({ id }) => id === extension) ?? aliases.find(({ id }) => id.includes(extension));
}
