/** The phones that the entries of a file declare: single phones, ranges, CSV files, groups. */
import { expandRange } from '../model/extension-range';
import { identityKey } from '../model/identity';
import type { CsvTable } from './csv-file';
import type { EnvironmentPhone, EnvironmentServer, Origin, OriginKind } from './environment';
import type { Extensions, PhoneEntry, PhoneValues } from './entry-schema';
import { originOf, placeOf, type FileText } from './file-text';
import { fillValues, layerAt, managedValues, mergeLayers, type Layer } from './layers';
import type { ProblemList } from './problems';
import { closest } from './strict-object';

/** What all entries of a file share. */
export interface EntryContext {
  readonly text: FileText;
  readonly servers: Readonly<Record<string, EnvironmentServer>>;
  /** Defaults of the whole file. */
  readonly defaults: Layer;
  /** Defaults of each server that has some. */
  readonly serverDefaults: ReadonlyMap<string, Layer>;
  /** What a value of a phone's own entry is called in origins. */
  readonly ownKind: OriginKind;
  readonly problems: ProblemList;
  /** Reads a CSV file that an entry names; undefined where it cannot be read, which is a problem of its own. */
  readCsv(name: string, path: readonly PropertyKey[], hasServer: boolean): CsvTable | undefined;
}

/** A phone before its values are merged. */
export interface PhoneDraft {
  readonly server: string;
  readonly extension: string;
  /** The position in a range or file, from 1 on. */
  readonly index?: number | undefined;
  readonly layers: readonly Layer[];
  readonly declared: Origin;
  readonly serverOrigin: Origin;
  readonly extensionOrigin: Origin;
}

/** Defaults of a group, and its server. */
export interface GroupContext {
  readonly server?: string | undefined;
  readonly serverPath?: readonly PropertyKey[];
  readonly defaults?: Layer | undefined;
}

/**
 * Expands the entries of a list.
 *
 * @param path of the list in the file
 */
export function expandEntries(
  context: EntryContext,
  entries: readonly PhoneEntry[],
  path: readonly PropertyKey[],
  group: GroupContext = {},
): EnvironmentPhone[] {
  return entries.flatMap((entry, index) => expandEntry(context, entry, [...path, index], group));
}

function expandEntry(
  context: EntryContext,
  entry: PhoneEntry,
  path: readonly PropertyKey[],
  group: GroupContext,
): EnvironmentPhone[] {
  const { server, extension, extensions, csv, exceptions = {}, ...values } = entry;
  const { text } = context;
  const kind = extensions !== undefined ? 'range' : csv !== undefined ? 'csv' : context.ownKind;
  const serverOrigin = originOf(text, server === undefined ? (group.serverPath ?? path) : [...path, 'server'], kind);
  const shared = { layers: [layerAt(text, path, kind, values)], declared: originOf(text, path, kind), serverOrigin };
  const name = server ?? group.server;
  const drafts: readonly PhoneDraft[] =
    csv === undefined
      ? (extension === undefined ? extensionsOf(context, extensions ?? [], path) : [extension]).map(
          (each, position) => ({
            ...shared,
            server: name ?? '',
            extension: each,
            index: extension === undefined ? position + 1 : undefined,
            extensionOrigin: originOf(text, [...path, extension === undefined ? 'extensions' : 'extension'], kind),
          }),
        )
      : rowDrafts(context, csv, path, { ...shared, server: name });
  const excepted = new Exceptions<PhoneValues>(context, exceptions, [...path, 'exceptions']);
  const phones = drafts.flatMap((draft) => {
    const changes = excepted.of(draft);
    if (changes === 'without') return [];
    const layers = [...(group.defaults ? [group.defaults] : []), ...draft.layers, ...changes.layers];
    return [buildPhone(context, { ...draft, layers })];
  });
  excepted.reportUnused(drafts);
  return phones;
}

/** The extensions of an entry. What is no range is a problem. */
export function extensionsOf(
  { text, problems }: Pick<EntryContext, 'text' | 'problems'>,
  value: Extensions,
  path: readonly PropertyKey[],
): string[] {
  const isList = Array.isArray(value);
  return [value].flat().flatMap((each, index) => {
    const range = expandRange(String(each));
    if (range.problem === undefined) return range.extensions;
    problems.error(placeOf(text, [...path, 'extensions', ...(isList ? [index] : [])]), range.problem);
    return [];
  });
}

function rowDrafts(
  context: EntryContext,
  csv: string,
  path: readonly PropertyKey[],
  shared: Pick<PhoneDraft, 'layers' | 'declared' | 'serverOrigin'> & { readonly server: string | undefined },
): PhoneDraft[] {
  const table = context.readCsv(csv, [...path, 'csv'], shared.server !== undefined);
  return (table?.rows ?? []).map(({ server, extension, layer, origin }, position) => ({
    server: server ?? shared.server ?? '',
    extension,
    index: position + 1,
    layers: [...shared.layers, layer],
    declared: origin,
    serverOrigin: server === undefined ? shared.serverOrigin : layer.originOf('server'),
    extensionOrigin: layer.originOf('extension'),
  }));
}

/** Builds a phone: the defaults of file and server, then the layers of the draft. */
export function buildPhone(context: EntryContext, draft: PhoneDraft): EnvironmentPhone {
  const { server, extension, index, declared, serverOrigin, extensionOrigin } = draft;
  const known = serverOf(context, server, serverOrigin);
  const ownDefaults = context.serverDefaults.get(server);
  const merged = mergeLayers([context.defaults, ...(ownDefaults ? [ownDefaults] : []), ...draft.layers]);
  const placeholders = {
    extension,
    server,
    // Where the server is unknown, that is the only error.
    server_ip: known ? known.ip : '',
    suffix: known ? known.suffix : '',
    index: index === undefined ? undefined : String(index),
  };
  const { values, origins } = fillValues(merged, placeholders, context.problems);
  return {
    server,
    server_ip: known?.ip ?? '',
    extension,
    values: managedValues(values),
    origins: { ...origins, server: serverOrigin, server_ip: serverOrigin, extension: extensionOrigin },
    declared,
  };
}

/** A server of the file; one that does not exist is a problem. */
function serverOf(
  { servers, problems }: Pick<EntryContext, 'servers' | 'problems'>,
  name: string,
  place: Origin,
): EnvironmentServer | undefined {
  // Only the file's own names count, not those of Object.prototype such as toString.
  if (Object.hasOwn(servers, name)) return servers[name];
  const names = Object.keys(servers);
  const near = closest(name, names);
  const hint = near === undefined ? `servers of this file: ${names.join(', ') || 'none'}` : `did you mean ${near}?`;
  problems.error(place, name === '' ? `server is missing; ${hint}` : `unknown server "${name}"; ${hint}`);
  return undefined;
}

/** What an exception does with an object. */
type Exception<V> =
  | { readonly isLeftOut: true }
  | { readonly isLeftOut: false; readonly values: V; readonly path: readonly PropertyKey[] };

/** The exceptions of one entry: by extension, or by server and extension. */
export class Exceptions<V extends Record<string, unknown>> {
  readonly #used = new Set<string>();
  readonly #keys: ReadonlyMap<string, string>;

  constructor(
    private readonly context: Pick<EntryContext, 'text' | 'problems'>,
    private readonly exceptions: Readonly<Record<string, 'without' | V>>,
    private readonly path: readonly PropertyKey[],
  ) {
    this.#keys = new Map(Object.keys(exceptions).map((key) => [identityKey(key), key]));
  }

  /** What is changed of a phone, or whether it is left out. The key with a server wins over that without. */
  of({
    server,
    extension,
  }: Pick<PhoneDraft, 'server' | 'extension'>): 'without' | { readonly layers: readonly Layer[] } {
    const layers: Layer[] = [];
    for (const key of [extension, `${server}/${extension}`]) {
      const found = this.find(key);
      if (!found) continue;
      if (found.isLeftOut) return 'without';
      // What is no field of a phone, the alias of a seat, is its caller's.
      const values = Object.entries(found.values).filter(([name]) => name !== 'alias');
      layers.push(layerAt(this.context.text, found.path, 'exception', Object.fromEntries(values) as Layer['values']));
    }
    return { layers };
  }

  /** One exception by its key, which then counts as used. */
  find(key: string): Exception<V> | undefined {
    if (this.#keys.size === 0) return undefined;
    const written = this.#keys.get(identityKey(key));
    const change = written === undefined ? undefined : this.exceptions[written];
    if (written === undefined || change === undefined) return undefined;
    this.#used.add(written);
    return change === 'without'
      ? { isLeftOut: true }
      : { isLeftOut: false, values: change, path: [...this.path, written] };
  }

  /** The keys that matched nothing. */
  unused(): string[] {
    return [...this.#keys.values()].filter((key) => !this.#used.has(key));
  }

  /** An exception that matches nothing is a problem. */
  reportUnused(drafts: readonly Pick<PhoneDraft, 'extension'>[]): void {
    const { text, problems } = this.context;
    for (const key of this.unused()) {
      const near = closest(
        key,
        drafts.map(({ extension }) => extension),
      );
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      problems.error(placeOf(text, [...this.path, key]), `matches no extension of this entry${hint}`);
    }
  }
}
