/** The tables of the dialer, in memory. Text comparison ignores case, as in MySQL. */
import type { SystemData } from './system-data';

/** A row of `phones`, by the API's names. */
export type Phone = Record<string, string>;

export interface Alias {
  alias_id: string;
  alias_name: string;
  phone_logins: string;
}

export type User = SystemData['users'][number];

const everyGroup = '---ALL---';

export class Store {
  readonly #phones = new Map<string, Phone>();
  readonly #aliases = new Map<string, Alias>();
  /** How many phones have a login. */
  readonly #logins = new Map<string, number>();
  readonly users: Map<string, User>;
  readonly #groups: Map<string, readonly string[]>;
  readonly #servers: Set<string>;
  readonly #templates: Set<string>;
  /** Servers whose configuration would be rebuilt within the minute. */
  readonly rebuilding = new Set<string>();
  /** Goes up with each write. */
  revision = 0;
  /** Called after each write. */
  onChange: () => void = () => {};

  constructor(data: SystemData) {
    this.users = new Map(data.users.map((user) => [user.user, { ...user }]));
    this.#groups = new Map(data.user_groups.map(({ name, viewable_groups }) => [name, viewable_groups]));
    this.#servers = new Set(data.servers);
    this.#templates = new Set(data.templates.map(fold));
    for (const phone of data.phones) this.putPhone(phone);
    for (const alias of data.aliases) this.putAlias({ ...alias, phone_logins: alias.phone_logins.join(',') });
  }

  get phones(): Phone[] {
    return [...this.#phones.values()];
  }

  get aliases(): Alias[] {
    return [...this.#aliases.values()];
  }

  get servers(): string[] {
    return [...this.#servers];
  }

  hasServer(server: string): boolean {
    return this.#servers.has(server);
  }

  hasTemplate(template: string): boolean {
    return this.#templates.has(fold(template));
  }

  phone(server: string, extension: string): Phone | undefined {
    return this.#phones.get(phoneKey(server, extension));
  }

  /** Whether the group of a user lets it see a phone. */
  sees(user: User, phone: Phone): boolean {
    const viewable = this.#groups.get(user.user_group) ?? [everyGroup];
    const group = phone.admin_user_group ?? everyGroup;
    return group === everyGroup || viewable.includes(everyGroup) || viewable.some((name) => fold(name) === fold(group));
  }

  hasLogin(login: string): boolean {
    return (this.#logins.get(fold(login)) ?? 0) > 0;
  }

  /** Adds a phone or replaces the one with its key. */
  putPhone(phone: Phone): void {
    const { server_ip = '', extension = '' } = phone;
    this.#dropPhone(server_ip, extension);
    this.#phones.set(phoneKey(server_ip, extension), phone);
    this.#countLogin(phone, 1);
    this.rebuilding.add(server_ip);
    this.#written();
  }

  removePhone(server: string, extension: string): void {
    this.#dropPhone(server, extension);
    this.rebuilding.add(server);
    this.#written();
  }

  alias(id: string): Alias | undefined {
    return this.#aliases.get(fold(id));
  }

  putAlias(alias: Alias): void {
    this.#aliases.set(fold(alias.alias_id), alias);
    this.#written();
  }

  removeAlias(id: string): void {
    this.#aliases.delete(fold(id));
    this.#written();
  }

  #dropPhone(server: string, extension: string): void {
    const phone = this.phone(server, extension);
    if (phone && this.#phones.delete(phoneKey(server, extension))) this.#countLogin(phone, -1);
  }

  #written(): void {
    this.revision += 1;
    this.onChange();
  }

  #countLogin({ phone_login = '' }: Phone, by: number): void {
    this.#logins.set(fold(phone_login), (this.#logins.get(fold(phone_login)) ?? 0) + by);
  }
}

export function fold(text: string): string {
  return text.toLowerCase();
}

function phoneKey(server: string, extension: string): string {
  return `${fold(server)} ${fold(extension)}`;
}
