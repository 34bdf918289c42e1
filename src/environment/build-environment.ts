/**
 * Makes an environment of a file, and of its base where it has one. What the base gives is in `derived-phones.ts`; the
 * entries of the file itself are additions to it.
 */
import { identityKey } from '../model/identity';
import { buildAliases, type AliasContext } from './aliases';
import { checkEnvironment } from './check-environment';
import type { CsvTable } from './csv-file';
import { deriveObjects, type DerivedObjects } from './derived-phones';
import type { Environment, EnvironmentBase, EnvironmentPhone } from './environment';
import type { EnvironmentChanges, EnvironmentFile } from './environment-file';
import { placeOf, type FileText } from './file-text';
import { layerAt, managedValues, mergedLayer, mergeLayers, type Layer } from './layers';
import { expandEntries, type EntryContext } from './phone-entries';
import type { ProblemList } from './problems';
import { warnOfSharedObjects } from './shared-objects';
import { expandSeats } from './seats';
import { checkServerMapping, checkServers, inheritable, readServers, type ServersOfFile } from './servers';
import { checkMovements } from './movements';
import { inheritProvider, isOtherSystem } from './system-of-environment';

/** What surrounds a file. */
export interface BuildContext extends Pick<AliasContext, 'otherEnvironment' | 'environmentsWithLogin'> {
  readonly name: string;
  readonly text: FileText;
  readonly problems: ProblemList;
  readonly base?: Environment | undefined;
  readonly bases: readonly EnvironmentBase[];
  readonly readCsv: (name: string, path: readonly PropertyKey[], hasServer: boolean) => CsvTable | undefined;
}

type Content = EnvironmentChanges & Partial<Pick<EnvironmentFile, 'abstract' | 'moved_from'>>;

/**
 * Builds the environment. Problems are added to the list of the context, and the caller throws them.
 *
 * @param file the file, or what a program changes of a base
 */
export function buildEnvironment(file: Content, context: BuildContext): Environment {
  const { name, text, problems, base, bases } = context;
  const { dropped, provider } = providerOf(file, base);
  const { servers, defaults: serverDefaults } = serversOf(file, context);
  const defaults = defaultsOf(file, context);
  const entryContext: EntryContext = {
    text,
    servers,
    defaults,
    serverDefaults,
    ownKind: base ? 'addition' : 'phone',
    problems,
    readCsv: context.readCsv,
  };
  reportKeysOfDerived(file, context);
  const own = layerAt(text, ['defaults'], 'default', file.defaults);
  const inherited: DerivedObjects = base
    ? deriveObjects({ base, changes: file, text, servers, defaults: own, serverDefaults, problems })
    : { phones: [], aliases: [], phoneOfBase: new Map(), dropped: [] };
  const seats = expandSeats(entryContext, file.seats ?? []);
  const merged = mergePhones(inherited.phones, [...ownPhones(entryContext, file), ...seats.phones]);
  const phones = [...merged.phones];
  const follow = new Map(
    [...inherited.phoneOfBase].map(([from, to]) => [from, merged.replacements.get(to) ?? to] as const),
  );
  const aliases = buildAliases(
    { ...context, provider, phones },
    inherited.aliases,
    follow,
    seats.aliases,
    file.aliases ?? [],
  );
  const usedServers = new Set(phones.map(({ server }) => server));
  const environment: Environment = {
    name,
    file: text.file,
    abstract: file.abstract ?? false,
    bases,
    provider,
    servers: Object.fromEntries(
      Object.entries(servers).filter(([each]) => usedServers.has(each) || Object.hasOwn(file.servers ?? {}, each)),
    ),
    phones,
    aliases,
    defaults: inheritable(defaults),
    serverDefaults: Object.fromEntries([...serverDefaults].map(([each, layer]) => [each, inheritable(layer)])),
    movedFrom: file.moved_from === undefined ? undefined : '0.1',
    backend: file.backend,
    moved: file.moved,
    removed: file.removed,
    imports: file.imports,
    ...forReports(file, base),
    notInherited: [...dropped.map((each) => `provider.${each}`), ...notInherited(file, base), ...inherited.dropped],
    warnings: [],
  };
  checkEnvironment(environment, text, problems);
  checkMovements(environment, text, problems);
  warnOfSharedObjects(environment, text, problems);
  return environment;
}

function providerOf(file: Content, base: Environment | undefined): ReturnType<typeof inheritProvider> {
  const own = setValues(file);
  return base ? inheritProvider(own, base.provider) : { provider: own, dropped: [] };
}

/** The settings that a file sets. */
function setValues({ provider = {} }: Content): Environment['provider'] {
  return Object.fromEntries(
    Object.entries(provider).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Servers that the mapping replaces by others are not inherited, and no address for another system. */
function serversOf(file: Content, { text, problems, base }: BuildContext): ServersOfFile {
  const entries = file.servers ?? {};
  const mapping = file.mapping?.servers ?? {};
  if (!base) {
    const own = readServers(entries, text);
    checkServers(entries, own.servers, text, problems);
    return own;
  }
  const isOther = isOtherSystem(setValues(file), base.provider);
  const inherited = Object.entries(base.servers)
    .filter(([name]) => !Object.hasOwn(mapping, name) || Object.values(mapping).includes(name))
    .map(([name, server]) => [name, isOther ? { ...server, ip: undefined } : server] as const);
  const merged = readServers(entries, text, {
    servers: Object.fromEntries(inherited),
    serverDefaults: Object.fromEntries(
      inherited.flatMap(([name]) => (base.serverDefaults[name] ? [[name, base.serverDefaults[name]]] : [])),
    ),
  });
  checkServers(entries, merged.servers, text, problems);
  checkServerMapping(mapping, base, merged.servers, text, problems);
  return merged;
}

/** The defaults of additions: those of the base, and the file's own over them. */
function defaultsOf(file: Content, { text, base }: BuildContext): Layer {
  const own = layerAt(text, ['defaults'], 'default', file.defaults);
  return base ? mergedLayer(mergeLayers([mergedLayer(base.defaults), own])) : own;
}

function ownPhones(context: EntryContext, { groups = {}, phones = [] }: Content): EnvironmentPhone[] {
  const ofGroups = Object.entries(groups).flatMap(([name, group]) => {
    const path = ['groups', name];
    return expandEntries(context, group.phones, [...path, 'phones'], {
      server: group.server,
      serverPath: [...path, 'server'],
      defaults: layerAt(context.text, [...path, 'defaults'], 'default', group.defaults),
    });
  });
  return [...ofGroups, ...expandEntries(context, phones, ['phones'])];
}

interface MergedPhones {
  readonly phones: readonly EnvironmentPhone[];
  /** What became of an inherited phone that an addition changes. */
  readonly replacements: ReadonlyMap<EnvironmentPhone, EnvironmentPhone>;
}

/** Phones merge by key: an addition with the key of an inherited phone changes what its own entry sets. */
function mergePhones(inherited: readonly EnvironmentPhone[], own: readonly EnvironmentPhone[]): MergedPhones {
  const replacements = new Map<EnvironmentPhone, EnvironmentPhone>();
  if (inherited.length === 0) return { phones: own, replacements };
  const keyOf = ({ server, extension }: EnvironmentPhone) => `${server}/${identityKey(extension)}`;
  const byKey = new Map(inherited.map((phone) => [keyOf(phone), phone]));
  const additions = own.filter((phone) => {
    const same = byKey.get(keyOf(phone));
    if (!same || replacements.has(same)) return true;
    replacements.set(same, mergePhone(same, phone));
    return false;
  });
  return { phones: [...inherited.map((phone) => replacements.get(phone) ?? phone), ...additions], replacements };
}

function mergePhone(inherited: EnvironmentPhone, own: EnvironmentPhone): EnvironmentPhone {
  const isOwn = (name: string) => {
    const origin = own.origins[name as keyof typeof own.origins];
    return origin !== undefined && origin.kind !== 'base' && origin.kind !== 'default';
  };
  const changes = {
    values: Object.fromEntries(
      Object.keys(own.origins)
        .filter((name) => isOwn(name) && !['server', 'server_ip', 'extension'].includes(name))
        .map((name) => [name, own.values[name as keyof typeof own.values] ?? null]),
    ),
    origins: own.origins,
  };
  const { values, origins } = mergeLayers([mergedLayer(inherited), mergedLayer(changes)]);
  return {
    ...inherited,
    values: managedValues(values),
    origins: { ...inherited.origins, ...origins },
  };
}

const keysOfDerived = ['mapping', 'only', 'without', 'exceptions'] as const;

function reportKeysOfDerived(file: Content, { base, text, problems }: BuildContext): void {
  if (base) return;
  for (const key of keysOfDerived)
    if (file[key] !== undefined)
      problems.error(
        placeOf(text, [key]),
        'is for derived environments only; write extends: NAME, or change the phones themselves',
      );
}

/** What says how the environment is reported and compared. */
function forReports(file: Content, base: Environment | undefined): Pick<Environment, 'limits' | 'ignore'> {
  return { limits: file.limits ?? base?.limits, ignore: file.ignore ?? base?.ignore };
}

/** What a base has for its own state. */
function notInherited(file: Content, base: Environment | undefined): string[] {
  if (!base) return [];
  const own = ['backend', 'moved', 'removed', 'imports'] as const;
  return own.filter((key) => base[key] !== undefined && file[key] === undefined);
}
