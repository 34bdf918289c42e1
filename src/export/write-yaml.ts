/** An exported system as an environment file (docs/guides/environments.md). */
import { Document, Pair, Scalar, YAMLMap, type Node, type YAMLSeq } from 'yaml';
import { phoneFields } from '../model/phone-fields';
import { describeOrigin, unmanagedNote, type Provenance } from './comments';
import type { Changes, Entry, EntryItem, PhoneItem, SeatItem } from './entries';
import type { ExportedAlias, ExportedPhone, ExportedServer, ExportedSystem, Unmanaged } from './exported-system';
import { compressExtensions } from './extension-list';
import { factor, type FactoredSystem } from './factor';
import type { ExportedFiles } from './files';
import type { Template, Templates } from './phone-templates';
import { secretFields } from './secrets';
import { splitByServer, type EnvironmentPart } from './split';
import { block, entry, flow, flowList, list, quoted, schemaOptions, shortMap } from './yaml-nodes';

export interface YamlOptions extends Provenance {
  /** The name of the environment, and of its file without `.yaml`. */
  readonly environment: string;
  /** Whether each server has a file of its own. */
  readonly splitServers?: boolean;
  /** Whether the file imports its objects: not that of a clone, which creates them. */
  readonly imports?: boolean;
}

/** Writes an environment file, or one for each server. */
export function writeYaml(system: ExportedSystem, options: YamlOptions): ExportedFiles {
  const { environment, splitServers: isSplit = false } = options;
  const parts: readonly EnvironmentPart[] = isSplit
    ? splitByServer(system, environment)
    : [{ name: environment, system }];
  return new Map(
    parts.map((part) => [
      `${part.name}.yaml`,
      new EnvironmentText(part, factor(part.system, { seats: !isSplit })).write(options),
    ]),
  );
}

/** The variables that passwords are from, by field; null is "not managed". */
export type SecretValues = Readonly<Record<string, object | null>>;

/** What an environment file has already, to which entries are added. */
export interface AddedTo {
  readonly environment: string;
  /** The names of its servers. */
  readonly servers: readonly string[];
  readonly defaults: Templates;
  readonly serverDefaults: ReadonlyMap<string, Templates>;
  readonly secrets: SecretValues;
  /** Whether it imports all of its objects. */
  readonly importsAll: boolean;
}

/** Writes what is added to an environment file, so that it declares and imports objects of its system as they are. */
export function writeAdditions(system: ExportedSystem, file: AddedTo): string {
  const ofServers = system.servers.flatMap((server): [ExportedServer, Templates][] => {
    const defaults = file.serverDefaults.get(server.name);
    return defaults ? [[server, defaults]] : [];
  });
  const factored = factor(system, { seats: false });
  const own = { ...factored, defaults: file.defaults, serverDefaults: new Map(ofServers) };
  return new EnvironmentText({ name: file.environment, system }, own, file.secrets).writeAdditions(file);
}

/** What a phone has that its entry does not set. */
type Inherited = (server: ExportedServer, field: string) => Template | undefined;

class EnvironmentText {
  readonly #document = new Document({}, schemaOptions);
  readonly #inherited: Inherited;
  readonly #hasLogins: boolean;

  constructor(
    private readonly part: EnvironmentPart,
    private readonly factored: FactoredSystem,
    /** What each entry has for passwords, where the defaults of the file are not ours. */
    private readonly secrets: SecretValues = {},
  ) {
    const { defaults, serverDefaults } = factored;
    this.#inherited = (server, field) => serverDefaults.get(server)?.[field] ?? defaults[field];
    this.#hasLogins = part.system.servers.some(({ phones }) => phones.length > 0);
  }

  write(options: YamlOptions): string {
    const { factored, part } = this;
    this.#add('version', 1, describeOrigin(options));
    if (Object.keys(options.settings).length > 0) {
      const provider = this.#add('provider', shortMap(options.settings));
      provider.comment = ' Other settings are read from VICIDIAL_USER, VICIDIAL_PASSWORD and so on.';
    }
    this.#add(
      'servers',
      block(Object.fromEntries(part.system.servers.map((server) => [server.name, this.#server(server)]))),
    );
    const defaults = { ...inOrder(factored.defaults), ...this.#secretDefaults() };
    if (Object.keys(defaults).length > 0) this.#add('defaults', block(defaults));
    if (factored.seats.length > 0) this.#add('seats', list(factored.seats.map((entry) => this.#seats(entry))));
    this.#addObjects();
    if (options.imports ?? true) {
      this.#add('imports', 'all').comment = ' Delete this line after the first apply.';
    }
    return this.#text();
  }

  writeAdditions({ servers: known, importsAll }: AddedTo): string {
    const { servers, aliases } = this.part.system;
    const added = servers.filter(({ name }) => !known.includes(name));
    if (added.length > 0) this.#add('servers', block(Object.fromEntries(added.map(({ name, ip }) => [name, ip]))));
    this.#addObjects();
    const keys = [
      ...servers.flatMap(({ name, phones }) => phones.map(({ extension }) => `${name}/${extension}`)),
      ...aliases.map(({ id }) => `alias:${id}`),
    ];
    if (keys.length > 0 && !importsAll) this.#add('imports', flowList(keys.map(quoted)));
    return this.#text();
  }

  #addObjects(): void {
    const { factored, part } = this;
    const phones = factored.phones.map((entry) => this.#phones(entry));
    const others = notExported(part.system.unmanaged);
    if (phones.length + others.length > 0) this.#add('phones', list(phones), others);
    if (factored.aliases.length > 0) this.#add('aliases', list(factored.aliases.map((alias) => this.#alias(alias))));
  }

  /** A flow map is one line, whatever its length; what is long is written as a block. */
  #text(): string {
    return this.#document.toString({ lineWidth: 0, nullStr: '~' });
  }

  #add(key: string, value: unknown, before: readonly string[] = []): Scalar | YAMLMap | YAMLSeq {
    const name = new Scalar(key);
    if (key !== 'version' && key !== 'provider') name.spaceBefore = true;
    if (before.length > 0) name.commentBefore = comment(before);
    const { contents } = this.#document;
    const node = this.#document.createNode(value);
    // The document was made of an object.
    (contents as unknown as YAMLMap).items.push(new Pair(name, node));
    return node as Scalar | YAMLMap | YAMLSeq;
  }

  #server(server: ExportedServer): unknown {
    const suffix = this.factored.suffixes.get(server);
    const defaults = this.factored.serverDefaults.get(server) ?? {};
    const hasDefaults = Object.keys(defaults).length > 0;
    if (suffix === undefined && !hasDefaults) return server.ip;
    return flow({
      ip: server.ip,
      ...(suffix === undefined ? {} : { suffix }),
      ...(hasDefaults ? { defaults: inOrder(defaults) } : {}),
    });
  }

  /** One map variable for each secret, so that no value is needed to plan. */
  #secretDefaults(): Record<string, unknown> {
    if (!this.#hasLogins) return {};
    return Object.fromEntries(secretFields.map((field) => [field, flow({ variable: field, by: 'phone_login' })]));
  }

  #phones({ servers, items, values, exceptions }: Entry<PhoneItem>): Node {
    const [server] = servers;
    const extensions = items.map(({ extension }) => extension);
    return entry(
      {
        server: server?.name,
        ...extensionKey(extensions),
        ...this.#values(servers, values),
        ...exceptionKey(items, exceptions),
      },
      unmanagedNote(phonesOf(items, exceptions)),
    );
  }

  #seats({ servers, items, values, exceptions }: Entry<SeatItem>): Node {
    const [first] = items;
    const withSuffix = this.part.system.servers.filter((server) => this.factored.suffixes.has(server));
    const isDefault =
      withSuffix.length === servers.length && withSuffix.every((server, index) => server === servers[index]);
    return entry(
      {
        ...extensionKey(items.map(({ extension }) => extension)),
        ...(isDefault ? {} : { servers: flowList(servers.map(({ name }) => name)) }),
        ...this.#values(servers, values, ['phone_login']),
        alias: first?.alias ? flow({ ...first.alias }) : null,
        ...exceptionKey(items, exceptions),
      },
      unmanagedNote(phonesOf(items, exceptions)),
    );
  }

  /** The values that are not inherited. What is inherited and not managed is null. */
  #values(
    servers: readonly ExportedServer[],
    values: Templates,
    without: readonly string[] = [],
  ): Record<string, unknown> {
    const fields = Object.keys(phoneFields).filter((field) => !without.includes(field));
    const own = fields.flatMap((field): [string, unknown][] => {
      const inherited = servers.map((server) => this.#inherited(server, field));
      const value = values[field];
      const isFromServer =
        value === undefined && servers.some((server) => field in (this.factored.serverDefaults.get(server) ?? {}));
      if (isFromServer && servers.length > 1) return [];
      if (inherited.every((each) => each === value)) return [];
      return [[field, value ?? null]];
    });
    const isWithoutLogin = !without.includes('phone_login') && values.phone_login === undefined;
    return { ...Object.fromEntries(own), ...(isWithoutLogin ? unmanagedSecrets : this.#secrets()) };
  }

  #secrets(): SecretValues {
    return Object.fromEntries(
      Object.entries(this.secrets).map(([field, value]) => [field, value && flow({ ...value })]),
    );
  }

  #alias({ id, values, logins, unmanaged }: ExportedAlias): Node {
    const literals = logins.filter(({ phone }) => !phone).map(({ login }) => login);
    const { environments } = this.part;
    const listed = logins.map(({ login, phone }) => {
      // The word ~ stands for no file.
      if (!phone) return flow({ environment: null, phone_login: login });
      const environment = environments?.get(phone.server) ?? this.part.name;
      return environment === this.part.name ? login : flow({ environment, phone_login: login });
    });
    const notes = [
      ...unmanaged.map(({ reason }) => `Not managed: ${reason}.`),
      ...(literals.length > 0 ? [`No exported phone has the login ${literals.join(', ')}.`] : []),
    ];
    return entry(
      {
        alias_id: id,
        alias_name: values.alias_name ?? null,
        phone_logins: logins.length > 0 ? flowList(listed) : null,
      },
      notes.join(' '),
    );
  }
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${line}`).join('\n');
}

function notExported(unmanaged: readonly Unmanaged[]): string[] {
  return unmanaged
    .filter(({ field }) => field === undefined)
    .map(({ object, reason }) => `Not exported: ${object}: ${reason}.`);
}

function inOrder(values: Templates): Templates {
  const fields = Object.keys(phoneFields).filter((field) => field in values);
  return Object.fromEntries(fields.map((field): [string, Template] => [field, values[field] ?? '']));
}

function extensionKey(extensions: readonly string[]): Record<string, unknown> {
  const [only = '', ...others] = extensions;
  if (others.length === 0) return { extension: only };
  const parts = compressExtensions(extensions);
  return { extensions: parts.length === 1 ? parts[0] : flowList(parts) };
}

function exceptionKey(items: readonly EntryItem[], exceptions: ReadonlyMap<string, Changes>): Record<string, unknown> {
  const map = new YAMLMap();
  for (const { extension, phones } of items) {
    const changes = exceptions.get(extension);
    if (!changes) continue;
    const secrets = changes.phone_login === null ? unmanagedSecrets : {};
    const value = flow({ ...changes, ...secrets });
    const note = unmanagedNote(phones);
    if (note !== '') value.comment = ` ${note}`;
    map.items.push(new Pair(quoted(extension), value));
  }
  return map.items.length > 0 ? { exceptions: map } : {};
}

/** The phones of an entry that have no exception. */
function phonesOf(items: readonly EntryItem[], exceptions: ReadonlyMap<string, Changes>): ExportedPhone[] {
  return items.filter(({ extension }) => !exceptions.has(extension)).flatMap(({ phones }) => phones);
}

/** The variables have no entry for a phone without a login of its own. */
const unmanagedSecrets: Readonly<Record<string, null>> = Object.fromEntries(secretFields.map((field) => [field, null]));
