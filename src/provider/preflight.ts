/** The checks that a plan makes on the server: by calls of the API that write nothing, or all from the database. */
import { failure, hasCondition, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import type { Settings } from '../settings/read-settings';
import type { VicidialClient } from '../vicidial/api/client';
import type { ListedPhone } from './alias-phones';
import type { Observation } from './observer';

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

export interface PreflightOptions {
  readonly observe: (object: ObjectRef) => Promise<Observation>;
  readonly client: () => Promise<VicidialClient>;
  /** The API user, for messages. */
  readonly user: string;
  readonly deleteCheck: Settings['delete_permission_check'];
  readonly inUseCheck: Settings['in_use_check'];
}

/**
 * One instance for each run: what is true of the whole run (login, permissions, build) is checked once, what is true of
 * one object once for each. What is thrown prevents the plan as well.
 */
export interface Preflight {
  /** Checks permissions, build and references for a planned create. */
  create(type: ObjectType, values: FieldValues): Promise<readonly Failure[]>;
  /** The same for a planned update or adoption. `values` are those that are sent. */
  update(type: ObjectType, values: FieldValues): Promise<readonly Failure[]>;
  /**
   * Checks that a key is free, and the login of `object` where it has one.
   *
   * @throws PhonestateError what prevents a create; the condition `already-exists` where the object exists and is visible
   */
  checkKey(object: ObjectRef): Promise<void>;
  /** Checks that no other phone has a login. */
  checkLogin(question: LoginQuestion): Promise<readonly Failure[]>;
  /**
   * Checks the permission for a planned delete, by itself or as the first half of a replacement.
   *
   * @param logins phone logins that may exist, for the canary
   */
  delete(type: ObjectType, prior: FieldValues, logins: () => readonly string[]): Promise<readonly Failure[]>;
  /** The phones that have some phone logins; undefined where that is not known. */
  listedPhones(logins: readonly string[]): Promise<readonly ListedPhone[] | undefined>;
  /** What is known of an object. */
  observe(object: ObjectRef): Promise<Observation>;
}

/** Whether an object exists and the API user may view it. */
export async function isTaken(preflight: Preflight, object: ObjectRef): Promise<boolean> {
  try {
    await preflight.checkKey(object);
    return false;
  } catch (error) {
    if (hasCondition(error, 'already-exists')) return true;
    throw error;
  }
}

/** The permission to delete was not checked. */
export function deleteUnchecked(type: ObjectType, prior: FieldValues, remedy?: string): Failure {
  return failure('delete-unchecked', { what: plannedDelete(type, prior), remedy });
}

/** The user has no permission to delete, as a reader shows. */
export function deleteNotPermitted(type: ObjectType, prior: FieldValues, user: string): Failure {
  const what = `${plannedDelete(type, prior)} User ${user} has no "AST Delete Phones".`;
  return failure('permission-delete', { what });
}

function plannedDelete(type: ObjectType, prior: FieldValues): string {
  return `The ${type.noun} ${objectId(type, prior)} is planned to be deleted.`;
}

/**
 * The object exists, and the API user may not view it.
 *
 * @param account the user with its server
 */
export function hiddenObject(type: ObjectType, values: FieldValues, account: string): Failure {
  return failure('phone-hidden', { what: `${objectId(type, values)} exists, but ${account} may not view it.` });
}

/** A phone login that a phone of the system has. */
export function loginInUse(login: string, phone = 'a phone of this system'): Failure {
  const what = `phone_login "${login}" is in use by ${phone}.`;
  return failure('login-taken', { what, field: 'phone_login' });
}

/** A template that the system does not have. */
export function templateNotFound(template: string): Failure {
  const what = `The system has no configuration template "${template}".`;
  return failure('template-not-found', { what, field: 'template_id' });
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
