/** The tables of the system, in memory. Keys and names are compared as MySQL does: without letter case and accents. */
import { fold, isSame } from './collation';
import type { SystemData } from './system-data';

/** A row of the table `phones`, under the names of the API. NULL in any column but the key and the template. */
export type Phone = Record<string, string | null>;

export interface PhoneAlias {
  alias_id: string;
  alias_name: string;
  phone_logins: string;
  /** Hides the alias on the admin pages. The API ignores it. Default: visible to all. */
  user_group?: string | null;
}

export type User = SystemData['users'][number];
export type ServerRow = SystemData['servers'][number];
export type Template = SystemData['templates'][number];
export type UserGroup = SystemData['user_groups'][number];
export type LiveAgent = SystemData['live_agents'][number];
export type Settings = Pick<
  SystemData,
  'entries_per_page' | 'first_login_trigger' | 'use_non_latin' | 'latin1_tables' | 'php' | 'output_buffering' | 'races'
>;

const allGroups = '---ALL---';

/** What MySQL stores in the columns of a new row that a statement leaves out (reading-vicidial.md, section 2). */
const columnDefaults: Phone = {
  local_gmt: '-5.00',
  outbound_alt_cid: '',
  phone_context: 'default',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
  is_webphone: 'N',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  admin_user_group: allGroups,
  template_id: '',
};

export class Store {
  readonly #phones = new Map<string, Phone>();
  readonly #aliases = new Map<string, PhoneAlias>();
  /** The number of phones with each phone login. */
  readonly #logins = new Map<string, number>();
  readonly users: Map<string, User>;
  readonly groups: readonly UserGroup[];
  readonly serverRows: readonly ServerRow[];
  readonly templates: readonly Template[];
  /** The agents that are logged in; a test may change the list. */
  readonly liveAgents: LiveAgent[];
  /** The row of the system settings; a test may change it. */
  readonly settings: Settings;
  readonly #viewableGroups: Map<string, readonly string[]>;
  /** The names of the servers, by their folded form. */
  readonly #servers: Map<string, string>;
  readonly #templates: Set<string>;
  /** Servers that are marked for a rebuild of their configuration. */
  readonly rebuilding = new Set<string>();
  /** Incremented by each write. */
  revision = 0;
  /** Called after each write. */
  onChange: () => void = () => {};
  /** The reply to a call that writes waits for it, as for a database that follows this store. */
  settled: () => Promise<unknown> = () => Promise.resolve();

  /**
   * @param lacking columns of the table `phones` that its schema does not have
   */
  constructor(
    data: SystemData,
    private readonly lacking: readonly string[] = [],
  ) {
    this.users = new Map(data.users.map((user) => [user.user, { ...user }]));
    this.groups = data.user_groups;
    this.serverRows = data.servers;
    this.templates = data.templates;
    this.liveAgents = [...data.live_agents];
    this.settings = settingsOf(data);
    this.#viewableGroups = new Map(data.user_groups.map(({ name, viewable_groups }) => [name, viewable_groups]));
    this.#servers = new Map(data.servers.map(({ server_ip }) => [fold(server_ip), server_ip]));
    this.#templates = new Set(data.templates.map(({ template_id }) => fold(template_id)));
    for (const phone of data.phones) this.putPhone(phone);
    for (const alias of data.aliases) this.putAlias({ ...alias, phone_logins: alias.phone_logins.join(',') });
    // What the system starts with is configured already.
    this.rebuilding.clear();
  }

  get phones(): Phone[] {
    return [...this.#phones.values()];
  }

  get aliases(): PhoneAlias[] {
    return [...this.#aliases.values()];
  }

  get servers(): string[] {
    return [...this.#servers.values()];
  }

  hasServer(server: string): boolean {
    return this.#servers.has(fold(server));
  }

  hasTemplate(template: string): boolean {
    return this.#templates.has(fold(template));
  }

  phone(server: string, extension: string): Phone | undefined {
    return this.#phones.get(phoneKey(server, extension));
  }

  /** Whether the user group of a user may view the objects of a group (vicidial-api.md, section 3). */
  mayView(user: User, group: string | null | undefined): boolean {
    const viewable = this.#viewableGroups.get(user.user_group) ?? [allGroups];
    // The server stores the list with a space around each group, and ignores one that is too short to hide anything.
    const isIgnored = ` ${viewable.join(' ')} `.length <= 3;
    return (
      !group ||
      isIgnored ||
      isSame(group, allGroups) ||
      viewable.includes(allGroups) ||
      viewable.some((name) => isSame(name, group))
    );
  }

  /** Whether a phone has this phone login, on any server. */
  hasLogin(login: string): boolean {
    return (this.#logins.get(fold(login)) ?? 0) > 0;
  }

  /** Adds a phone or replaces the one with its key. A test changes a row with it as someone does by hand. */
  putPhone(phone: Phone): void {
    const [server_ip, extension] = [phone.server_ip ?? '', phone.extension ?? ''];
    this.#dropPhone(server_ip, extension);
    this.#phones.set(phoneKey(server_ip, extension), this.#row(phone));
    this.#countLogin(phone, 1);
    this.requestRebuild(server_ip);
    this.#written();
  }

  removePhone(server: string, extension: string): void {
    this.#dropPhone(server, extension);
    this.requestRebuild(server);
    this.#written();
  }

  /** Marks a server for a rebuild of its configuration. */
  requestRebuild(server: string): void {
    this.rebuilding.add(this.#servers.get(fold(server)) ?? server);
  }

  /** The user of this name in any case. */
  user(name: string): User | undefined {
    return this.users.get(name) ?? [...this.users.values()].find((each) => isSame(each.user, name));
  }

  /** Adds a user, with the user group that decides what the user may view. */
  addUser(user: User, group: UserGroup): void {
    this.users.set(user.user, { ...user, user_group: group.name });
    this.#viewableGroups.set(group.name, group.viewable_groups);
  }

  alias(id: string): PhoneAlias | undefined {
    return this.#aliases.get(fold(id));
  }

  putAlias(alias: PhoneAlias): void {
    this.#aliases.set(fold(alias.alias_id), alias);
    this.#written();
  }

  removeAlias(id: string): void {
    this.#aliases.delete(fold(id));
    this.#written();
  }

  #row(phone: Phone): Phone {
    const row = { ...columnDefaults, ...phone };
    if (this.lacking.length === 0) return row;
    return Object.fromEntries(Object.entries(row).filter(([name]) => !this.lacking.includes(name)));
  }

  #dropPhone(server: string, extension: string): void {
    const phone = this.phone(server, extension);
    if (phone && this.#phones.delete(phoneKey(server, extension))) this.#countLogin(phone, -1);
  }

  #written(): void {
    this.revision += 1;
    this.onChange();
  }

  #countLogin({ phone_login }: Phone, by: number): void {
    if (typeof phone_login !== 'string') return;
    this.#logins.set(fold(phone_login), (this.#logins.get(fold(phone_login)) ?? 0) + by);
  }
}

function settingsOf(data: SystemData): Settings {
  const { entries_per_page, first_login_trigger, use_non_latin, latin1_tables, php, output_buffering, races } = data;
  return { entries_per_page, first_login_trigger, use_non_latin, latin1_tables, php, output_buffering, races };
}

function phoneKey(server: string, extension: string): string {
  return `${fold(server)} ${fold(extension)}`;
}
