/**
 * The checks that a plan makes on the server. One instance for each run: what is true of the whole run (login,
 * permissions, build) is checked once, what is true of one object once for each.
 */
import { fieldsAfterCreate } from '../model/diff';
import { failure, hasCondition, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { equalIdentities, objectId, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { truncationWarnings, validateBuild } from '../model/validate-build';
import type { Settings } from '../settings/read-settings';
import { checkKeyAvailable, checkLogin } from '../vicidial/api/availability';
import type { VicidialClient } from '../vicidial/api/client';
import { lookUp } from '../vicidial/api/lookup';
import type { Permissions } from '../vicidial/api/permissions';

/** What to check about a phone login: undefined where nothing has to be checked. */
export interface LoginQuestion {
  readonly login: string;
  /** A phone of the server in question. */
  readonly phone: ObjectRef;
  /** A phone that may have the login itself. */
  readonly owner?: ObjectRef | undefined;
  /** The login that the owner has by the state. */
  readonly storedLogin?: string | undefined;
}

export class Preflight {
  #deletePermission: Promise<boolean> | undefined;
  /** Phone logins that do not exist, so that the canary could not use them. */
  readonly #missingLogins = new Set<string>();

  constructor(
    private readonly client: VicidialClient,
    private readonly permissions: Permissions,
    private readonly deleteCheck: Settings['delete_permission_check'],
  ) {}

  /** Checks permissions and build for a planned create. */
  async create(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.permissions.require(type.addFunction);
    if (fieldsAfterCreate(type, values).length > 0) await this.permissions.require(type.updateFunction);
    return this.#checkBuild(type, values);
  }

  /** Checks permissions and build for a planned update or adoption. `values` are those that are sent. */
  async update(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.permissions.require(type.updateFunction);
    return this.#checkBuild(type, values);
  }

  /**
   * Checks that a key is free, and the login of `object` where it has one.
   *
   * @throws PhonestateError what prevents a create; the condition `already-exists` where the object exists and is visible
   */
  checkKey(object: ObjectRef): Promise<void> {
    return checkKeyAvailable(this.client, object);
  }

  /** Whether an object exists and the API user may view it. */
  async exists(object: ObjectRef): Promise<boolean> {
    try {
      await checkKeyAvailable(this.client, object);
      return false;
    } catch (error) {
      if (hasCondition(error, 'already-exists')) return true;
      throw error;
    }
  }

  /** Whether an object does not exist on the server any more, and is not hidden. */
  async isNotFound(object: ObjectRef): Promise<boolean> {
    return (await lookUp(this.client, object)) === 'not-found';
  }

  /** Checks that no other phone has a login. */
  async checkLogin({ login, phone, owner, storedLogin }: LoginQuestion): Promise<readonly Failure[]> {
    const isStored = storedLogin !== undefined && equalIdentities(storedLogin, login);
    // An update of the login may have been executed by a run that was cut off before it wrote the state.
    const use = await checkLogin(this.client, phone, login, owner, isStored ? undefined : storedLogin);
    const what = `phone_login "${login}" is in use by a phone of this system.`;
    if (use === 'other') return [failure('login-taken', { what, field: 'phone_login' })];
    if (use === 'free' || isStored) return [];
    return [failure('login-owner-unknown', { what, field: 'phone_login' })];
  }

  /**
   * Checks the permission for a planned delete, by itself or as the first half of a replacement.
   *
   * @param logins phone logins that may exist, for the canary
   */
  async delete(type: ObjectType, prior: FieldValues, logins: () => readonly string[]): Promise<readonly Failure[]> {
    await this.permissions.require(type.updateFunction);
    if (this.deleteCheck !== 'canary') return [deleteUnchecked(type, prior)];
    return (await this.#isDeletePermitted(logins)) ? [] : [deleteUnchecked(type, prior, noCanaryRemedy)];
  }

  /**
   * The canary writes, so it is loaded and used only where a setting asks for it, and once for each run. False where no
   * login was found for it: objects of the state that come later may have one.
   */
  async #isDeletePermitted(logins: () => readonly string[]): Promise<boolean> {
    const check = (this.#deletePermission ??= this.#checkDeletePermission(logins()));
    const isPermitted = await check;
    if (!isPermitted && this.#deletePermission === check) this.#deletePermission = undefined;
    return isPermitted;
  }

  async #checkDeletePermission(logins: readonly string[]): Promise<boolean> {
    const { checkDeletePermission } = await import('../vicidial/api/canary');
    const untried = logins.filter((login) => !this.#missingLogins.has(login));
    const isPermitted = await checkDeletePermission(this.client, untried);
    if (!isPermitted) for (const login of untried) this.#missingLogins.add(login);
    return isPermitted;
  }

  async #checkBuild(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    const { build } = await this.client.version();
    return [...validateBuild(type, values, build), ...truncationWarnings(type, values, build)];
  }
}

const noCanaryRemedy =
  'Make sure that the user has the permission. The canary needs the phone_login of a phone that exists, and no object of the state that was read so far has one.';

/** The permission to delete was not checked. */
export function deleteUnchecked(type: ObjectType, prior: FieldValues, remedy?: string): Failure {
  const what = `The ${type.noun} ${objectId(type, prior)} is planned to be deleted.`;
  return failure('delete-unchecked', { what, remedy });
}

/** The failures that a check throws or returns. */
export async function failuresOf(check: () => Promise<readonly Failure[] | void>): Promise<readonly Failure[]> {
  try {
    return (await check()) ?? [];
  } catch (error) {
    if (error instanceof PhonestateError) return [error.failure];
    throw error;
  }
}

/** The phone or phone alias that values with a known key address. */
export function knownObject(type: ObjectType, values: FieldValues): ObjectRef | undefined {
  return type.idFields.every((name) => typeof values[name] === 'string') ? objectRef(type, values) : undefined;
}
