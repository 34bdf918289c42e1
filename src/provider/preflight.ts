/**
 * What a plan finds out from the server before it promises anything. One for each run: what is true of the run as a
 * whole (login, permissions, build) is asked once, what is true of one object once for each.
 */
import { validateBuild, truncationWarnings } from '../model/validate-build';
import { fieldsAfterCreate } from '../model/diff';
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues } from '../model/field-definition';
import type { VicidialClient } from '../vicidial/api/client';
import type { Permissions } from '../vicidial/api/permissions';
import type { ProviderArguments } from './provider-settings';
import type { Kind } from './resource-type';

export interface Findings {
  readonly failures: readonly Failure[];
  readonly warnings: readonly Failure[];
}

export class Preflight {
  /** What this plan creates already, by kind, field and value. */
  readonly #planned = new Set<string>();
  /** Logins of phones that this plan replaces: they are free by the time that the new phone is made. */
  readonly #leaving = new Set<string>();
  #mayDelete: Promise<void> | undefined;

  constructor(
    private readonly client: VicidialClient,
    private readonly permissions: Permissions,
    private readonly rules: Pick<ProviderArguments, 'deleteCheck' | 'adoptExisting'>,
  ) {}

  /**
   * Before an object is planned for creation.
   *
   * @param collisions whether to look for what is in the way on the server
   */
  async create(kind: Kind, values: FieldValues, collisions: boolean): Promise<Findings> {
    const { table } = kind;
    await this.permissions.require(table.addFunction);
    if (fieldsAfterCreate(table, values).length > 0) await this.permissions.require(table.updateFunction);
    const build = await this.#build();
    const failures = [...validateBuild(table, values, build), ...this.#plannedTwice(kind, values)];
    const leaves = this.#leaving.has(place(kind, 'login', kind.login(values) ?? ''));
    // A phone that is replaced gives up its login first; asking now would find it taken.
    const adopted =
      failures.length === 0 && collisions
        ? await this.#collide(kind, leaves ? { ...values, phone_login: null } : values)
        : [];
    return { failures, warnings: [...adopted, ...truncationWarnings(table, values, build)] };
  }

  /** Before a change is planned. */
  async update(kind: Kind, values: FieldValues, recorded: FieldValues, changed: readonly string[]): Promise<Findings> {
    if (changed.length === 0) return { failures: [], warnings: [] };
    await this.permissions.require(kind.table.updateFunction);
    const build = await this.#build();
    const failures = validateBuild(kind.table, values, build);
    if (failures.length === 0) await kind.checkChange(this.client, values, recorded, changed);
    return { failures, warnings: truncationWarnings(kind.table, pick(values, changed), build) };
  }

  /** Before a deletion is planned, by itself or as the first half of a replacement. */
  async remove(kind: Kind, recorded: FieldValues): Promise<Findings> {
    const what = `The ${kind.table.noun} ${kind.id(recorded)} is to be deleted.`;
    if (this.rules.deleteCheck === 'deny') return { failures: [failure('delete-denied', { what })], warnings: [] };
    this.#leaving.add(place(kind, 'login', kind.login(recorded) ?? ''));
    await this.permissions.require(kind.table.updateFunction);
    const login = kind.login(recorded);
    if (this.rules.deleteCheck === 'none' || login === undefined)
      return { failures: [], warnings: [failure('delete-unchecked', { what })] };
    this.#mayDelete ??= import('../vicidial/api/canary').then(({ checkMayDelete }) =>
      checkMayDelete(this.client, login),
    );
    await this.#mayDelete;
    return { failures: [], warnings: [] };
  }

  /** What exists already is an error, or a warning where it may be taken over. */
  async #collide(kind: Kind, values: FieldValues): Promise<Failure[]> {
    try {
      await kind.checkNew(this.client, values);
      return [];
    } catch (error) {
      if (!this.rules.adoptExisting || !isThere(error)) throw error;
      await this.permissions.require(kind.table.updateFunction);
      return [
        failure('existing-object-adopted', { what: `The ${kind.table.noun} ${kind.id(values)} exists already.` }),
      ];
    }
  }

  async #build(): Promise<string> {
    return (await this.client.version()).build;
  }

  #plannedTwice(kind: Kind, values: FieldValues): Failure[] {
    return kind.unique(values).flatMap(({ field, value }) => {
      const entry = place(kind, field, value);
      if (!this.#planned.has(entry)) {
        this.#planned.add(entry);
        return [];
      }
      return [
        failure('duplicate-in-plan', {
          field,
          what: `Another resource of this plan creates a ${kind.table.noun} with ${field === 'extension' ? 'the key' : field} "${value}" too.`,
        }),
      ];
    });
  }
}

/** Whether a failure says that what is to be created exists, and this user sees it. */
export function isThere(error: unknown): boolean {
  return (
    error instanceof PhonestateError && (error.failure.code === 'phone-exists' || error.failure.code === 'alias-exists')
  );
}

function place(kind: Kind, field: string, value: string): string {
  return `${kind.table.noun} ${field} ${value.toLowerCase()}`;
}

function pick(values: FieldValues, names: readonly string[]): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
