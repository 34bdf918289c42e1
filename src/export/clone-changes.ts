/** What a clone changes, as it is written on the command line. */
import type { EnvironmentChanges } from '../environment/environment-file';
import type { Environment, EnvironmentPhone } from '../environment/environment';
import { isVariable } from '../environment/value-schema';
import { phoneType } from '../model/phone-fields';
import { writeOnlyArguments } from '../model/write-only-fields';
import { secretFields } from './secrets';

export interface CloneFlags {
  /** Address of the API of the target; undefined for the same system. */
  readonly url?: string | undefined;
  /** `NAME=OWN:ADDRESS` */
  readonly servers: readonly string[];
  /** `FIELD=CHANGE` */
  readonly maps: readonly string[];
}

type Change = NonNullable<NonNullable<EnvironmentChanges['mapping']>['extension']>;

/**
 * Reads a change: `+40000`, `/^55/95/`, or a template such as `{phone_login}s`.
 *
 * @throws Error where it is none
 */
function parseChange(text: string): Change {
  const [, sign, amount] = /^([+-])(\d+)$/u.exec(text) ?? [];
  if (amount !== undefined) return { add: sign === '-' ? -Number(amount) : Number(amount) };
  const [, pattern, replacement] = /^\/(.+)\/(.*)\/$/u.exec(text) ?? [];
  if (pattern !== undefined && replacement !== undefined) return { replace: pattern, with: replacement };
  if (text.includes('{')) return text;
  throw new Error(
    `${JSON.stringify(text)} is no change. Write +40000, /^55/95/ (a pattern and what replaces it), or a template such as {phone_login}s.`,
  );
}

/**
 * The changes of a clone.
 *
 * @throws Error where a flag cannot be read
 */
export function cloneChanges(base: Environment, { url, servers, maps }: CloneFlags): EnvironmentChanges {
  const mapped = servers.map(parseServer);
  const fields = maps.map((text): [string, Change] => {
    const [, field, change] = /^([a-z_]+)=(.+)$/u.exec(text) ?? [];
    if (field === undefined || change === undefined)
      throw new Error(`${JSON.stringify(text)} is no mapping. Write FIELD=CHANGE.`);
    return [field, parseChange(change)];
  });
  const double = fields.find(([field], index) => fields.findIndex(([other]) => other === field) !== index);
  if (double) throw new Error(`--map ${double[0]} is given twice. A mapping has one change for each field.`);
  const unknown = mapped.find(({ name }) => !Object.hasOwn(base.servers, name));
  if (unknown)
    throw new Error(`--server: there is no server ${unknown.name}. Servers: ${Object.keys(base.servers).join(', ')}.`);
  const names = Object.fromEntries(mapped.map(({ name, own }) => [name, own]));
  const mapping = { ...(mapped.length > 0 ? { servers: names } : {}), ...Object.fromEntries(fields) };
  return {
    ...(url === undefined ? {} : { provider: { url } }),
    ...ownServers(base, mapped, url),
    defaults: secretDefaults(base),
    ...(Object.keys(mapping).length > 0 ? { mapping } : {}),
  };
}

interface MappedServer {
  readonly name: string;
  readonly own: string;
  readonly ip: string;
}

function parseServer(text: string): MappedServer {
  const [, name, own, ip] = /^([^=]+)=([^:]+):(.+)$/u.exec(text) ?? [];
  if (name === undefined || own === undefined || ip === undefined) {
    throw new Error(`${JSON.stringify(text)} is no server. Write NAME=OWN:ADDRESS, for example east=lab:10.9.0.11.`);
  }
  return { name, own, ip };
}

/** On another system no address is inherited: each server is written, to be changed where the target has another one. */
function ownServers({ servers }: Environment, mapped: readonly MappedServer[], url: string | undefined) {
  const suffixes = new Map(mapped.map(({ name, own }) => [own, servers[name]?.suffix]));
  const own = mapped.map(({ own: name, ip }) => [name, serverEntry(ip, suffixes.get(name))] as const);
  const unmapped = Object.entries(servers).filter(([name]) => !mapped.some((each) => each.name === name));
  const others =
    url === undefined ? [] : unmapped.map(([name, { ip, suffix }]) => [name, serverEntry(ip ?? '', suffix)] as const);
  const all = Object.fromEntries([...others, ...own]);
  return Object.keys(all).length > 0 ? { servers: all } : {};
}

function serverEntry(ip: string, suffix: string | undefined): string | { ip: string; suffix: string } {
  return suffix === undefined ? ip : { ip, suffix };
}

/** Secrets are not inherited: the clone has variables of its own, of the same names. */
function secretDefaults({ phones }: Environment): NonNullable<EnvironmentChanges['defaults']> {
  return Object.fromEntries(
    [...secretFields, ...writeOnlyArguments(phoneType).map(({ value }) => value)].flatMap((name) => {
      const field = name as keyof EnvironmentPhone['values'];
      const { values = {} } = phones.find((phone) => isVariable(phone.values[field])) ?? {};
      const version = `${field}_version` as keyof typeof values;
      const found = [field, version].map((each) => [each, values[each]] as const);
      return found.filter(([, value]) => value !== undefined);
    }),
  );
}
