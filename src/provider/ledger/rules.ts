/**
 * When two objects of one plan cannot have one identity. Pure tables: symmetric, so that the answer does not depend on
 * which of the two is seen first.
 */

/** What a plan does with an object. `rekey` replaces it under another key, `replace` under the same one. */
export type Action = 'create' | 'keep' | 'rekey' | 'replace' | 'delete';

/**
 * What a plan does with one identity of an object.
 *
 * - `take`: it is sent to the server as that of an object which does not have it yet.
 * - `renew`: the object has it, is deleted, and is added again with it.
 * - `stay`: the object has it before and after.
 * - `leave`: the object has it before and not after.
 */
export type Role = 'take' | 'renew' | 'stay' | 'leave';

export type ConflictCode = 'duplicate-in-plan' | 'exists' | 'stored-twice' | 'login-taken';

/**
 * The conflict of two objects over one key. `exists` is what the server says too where it is asked before the other
 * object is seen. A key is never renewed: where it comes again with the same object, it stays.
 *
 * stay + leave is one: the deletion would delete the phone of the object that stays.
 */
export function keyConflict(a: Role, b: Role): ConflictCode | undefined {
  if (a === 'take' && b === 'take') return 'duplicate-in-plan';
  if (a === 'take' || b === 'take') return 'exists';
  return a === 'leave' && b === 'leave' ? undefined : 'stored-twice';
}

/**
 * The conflict of two objects over one login. The server checks a login where it is sent, and only there: two phones
 * that have one login already can stay, and either can leave it. take + leave is a conflict, as the order of the two
 * operations is not known.
 */
export function loginConflict(a: Role, b: Role): ConflictCode | undefined {
  if (a === 'take' && b === 'take') return 'duplicate-in-plan';
  return isSent(a) || isSent(b) ? 'login-taken' : undefined;
}

function isSent(role: Role): boolean {
  return role === 'take' || role === 'renew';
}

/** Why two objects are in conflict, as far as a message has to say different things. */
export type Situation =
  /** Two objects of this plan would take the key or login. */
  | 'planned-twice'
  /** The key is that of an object that this plan deletes: most often an address that was renamed without `moved`. */
  | 'key-of-deleted'
  /** The key is that of an object that gets another key in this plan, or is taken by one: a shift of `count`. */
  | 'key-shifted'
  /** Two objects exchange their keys. */
  | 'keys-swapped'
  /** The key is that of an object that keeps it. */
  | 'key-stays'
  /** Two objects have the key before and after, one of them imported by this plan. */
  | 'imported-twice'
  /** Two objects in state have the key, and keep it. */
  | 'stored-twice'
  /** Two objects in state have the key, and this plan deletes one of them, or gives it another key. */
  | 'stored-twice-one-leaves'
  /** With adopt_existing: the key that would be adopted is that of an object in state. A taint looks like it. */
  | 'adopts-stored'
  /** With adopt_existing: the second half of a replacement would adopt the phone that its first half deletes. */
  | 'adopts-itself'
  /** The login is that of a phone that this plan deletes. */
  | 'login-of-deleted'
  /** The login is that of a phone that gets another one in this plan. */
  | 'login-of-changed'
  /** Two phones exchange their logins. */
  | 'logins-swapped'
  /** The login is that of a phone that keeps it. */
  | 'login-stays'
  /** The new key of an object in state is not known yet: it would be deleted even where the key comes out the same. */
  | 'key-unknown'
  /** A warning: a phone leaves a login that a phone alias lists. */
  | 'login-still-listed';

/** What the situation depends on, of one of the two objects. Keys and logins are folded. */
export interface Party {
  readonly action: Action;
  readonly role: Role;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** @param imported whether this walk has imported an object with the key */
export function keySituation(a: Party, b: Party, imported: boolean): Situation {
  if (a.role === 'take' && b.role === 'take') return 'planned-twice';
  if (a.role !== 'take' && b.role !== 'take') {
    if (a.role === 'leave' || b.role === 'leave') return 'stored-twice-one-leaves';
    return imported ? 'imported-twice' : 'stored-twice';
  }
  const [taker, owner] = a.role === 'take' ? [a, b] : [b, a];
  if (owner.role === 'stay') return 'key-stays';
  if (areSwapped(a, b)) return 'keys-swapped';
  return taker.action === 'create' && owner.action === 'delete' ? 'key-of-deleted' : 'key-shifted';
}

export function loginSituation(a: Party, b: Party): Situation {
  if (a.role === 'take' && b.role === 'take') return 'planned-twice';
  const leaving = [a, b].find(({ role }) => role === 'leave');
  if (!leaving) return 'login-stays';
  if (areSwapped(a, b)) return 'logins-swapped';
  return leaving.action === 'delete' ? 'login-of-deleted' : 'login-of-changed';
}

function areSwapped(a: Party, b: Party): boolean {
  return a.before !== undefined && b.before !== undefined && a.before === b.after && a.after === b.before;
}
