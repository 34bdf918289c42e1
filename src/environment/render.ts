/**
 * Writes the effective environment as a file of version 1 without base, ranges and defaults. Reading that file gives the
 * same environment.
 */
import { identityKey } from '../model/identity';
import {
  aliasKey,
  phoneKey,
  phoneLogin,
  phonesByLogin,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentPhone,
  type Origin,
} from './environment';
import { valueFields } from './entry-schema';
import { aliasAddress, phoneAddress } from './movements';
import { describePlace } from './problems';
import { closest } from './strict-object';

export interface RenderOptions {
  /** Only this phone: `SERVER/EXTENSION`, `SERVER_IP/EXTENSION` or its phone login. */
  readonly phone?: string | undefined;
  /** Where each value comes from, as a comment. */
  readonly origins?: boolean | undefined;
}

/**
 * The text of the effective environment.
 *
 * @throws Error where there is no such phone
 */
export function renderEnvironment(environment: Environment, { phone, origins = false }: RenderOptions = {}): string {
  const lines =
    phone === undefined ? renderAll(environment, origins) : renderOne(findPhone(environment, phone), origins);
  return `${lines.join('\n')}\n`;
}

function renderAll(environment: Environment, origins: boolean): string[] {
  const { phones, aliases } = environment;
  return [
    ...renderHead(environment),
    phones.length === 0 ? 'phones: []' : 'phones:',
    ...phones.flatMap((phone) => renderOne(phone, origins)),
    ...(aliases.length === 0 ? [] : ['aliases:']),
    ...aliases.flatMap((alias) => renderAlias(alias, origins)),
  ];
}

/** The order in which a derived environment is made. */
const order = 'base, only and without, mapping, defaults, exceptions, additions';

function renderHead(environment: Environment): string[] {
  const { name, file, bases, notInherited, provider, servers } = environment;
  const { abstract, movedFrom, backend, moved, removed, imports, limits } = environment;
  return [
    `# Environment ${name} (${file})`,
    ...bases.map(({ name: base, file: baseFile, ref, commit }) => {
      const at = ref === undefined ? '' : `, ref ${ref}, commit ${commit}`;
      return `# Derived from ${base} (${baseFile}${at})`;
    }),
    ...(bases.length === 0 ? [] : [`# Later values win: ${order}`]),
    ...(notInherited.length === 0 ? [] : [`# Not inherited: ${notInherited.join(', ')}`]),
    'version: 1',
    ...(abstract ? ['abstract: true'] : []),
    ...(movedFrom === undefined ? [] : [`moved_from: ${movedFrom}`]),
    ...renderMap('provider', provider),
    ...renderMap('backend', backend),
    ...renderMap('servers', servers),
    ...renderMap('limits', limits),
    ...(moved === undefined ? [] : [`moved: ${flow(moved)}`]),
    ...(removed === undefined ? [] : [`removed: ${flow(removed)}`]),
    ...(imports === undefined ? [] : [`imports: ${flow(imports)}`]),
  ];
}

function renderMap(key: string, map: Readonly<Record<string, unknown>> = {}): string[] {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? [] : [`${key}:`, ...entries.map(([name, value]) => `  ${flow(name)}: ${flow(value)}`)];
}

function renderOne(phone: EnvironmentPhone, origins: boolean): string[] {
  const { server, extension, values } = phone;
  const known: Readonly<Record<string, unknown>> = { server, extension, ...values };
  const rows = valueOrder
    .filter((name) => known[name] !== undefined)
    .map((name) => row(name, known[name], phone.origins[name as OriginName], origins));
  const unmanaged = origins ? unmanagedRows(phone.origins, { ...known, server_ip: '' }) : [];
  return [`  # ${phoneAddress(phone)}`, ...asItem([...rows, ...unmanaged])];
}

/** Values are always in the order of the field table, whatever set them. */
const valueOrder: readonly string[] = ['server', 'extension', ...valueFields.map(([name]) => name), 'protect'];

type OriginName = keyof EnvironmentPhone['origins'];

function renderAlias(alias: EnvironmentAlias, origins: boolean): string[] {
  const { alias_id, alias_name, phone_logins, protect } = alias;
  const logins = phone_logins?.map(({ login, environment }) =>
    environment === undefined ? login : { environment, phone_login: login },
  );
  const values = { alias_id, alias_name: alias_name ?? null, phone_logins: logins ?? null, protect };
  const rows = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => row(name, value, alias.origins[name as keyof typeof alias.origins], origins));
  return [`  # ${aliasAddress(alias)}`, ...asItem(rows)];
}

function row(name: string, value: unknown, origin: Origin | undefined, origins: boolean): string {
  const written = `${name}: ${flow(value)}`;
  return origins && origin ? `${written} # ${describeOrigin(origin)}` : written;
}

function unmanagedRows(origins: EnvironmentPhone['origins'], known: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(origins)
    .filter(([name]) => !Object.hasOwn(known, name))
    .map(([name, origin]) => `${name}: ~ # ${describeOrigin(origin)}`);
}

function describeOrigin(origin: Origin): string {
  return `${origin.kind} ${describePlace(origin)}`;
}

function asItem(rows: readonly string[]): string[] {
  return rows.map((each, index) => `${index === 0 ? '  - ' : '    '}${each}`);
}

/** Words that YAML 1.1 or 1.2 reads as something else than a string. */
const reserved = /^(?:true|false|yes|no|on|off|y|n|null)$/iu;

/** A value in one line. JSON is YAML, but what needs no quotes is easier to read without. */
function flow(value: unknown): string {
  if (value === null || value === undefined) return '~';
  if (typeof value === 'string')
    return /^[A-Za-z_](?:[\w ./@+-]*[\w./@+-])?$/u.test(value) && !reserved.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const entries = Object.entries(value).filter(([, own]) => own !== undefined);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([name, own]) => `${flow(name)}: ${flow(own)}`).join(', ')} }`;
}

function findPhone({ phones, name }: Environment, key: string): EnvironmentPhone {
  const keysOf = (phone: EnvironmentPhone) => [
    phoneKey(phone),
    `${phone.server_ip}/${phone.extension}`,
    phoneLogin(phone) ?? '',
  ];
  const found = phones.find((phone) => keysOf(phone).includes(key));
  if (found) return found;
  const near = closest(key, phones.flatMap(keysOf));
  const hint =
    near === undefined ? 'a key is SERVER/EXTENSION, SERVER_IP/EXTENSION or a phone login' : `did you mean ${near}?`;
  throw new Error(`environment ${name} has no phone "${key}"; ${hint}`);
}

/** What an environment is compared by: all that reaches its stack, and the phones of other files that it lists. */
export function fingerprint(environment: Environment, others: (name: string) => Environment | undefined): string {
  const { phones, aliases } = environment;
  const plain = { ...environment, name: '', file: '', bases: [], notInherited: [] };
  const listed = aliases.flatMap(({ phone_logins = [] }) =>
    phone_logins.flatMap(({ login, environment: other }) => {
      if (other === undefined) return [];
      const phone = phonesByLogin(others(other)?.phones ?? []).get(identityKey(login));
      return [[other, login, phone ? `${phone.server_ip}/${phone.extension}` : '']];
    }),
  );
  const sorted = {
    ...plain,
    phones: [...phones].sort((a, b) => compare(phoneKey(a), phoneKey(b))),
    aliases: [...aliases].sort((a, b) => compare(aliasKey(a), aliasKey(b))),
  };
  return JSON.stringify([renderAll(sorted, false), listed]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
