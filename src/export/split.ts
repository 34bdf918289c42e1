/** Parts of a system that become environment files of their own, one for each server. */
import type { ExportedAlias, ExportedServer, ExportedSystem } from './exported-system';

export interface EnvironmentPart {
  /** The name of the environment. */
  readonly name: string;
  readonly system: ExportedSystem;
  /** The environment of each server, where the system was split. */
  readonly environments?: ReadonlyMap<ExportedServer, string>;
}

/** Splits a system by server. A phone alias is in the file of its first phone, or else in the first file. */
export function splitByServer({ servers, aliases, unmanaged }: ExportedSystem, name: string): EnvironmentPart[] {
  const environments = new Map(servers.map((server) => [server, `${name}-${server.name}`]));
  const ownerOf = ({ logins }: ExportedAlias) => logins.find(({ phone }) => phone)?.phone?.server ?? servers[0];
  return servers.map((server) => ({
    name: `${name}-${server.name}`,
    system: {
      servers: [server],
      aliases: aliases.filter((alias) => ownerOf(alias) === server),
      unmanaged: unmanaged.filter(({ object }) => object.startsWith(`phone ${server.ip}/`)),
    },
    environments,
  }));
}
