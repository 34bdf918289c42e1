/** An environment in the form in which systems are exported, so that it is written in the same way. */
import type { Environment, EnvironmentPhone } from '../environment/environment';
import type { ExportedPhone, ExportedServer, ExportedSystem, ListedLogin } from './exported-system';
import type { DeclaredValue, DeclaredValues } from './managed-values';
import { compareNaturally } from './natural-order';

/**
 * Converts an environment. Secrets are left out: the file that is written refers to variables of its own.
 *
 * @param sourceOf the exported phone that a phone of the environment was made of, which has the stored secrets
 */
export function systemOf(
  environment: Environment,
  sourceOf: (phone: EnvironmentPhone) => Pick<ExportedPhone, 'secrets' | 'unmanaged'> | undefined,
): ExportedSystem {
  const exported = new Map<EnvironmentPhone, ExportedPhone>();
  const servers = Object.entries(environment.servers).map(([name, { ip = '' }]): ExportedServer => {
    const phones: ExportedPhone[] = [];
    const server = { name, ip, phones };
    for (const phone of environment.phones.filter((each) => each.server === name)) {
      const { extension } = phone;
      const { secrets = {}, unmanaged = [] } = sourceOf(phone) ?? {};
      const own = {
        server,
        extension,
        id: `${ip}/${extension}`,
        values: plainValues(phone.values),
        unmanaged,
        secrets,
      };
      exported.set(phone, own);
      phones.push(own);
    }
    phones.sort((a, b) => compareNaturally(a.extension, b.extension));
    return server;
  });
  const aliases = environment.aliases.map(({ alias_id, alias_name, phone_logins = [] }) => ({
    id: alias_id,
    values: {
      ...(alias_name === undefined ? {} : { alias_name }),
      ...(phone_logins.length > 0 ? { phone_logins: phone_logins.map(({ login }) => login) } : {}),
    },
    logins: phone_logins.map(({ login, phone }): ListedLogin => {
      const known = phone && exported.get(phone);
      return known ? { login, phone: known } : { login };
    }),
    unmanaged: [],
  }));
  return {
    servers: servers.filter(({ phones }) => phones.length > 0).sort((a, b) => compareNaturally(a.name, b.name)),
    aliases: aliases.sort((a, b) => compareNaturally(a.id, b.id)),
    unmanaged: [],
  };
}

function plainValues(values: EnvironmentPhone['values']): DeclaredValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, DeclaredValue][] =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}
