/** An emulator that holds what a system holds. It stands for the system in a rehearsal. */
import { buildOf, newestBuild } from '../emulator/builds';
import { startEmulator, type Emulator } from '../emulator/emulator';
import type { FieldValue, FieldValues, ObjectType } from '../model/field-definition';
import { PhonestateError } from '../model/failures';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { Secret } from '../model/secret';
import type { StoredObject } from '../model/system-rows';
import type { Settings } from '../settings/read-settings';
import { objectKey, refKey } from './object-key';
import type { ReadSystem } from './read-system';
import type { StateObject } from './state-objects';

/** The group of what is hidden from the API user, where the real one is not known. */
const hiddenGroup = 'PHONESTATE-HIDDEN';
const allGroups = '---ALL---';
const readFunctions = ['vm_list', 'server_refresh', 'version'];

type Row = Record<string, string | null>;

export class EmulatedSystem {
  /** What the rehearsal cannot know of the system, one sentence each. */
  readonly notes = new Set<string>();
  readonly #known = new Set<string>();
  readonly #users = new Set<string>();

  private constructor(
    /** The name of the system, as the state has it. */
    readonly name: string,
    readonly emulator: Emulator,
  ) {}

  /** Starts the emulator, with the servers, templates and groups of the system. */
  static async start(name: string, { version, nonLatin, references }: ReadSystem): Promise<EmulatedSystem> {
    const { build, isKnown } = emulatedBuild(version.build);
    const emulator = await startEmulator({
      build,
      names: version,
      data: {
        servers: [...references.servers],
        templates: [...references.templates],
        user_groups: references.userGroups?.map((group) => ({ name: group })) ?? [],
        // Users come with the provider blocks. This one is not active.
        users: [{ user: 'unused', password: 'none', active: false }],
        use_non_latin: nonLatin,
      },
    });
    const system = new EmulatedSystem(name, emulator);
    if (!isKnown) system.notes.add(`The build ${version.build} is no date: the newest that is known was emulated.`);
    return system;
  }

  hasUser(user: string): boolean {
    return this.#users.has(user);
  }

  /**
   * Adds an API user, and the rows that its reader shows. Rows that another user has shown before are left as they are:
   * the run may have changed them.
   *
   * @param state the objects of the state that belong to this system
   */
  add(settings: Pick<Settings, 'user' | 'password'>, read: ReadSystem, state: readonly StateObject[]): void {
    const { store } = this.emulator;
    const byKey = new Map(state.map((each) => [refKey(each.object), each]));
    this.#putRows(phoneType, read.rows.phones, byKey);
    this.#putRows(phoneAliasType, read.rows.aliases, byKey);
    const hidden = [...byKey].filter(([key]) => read.lookups.has(key));
    for (const [key, object] of hidden) this.#putUnseen(key, object, read);
    if (read.source === 'admin') {
      this.notes.add(
        `The admin pages show user ${settings.user} no phones of user groups that it may not view. Their keys and logins are free in the rehearsal.`,
      );
    }
    const { permitted } = read;
    const groups = permitted.viewableGroups ?? this.#groupsWithoutHidden(read);
    store.addUser(
      {
        ...{ user: settings.user, password: settings.password.open(), level: 9, active: true, user_group: '' },
        ...{ api_access: true, ast_admin_access: permitted.mayWrite, delete_phones: permitted.mayDelete },
        allowed_functions: [...permitted.functions, ...readFunctions],
        ...{ blocked_address: false, blocked_page_address: false, second_factor: false, api_only_user: false },
        ...{ modify_phones: true, view_reports: false, admin_redirect: '', language: 'default English' },
      },
      { name: `groups of ${settings.user}`, group_name: '', viewable_groups: [...groups] },
    );
    this.#users.add(settings.user);
    store.rebuilding.clear();
  }

  /** Where nothing is hidden, the user sees all groups; else those which the pages show. */
  #groupsWithoutHidden({ lookups, references, rows }: ReadSystem): readonly string[] {
    if (![...lookups.values()].includes('hidden')) return [allGroups];
    const ofPhones = rows.phones.map(({ values }) => text(values.admin_user_group));
    const groups = new Set([...(references.userGroups ?? []), ...ofPhones].filter((group) => group !== ''));
    groups.delete(allGroups);
    // An empty list would hide nothing.
    return groups.size === 0 ? ['PHONESTATE-VISIBLE'] : [...groups];
  }

  #putRows(type: ObjectType, rows: readonly StoredObject[], state: ReadonlyMap<string, StateObject>): void {
    const unread = new Map<string, number>();
    for (const { values, unreadable = [] } of rows) {
      const key = objectKey(type, values);
      if (this.#known.has(key)) continue;
      const known = state.get(key)?.values ?? {};
      // What the reader does not show is as the state has it, so that no difference is made up.
      this.#put(type, key, { ...known, ...values });
      for (const name of unreadable) unread.set(name, (unread.get(name) ?? 0) + 1);
    }
    for (const [name, count] of unread) {
      this.notes.add(
        `${name} of ${count} ${count === 1 ? type.noun : `${type.noun} rows`} could not be read: it is as the state has it, or empty.`,
      );
    }
  }

  /** An object of the state that the reader does not show. */
  #putUnseen(key: string, { object, values }: StateObject, { lookups }: ReadSystem): void {
    const result = lookups.get(key);
    const { noun } = object.type;
    if (result instanceof PhonestateError) {
      this.notes.add(`The ${noun} ${object.id} could not be read: ${result.failure.what}`);
      return;
    }
    if (result === undefined || result === 'not-found' || this.#known.has(key)) return;
    const isHidden = result === 'hidden';
    this.#put(object.type, key, isHidden ? { ...values, admin_user_group: hiddenGroup } : values);
    this.notes.add(
      `The ${noun} ${object.id} ${isHidden ? 'is hidden from the API user' : 'is not in the list'}: its values are those of the state.`,
    );
  }

  #put(type: ObjectType, key: string, values: FieldValues): void {
    this.#known.add(key);
    const { store } = this.emulator;
    if (type === phoneType) {
      store.putPhone(rowOf(type, values));
      return;
    }
    const logins = values.phone_logins;
    store.putAlias({
      alias_id: text(values.alias_id),
      alias_name: text(values.alias_name),
      phone_logins: Array.isArray(logins) ? logins.join(',') : '',
    });
  }
}

function rowOf(type: ObjectType, values: FieldValues): Row {
  return Object.fromEntries(
    Object.keys(type.fields).map((name) => {
      const value = values[name] ?? null;
      return [name, value === null ? null : text(value)];
    }),
  );
}

function text(value: FieldValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Secret ? value.open() : String(value);
}

/** The date of a build; that of the newest where a fork has no date. */
function emulatedBuild(build: string): { readonly build: string; readonly isKnown: boolean } {
  try {
    buildOf(build);
    return { build, isKnown: true };
  } catch {
    return { build: newestBuild, isKnown: false };
  }
}
