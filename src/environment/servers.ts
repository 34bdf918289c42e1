/** The servers of an environment: its own, and those of its base that keep their names. */
import { identityKey } from '../model/identity';
import type { ServerEntry } from './environment-file';
import type { Environment, EnvironmentServer, InheritedDefaults } from './environment';
import { placeOf, type FileText } from './file-text';
import { layerAt, mergedLayer, mergeLayers, type Layer } from './layers';
import type { ProblemList } from './problems';
import { closest } from './strict-object';

export interface ServersOfFile {
  readonly servers: Readonly<Record<string, EnvironmentServer>>;
  readonly defaults: ReadonlyMap<string, Layer>;
}

/** The servers that a file declares, each with what it leaves out from the server of the same name in the base. */
export function readServers(
  entries: Readonly<Record<string, ServerEntry>>,
  text: FileText,
  base?: Pick<Environment, 'servers' | 'serverDefaults'>,
): ServersOfFile {
  const own = Object.entries(entries).map(([name, entry]) => {
    const { ip, was, suffix } =
      typeof entry === 'string' ? { ip: entry } : { was: undefined, suffix: undefined, ...entry };
    const inherited = base && Object.hasOwn(base.servers, name) ? base.servers[name] : undefined;
    // `was` is about one state, so it is not inherited.
    return [name, { ip: ip ?? inherited?.ip, was, suffix: suffix ?? inherited?.suffix }] as const;
  });
  const inherited = Object.entries(base?.servers ?? {}).map(
    ([name, { ip, suffix }]) => [name, { ip, suffix }] as const,
  );
  return {
    servers: Object.fromEntries<EnvironmentServer>([...inherited, ...own]),
    defaults: new Map(
      [...new Set([...inherited, ...own].map(([name]) => name))].flatMap((name) => {
        const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
        const ownLayer =
          typeof entry === 'object' && entry.defaults
            ? [layerAt(text, ['servers', name, 'defaults'], 'default', entry.defaults)]
            : [];
        const below = base && Object.hasOwn(base.serverDefaults, name) ? base.serverDefaults[name] : undefined;
        const layers = [...(below ? [mergedLayer(below)] : []), ...ownLayer];
        return layers.length === 0 ? [] : [[name, mergedLayer(mergeLayers(layers))] as const];
      }),
    ),
  };
}

/** The values of a layer in the form that a derived environment takes. */
export function inheritable(layer: Layer): InheritedDefaults {
  const { values, origins } = mergeLayers([layer]);
  // Secrets and protection are never inherited (docs/guides/environments.md).
  const inherited = Object.entries(values).filter(([name, value]) => name !== 'protect' && typeof value !== 'object');
  return {
    values: Object.fromEntries(inherited),
    origins: Object.fromEntries(inherited.map(([name]) => [name, origins[name] && { ...origins[name], kind: 'base' }])),
  };
}

/** Reports names that differ in case only, and addresses that two names have. */
export function checkServers(
  entries: Readonly<Record<string, ServerEntry>>,
  servers: Readonly<Record<string, EnvironmentServer>>,
  text: FileText,
  problems: ProblemList,
): void {
  const [names, addresses] = [new Map<string, string>(), new Map<string, string>()];
  for (const name of Object.keys(entries)) {
    const place = placeOf(text, ['servers', name]);
    const same = names.get(name.toLowerCase());
    if (same !== undefined) problems.error(place, `differs from ${same} in letter case only; rename one of them`);
    names.set(name.toLowerCase(), name);
    const { ip, was } = servers[name] ?? {};
    if (ip === undefined) continue;
    const other = addresses.get(identityKey(ip));
    if (other !== undefined) problems.error(place, `has the address of ${other}; a server has one name`);
    addresses.set(identityKey(ip), name);
    if (ip === was) problems.error(placeOf(text, ['servers', name, 'was']), 'is the same as ip; delete it');
  }
  const moved = Object.entries(servers).filter(([, { was }]) => was !== undefined);
  for (const [index, [name, { was }]] of moved.entries()) {
    const earlier = moved.slice(0, index).find(([, other]) => other.was === was);
    if (earlier) problems.error(placeOf(text, ['servers', name, 'was']), `is also what ${earlier[0]} was`);
  }
}

/** Reports names of a mapping that neither side has. */
export function checkServerMapping(
  mapping: Readonly<Record<string, string>>,
  base: Pick<Environment, 'servers' | 'name'>,
  servers: Readonly<Record<string, EnvironmentServer>>,
  text: FileText,
  problems: ProblemList,
): void {
  for (const [from, to] of Object.entries(mapping)) {
    const place = placeOf(text, ['mapping', 'servers', from]);
    if (!Object.hasOwn(base.servers, from)) problems.error(place, unknown(from, base.name, Object.keys(base.servers)));
    if (!Object.hasOwn(servers, to)) problems.error(place, unknown(to, 'this file', Object.keys(servers)));
  }
}

function unknown(name: string, owner: string, names: readonly string[]): string {
  const near = closest(name, names);
  const hint = near === undefined ? `servers: ${names.join(', ') || 'none'}` : `did you mean ${near}?`;
  return `${owner} has no server "${name}"; ${hint}`;
}
