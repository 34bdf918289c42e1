/** The drift of a system against its environment file: what changed there, what is missing, and what no one declares. */
import { environmentSide } from '../compare/environment-side';
import { ignoredFields, splitIgnored } from '../compare/ignored';
import { systemSide } from '../compare/system-side';
import { aliasKey, phoneKey, type Environment, type Origin } from '../environment/environment';
import { importTargets } from '../environment/movements';
import type { AdminLog } from '../model/admin-event';
import { identityKey, objectId } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { SystemRows } from '../model/system-rows';
import type { StateObject } from '../report/addressed-objects';
import { Authors, type DifferenceKind } from './authors';
import { classify, type Classified, type ClassifiedUnapplied } from './classify';
import type { DriftObject, DriftReport, FoundObject, UnappliedObject } from './drift-schema';
import { notesOf } from './notes';
import { stateRows, type StateRows } from './state-rows';

export interface DriftInput {
  readonly environment: Environment;
  /** The other environments of the same system. */
  readonly others: readonly Environment[];
  /** What the system is called: `system_name`, or host and path of the API. */
  readonly system: string;
  /** The API user that reads. */
  readonly user: string;
  readonly reader: DriftReport['reader'];
  readonly rows: SystemRows;
  readonly state: { readonly source: 'pulled' | 'file'; readonly objects: readonly StateObject[] } | undefined;
}

/** An object as other parts address it. */
export interface FoundKey {
  readonly type: DriftObject['type'];
  /** The key as a report shows it. */
  readonly key: string;
}

/** What an observer of the system knows of an object that the rows do not have. */
export type Lookup = 'not-found' | 'hidden' | 'found' | 'unknown';

/** A drift that is compared, and of which authors and hidden objects are not known yet. */
export class Drift {
  readonly #input: DriftInput;
  /** By the folded key. */
  readonly #objects = new Map<string, DriftObject>();
  readonly #foundKeys = new Set<string>();
  readonly #imported: ReadonlySet<string>;
  readonly #rows: SystemRows;
  readonly #ignored: number;
  readonly #state: StateRows | undefined;
  readonly #classified: Classified;
  readonly #elsewhere: ReadonlyMap<string, string>;
  #lookups: ReadonlyMap<string, Lookup | undefined> = new Map();
  #log: AdminLog | undefined;

  constructor(input: DriftInput) {
    const { environment, others, state, reader } = input;
    const { rows, ignored } = splitIgnored(input.rows, environment);
    [this.#input, this.#rows] = [input, rows];
    this.#ignored = ignored.phones.length + ignored.aliases.length;
    this.#addFound(rows);
    const found = new Set(this.#objects.keys());
    this.#state = state && stateRows(state.objects, environment, found);
    this.#addDeclared(environment);
    this.#imported = importedKeys(environment);
    this.#elsewhere = new Map(others.flatMap((other) => declaredKeys(other).map((key) => [key, other.name])));
    this.#classified = classify(
      {
        declared: environmentSide(environment),
        found: systemSide('system', reader === 'api' ? withoutValues(rows) : rows),
        applied: this.#state && systemSide('state', this.#state),
      },
      ignoredFields(environment),
    );
  }

  /** What is missing, to be looked for in another way. */
  get missing(): FoundKey[] {
    return this.#classified.missing.map(({ key }) => this.#object(key));
  }

  /** The extensions and ids of phone aliases whose authors are of interest. */
  get loggedIds(): string[] {
    const { changed, missing } = this.#classified;
    return [...changed, ...missing, ...this.#unmanaged()].map(({ key }) => idOf(this.#object(key)));
  }

  /** What is known of the missing objects, in their order. */
  setLookups(lookups: readonly Lookup[]): void {
    this.#lookups = new Map(this.#classified.missing.map(({ key }, index) => [key, lookups[index]]));
  }

  setLog(log: AdminLog | undefined): void {
    this.#log = log;
  }

  /** The rows of what no one declares. */
  get unmanagedRows(): SystemRows {
    const unmanaged = new Set(this.#unmanaged().map(({ key }) => key));
    return {
      phones: this.#rows.phones.filter(({ values }) => unmanaged.has(identityKey(objectId(phoneType, values)))),
      aliases: this.#rows.aliases.filter(({ values }) =>
        unmanaged.has(identityKey(`alias:${objectId(phoneAliasType, values)}`)),
      ),
    };
  }

  report(importEntries?: string): DriftReport {
    const { environment, system, reader, state } = this.#input;
    const authors = this.#authors();
    const withAuthor = (key: string, kind: DifferenceKind): FoundObject => {
      const object = this.#object(key);
      const lastChange = authors?.find(loggedObject(object), kind);
      return lastChange ? { ...object, lastChange } : object;
    };
    const changed = this.#classified.changed.map(({ key, fields }) => ({
      ...withAuthor(key, 'changed'),
      fields: [...fields],
    }));
    const missing = this.#classified.missing
      .filter(({ key }) => !['hidden', 'found'].includes(this.#lookups.get(key) ?? 'not-found'))
      .map(({ key }) => withAuthor(key, 'missing'));
    const unmanaged = this.#unmanaged().map(({ key }) => withAuthor(key, 'unmanaged'));
    return {
      version: 1,
      environment: environment.name,
      system,
      result: changed.length + missing.length + unmanaged.length === 0 ? 'none' : 'drift',
      reader,
      state: state?.source ?? 'none',
      authors: authors ? 'log' : 'none',
      notes: notesOf({
        classified: this.#classified,
        reader,
        hasState: state !== undefined,
        unknown: this.#lookedUp('unknown').length,
        late: this.#lookedUp('found').length,
        log: this.#log,
        hasDifferences: changed.length + missing.length + unmanaged.length > 0,
      }),
      counts: this.#counts(),
      changed,
      missing,
      unmanaged,
      hidden: this.#lookedUp('hidden'),
      notApplied: this.#classified.notApplied.map((each) => this.#unapplied(each)),
      ...(importEntries === undefined ? {} : { importEntries }),
    };
  }

  #lookedUp(wanted: Lookup): DriftObject[] {
    return [...this.#lookups].filter(([, each]) => each === wanted).map(([key]) => this.#object(key));
  }

  /** What no environment of the system declares. */
  #unmanaged(): Classified['unmanaged'] {
    return this.#classified.unmanaged.filter(({ key }) => !this.#elsewhere.has(key));
  }

  #counts(): DriftReport['counts'] {
    const { environment, reader } = this.#input;
    const { phones, aliases } = environment;
    const declared = phones.length + aliases.length;
    const names = this.#classified.unmanaged.flatMap(({ key }) => this.#elsewhere.get(key) ?? []);
    const elsewhere: Record<string, number> = {};
    for (const name of names) elsewhere[name] = (elsewhere[name] ?? 0) + 1;
    const own = { declared, ignored: this.#ignored, elsewhere };
    // The API does not list what exists.
    if (reader === 'api') return { ...own, found: null, managed: null, managedPercent: null };
    const found = this.#rows.phones.length + this.#rows.aliases.length;
    const undeclared = found - declaredKeys(environment).filter((key) => this.#foundKeys.has(key)).length;
    const managed = found - undeclared + names.length;
    // Rounded down: 100 means all.
    const managedPercent = found === 0 ? null : Math.floor((managed / found) * 1000) / 10;
    return { ...own, found, managed, managedPercent };
  }

  #addFound({ phones, aliases }: SystemRows): void {
    const add = (key: string, object: DriftObject) => {
      this.#objects.set(key, object);
      this.#foundKeys.add(key);
    };
    for (const { values } of phones) {
      const key = objectId(phoneType, values);
      add(identityKey(key), { type: 'phone', key });
    }
    for (const { values } of aliases) {
      const key = objectId(phoneAliasType, values);
      add(identityKey(`alias:${key}`), { type: 'phone alias', key });
    }
  }

  /** Objects are shown as they are declared. */
  #addDeclared({ phones, aliases }: Environment): void {
    for (const phone of phones) {
      const key = `${phone.server_ip}/${phone.extension}`;
      const place = placeOf(phone.declared);
      this.#objects.set(identityKey(key), { type: 'phone', key, name: phoneKey(phone), place });
    }
    for (const alias of aliases) {
      const [key, place] = [alias.alias_id, placeOf(alias.declared)];
      this.#objects.set(identityKey(aliasKey(alias)), { type: 'phone alias', key, name: aliasKey(alias), place });
    }
  }

  #object(key: string): DriftObject {
    // Every key is of the environment or of the system.
    return this.#objects.get(key) ?? { type: 'phone', key };
  }

  #unapplied({ key, action, fields }: ClassifiedUnapplied): UnappliedObject {
    return { ...this.#object(key), action: this.#action(key, action), fields: [...fields] };
  }

  #action(key: string, action: ClassifiedUnapplied['action']): UnappliedObject['action'] {
    const { removed = [] } = this.#input.environment;
    if (action === 'delete') return removed.includes(this.#state?.addresses.get(key) ?? '') ? 'forget' : 'delete';
    return action === 'adopt' && this.#imported.has(key) ? 'import' : action;
  }

  #authors(): Authors | undefined {
    const log = this.#log;
    if (!log || 'unavailable' in log) return undefined;
    const { user } = this.#input;
    const serversOf = new Map<string, string[]>();
    for (const { type, key } of this.#objects.values()) {
      if (type !== 'phone') continue;
      const [server = '', extension = ''] = key.split('/');
      const id = identityKey(extension);
      serversOf.set(id, [...new Set([...(serversOf.get(id) ?? []), server])]);
    }
    return new Authors(log.events, { idLength: log.idLength, user, serversOf });
  }
}

function declaredKeys({ phones, aliases }: Environment): string[] {
  return [
    ...phones.map(({ server_ip: server, extension }) => identityKey(`${server}/${extension}`)),
    ...aliases.map((alias) => identityKey(aliasKey(alias))),
  ];
}

function importedKeys(environment: Environment): ReadonlySet<string> {
  return new Set(
    importTargets(environment).map(({ to, id }) =>
      identityKey(to.startsWith(`${phoneType.resourceType}.`) ? id : `alias:${id}`),
    ),
  );
}

function placeOf({ file, line }: Origin): { file: string; line?: number } {
  return line === undefined ? { file } : { file, line };
}

function idOf({ type, key }: FoundKey): string {
  return type === 'phone' ? key.slice(key.indexOf('/') + 1) : key;
}

function loggedObject({ type, key }: FoundKey) {
  return {
    about: type,
    id: idOf({ type, key }),
    server: type === 'phone' ? key.slice(0, key.indexOf('/')) : undefined,
  };
}

/** With the API it is only known that an object exists. */
function withoutValues({ phones, aliases }: SystemRows): SystemRows {
  const keysOnly = (rows: SystemRows['phones'], names: readonly string[]) =>
    rows.map(({ values }) => ({
      values: Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))),
    }));
  return { phones: keysOnly(phones, phoneType.idFields), aliases: keysOnly(aliases, phoneAliasType.idFields) };
}
