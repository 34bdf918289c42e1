/** What to add to an environment file, so that it imports what is not managed and changes nothing of it. */
import { phoneLogin, type Environment, type InheritedDefaults } from '../environment/environment';
import { isVariable, type Variable } from '../environment/value-schema';
import {
  exportSystem,
  type ExportedAlias,
  type ExportedPhone,
  type ExportedServer,
  type ExportedSystem,
} from '../export/exported-system';
import type { Templates } from '../export/phone-templates';
import { secretFields } from '../export/secrets';
import { writeAdditions, type SecretValues } from '../export/write-yaml';
import { identityKey, objectId } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { SystemRows } from '../model/system-rows';

export interface ImportedRows {
  /** The whole system: whether a login is used once, only all phones tell. */
  readonly rows: SystemRows;
  readonly unmanaged: SystemRows;
}

/**
 * Writes the entries. The defaults of the file hold for them too, so each entry sets what it has otherwise.
 *
 * @returns undefined where there is nothing to import
 */
export function importEntries(
  { rows, unmanaged }: ImportedRows,
  environment: Environment,
  { nonLatin }: { readonly nonLatin: boolean },
): string | undefined {
  if (unmanaged.phones.length + unmanaged.aliases.length === 0) return undefined;
  const { name, servers, defaults, serverDefaults, imports } = environment;
  const names = new Map(
    Object.entries(servers).flatMap(([own, { ip }]) => (ip === undefined ? [] : [[ip.toLowerCase(), own] as const])),
  );
  const secrets = secretValues(environment);
  const system = onlyUnmanaged(exportSystem(rows, { names, nonLatin }), unmanaged, environment);
  const aliases = system.aliases.map((alias) => withOnePassword(alias, environment, secrets));
  return writeAdditions(
    { ...system, aliases },
    {
      environment: name,
      servers: Object.keys(servers),
      defaults: templates(defaults),
      serverDefaults: new Map(Object.entries(serverDefaults).map(([server, own]) => [server, templates(own)])),
      secrets,
      importsAll: imports === 'all',
    },
  );
}

function templates({ values }: InheritedDefaults): Templates {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[field, value]] : [],
    ),
  );
}

/** A part of a system. A phone alias refers to the phones that the file has then; other logins stand as they are. */
function onlyUnmanaged(
  { servers, aliases, unmanaged: left }: ExportedSystem,
  unmanaged: SystemRows,
  environment: Environment,
): ExportedSystem {
  const phoneIds = new Set(unmanaged.phones.map(({ values }) => identityKey(objectId(phoneType, values))));
  const aliasIds = new Set(unmanaged.aliases.map(({ values }) => identityKey(objectId(phoneAliasType, values))));
  const isWanted = (id: string) => phoneIds.has(identityKey(id));
  const declared = new Set(environment.phones.flatMap((phone) => phoneLogin(phone) ?? []));
  const nouns = new Set([
    ...unmanaged.phones.map(({ values }) => `${phoneType.noun} ${objectId(phoneType, values)}`),
    ...unmanaged.aliases.map(({ values }) => `${phoneAliasType.noun} ${objectId(phoneAliasType, values)}`),
  ]);
  return {
    servers: servers.map((server) => partOf(server, isWanted)).filter(({ phones }) => phones.length > 0),
    aliases: aliases
      .filter(({ id }) => aliasIds.has(identityKey(id)))
      .map((alias) => ({
        ...alias,
        logins: alias.logins.map(({ login, phone }) =>
          phone && (isWanted(phone.id) || declared.has(login)) ? { login, phone } : { login },
        ),
      })),
    unmanaged: left.filter(({ object }) => nouns.has(object)),
  };
}

function partOf({ name, ip, phones: all }: ExportedServer, isWanted: (id: string) => boolean): ExportedServer {
  const phones: ExportedPhone[] = [];
  const server = { name, ip, phones };
  phones.push(...all.filter(({ id }) => isWanted(id)).map((phone) => ({ ...phone, server })));
  return server;
}

/**
 * A password is stored already, and must stay as it is. An entry of a map variable changes nothing as long as the map lacks
 * it; one value for all phones would be written.
 */
function secretValues({ phones }: Environment): SecretValues {
  const declared = new Map<string, Map<string, Variable>>(secretFields.map((field) => [field, new Map()]));
  for (const [name, value] of phones.flatMap(({ values }) => Object.entries(values))) {
    if (!isVariable(value)) continue;
    const variables = declared.get(name) ?? new Map<string, Variable>();
    declared.set(name, variables.set(JSON.stringify(value), value));
  }
  return Object.fromEntries(
    [...declared].map(([name, variables]) => {
      const [first, ...others] = variables.values();
      return [name, first?.by !== undefined && others.length === 0 ? first : null];
    }),
  );
}

/** A file may not list phones together whose passwords are from different variables: then the list is left alone. */
function withOnePassword(
  alias: ExportedAlias,
  { phones }: Environment,
  { phone_pass: own = null }: SecretValues,
): ExportedAlias {
  const byLogin = new Map(
    phones.map((phone) => [phoneLogin(phone), phone.values.phone_pass ?? phone.values.phone_pass_wo ?? null]),
  );
  const passwords = alias.logins
    .filter(({ phone }) => phone)
    .map(({ login }) => JSON.stringify(byLogin.has(login) ? byLogin.get(login) : own));
  if (new Set(passwords).size < 2) return alias;
  const reason = 'its phones have phone_pass from different variables';
  return { ...alias, logins: [], unmanaged: [...alias.unmanaged, { field: 'phone_logins', reason }] };
}
