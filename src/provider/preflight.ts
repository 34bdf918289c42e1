/**
 * The checks that a plan makes on the server. One instance for each run: what is true of the whole run (login,
 * permissions, build) is checked once, what is true of one object once for each.
 */
import { fieldsAfterCreate } from '../model/diff';
import { failure, hasCondition, type Failure } from '../model/failures';
import type { FieldValues } from '../model/field-definition';
import { objectId } from '../model/identity';
import { truncationWarnings, validateBuild } from '../model/validate-build';
import type { Settings } from '../settings/read-settings';
import type { VicidialClient } from '../vicidial/api/client';
import type { Permissions } from '../vicidial/api/permissions';
import type { ResourceType } from './resource-type';
import { pick } from './resource-values';

export interface PreflightRules {
  readonly deleteCheck: Settings['delete_permission_check'];
  readonly adoptExisting: boolean;
}

export class Preflight {
  /** The unique values that this plan creates already. */
  readonly #planned = new Set<string>();
  /** Phone logins of phones that this plan deletes or replaces: they are free when the new phone is created. */
  readonly #freedLogins = new Set<string>();
  #deletePermission: Promise<void> | undefined;

  constructor(
    private readonly client: VicidialClient,
    private readonly permissions: Permissions,
    private readonly rules: PreflightRules,
  ) {}

  /**
   * Checks a planned create.
   *
   * @param checkCollisions false where the object is known to exist, because it is in state
   */
  async create(type: ResourceType, values: FieldValues, checkCollisions: boolean): Promise<readonly Failure[]> {
    const { objectType } = type;
    await this.permissions.require(objectType.addFunction);
    if (fieldsAfterCreate(objectType, values).length > 0) await this.permissions.require(objectType.updateFunction);
    const build = await this.#build();
    const errors = [...validateBuild(objectType, values, build), ...this.#duplicates(type, values)];
    const warnings = truncationWarnings(objectType, values, build);
    if (errors.length > 0 || !checkCollisions) return [...errors, ...warnings];
    return [...(await this.#checkCollisions(type, values)), ...warnings];
  }

  /** Checks a planned update. */
  async update(
    type: ResourceType,
    values: FieldValues,
    prior: FieldValues,
    changed: readonly string[],
  ): Promise<readonly Failure[]> {
    if (changed.length === 0) return [];
    await this.permissions.require(type.objectType.updateFunction);
    const build = await this.#build();
    const errors = validateBuild(type.objectType, values, build);
    if (errors.length === 0) await type.checkUpdate(this.client, values, prior, changed);
    return [...errors, ...truncationWarnings(type.objectType, pick(values, changed), build)];
  }

  /** Checks a planned delete, by itself or as the first half of a replacement. */
  async delete(type: ResourceType, prior: FieldValues): Promise<readonly Failure[]> {
    const { objectType } = type;
    const what = `The ${objectType.noun} ${objectId(objectType, prior)} is planned to be deleted.`;
    if (this.rules.deleteCheck === 'deny') return [failure('delete-denied', { what })];
    const login = type.existingLogin(prior);
    this.#freedLogins.add(entry(type, 'login', login ?? ''));
    await this.permissions.require(objectType.updateFunction);
    if (this.rules.deleteCheck === 'warn' || login === undefined) return [failure('delete-unchecked', { what })];
    await this.#checkDeletePermission(login);
    return [];
  }

  /** The canary writes, so it is loaded and used only where a setting asks for it, and once for each run. */
  #checkDeletePermission(login: string): Promise<void> {
    this.#deletePermission ??= import('../vicidial/api/canary').then(({ checkDeletePermission }) =>
      checkDeletePermission(this.client, login),
    );
    return this.#deletePermission;
  }

  /** An object that exists already is an error, or a warning where it may be adopted. */
  async #checkCollisions(type: ResourceType, values: FieldValues): Promise<readonly Failure[]> {
    const { noun, updateFunction } = type.objectType;
    // A phone that is replaced frees its login first; checked now, it would be in use.
    const isFreed = this.#freedLogins.has(entry(type, 'login', type.existingLogin(values) ?? ''));
    try {
      await type.checkCreate(this.client, isFreed ? { ...values, phone_login: null } : values);
      return [];
    } catch (error) {
      if (!this.rules.adoptExisting || !hasCondition(error, 'already-exists')) throw error;
      await this.permissions.require(updateFunction);
      const what = `The ${noun} ${objectId(type.objectType, values)} exists already.`;
      return [failure('existing-object-adopted', { what })];
    }
  }

  async #build(): Promise<string> {
    return (await this.client.version()).build;
  }

  #duplicates(type: ResourceType, values: FieldValues): Failure[] {
    return type.uniqueValues(values).flatMap(({ field, value }) => {
      const planned = entry(type, field, value);
      if (!this.#planned.has(planned)) {
        this.#planned.add(planned);
        return [];
      }
      const name = type.objectType.idFields.includes(field) ? 'the key' : field;
      const what = `Another resource of this plan also creates a ${type.objectType.noun} with ${name} "${value}".`;
      return [failure('duplicate-in-plan', { field, what })];
    });
  }
}

function entry({ objectType }: ResourceType, field: string, value: string): string {
  return `${objectType.resourceType} ${field} ${value.toLowerCase()}`;
}
