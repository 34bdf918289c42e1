/** Which objects of a plan have, take or leave an identity, and which of them are in conflict over it. */
import { identityKey } from '../../model/identity';
import {
  keyConflict,
  keySituation,
  loginConflict,
  loginSituation,
  type Action,
  type ConflictCode,
  type Party,
  type Role,
  type Situation,
} from './rules';

export type ObjectType = 'phone' | 'phone_alias';

/** An object that this walk has planned. Prior values are undefined for a new object, and where state has none. */
export interface PlannedObject {
  readonly id: number;
  readonly type: ObjectType;
  action: Action;
  readonly priorKey: string | undefined;
  readonly key: string | undefined;
  readonly priorLogin: string | undefined;
  readonly login: string | undefined;
  /** The objects with which it is in conflict over a key. */
  readonly rivals: Set<PlannedObject>;
}

/** An identity that no two objects of a type may share: the key, or the login of a phone. */
export type IdentityKind = 'key' | 'login';

export interface Clash {
  readonly code: ConflictCode;
  readonly situation: Situation;
  readonly other: PlannedObject;
}

export class Claims {
  readonly #roles = new Map<string, Map<PlannedObject, Set<Role>>>();

  /**
   * Notes what an object does with an identity.
   *
   * @param imported whether this walk has imported an object with the key
   * @returns the conflicts with the objects that were seen before
   */
  claim(object: PlannedObject, kind: IdentityKind, identity: string, role: Role, imported = false): Clash[] {
    const claims = this.#claimsOf(object.type, kind, identity);
    const own = claims.get(object) ?? new Set();
    claims.set(object, own);
    if (own.has(role)) return [];
    own.add(role);
    if (claims.size === 1) return [];
    return [...claims].flatMap(([other, roles]) =>
      other === object ? [] : [...roles].flatMap((theirs) => clash(kind, imported, [object, role], [other, theirs])),
    );
  }

  /** The objects that leave an identity which no object has afterwards. */
  leavers(type: ObjectType, kind: IdentityKind, identity: string): PlannedObject[] {
    const claims = [...(this.#roles.get(place(type, kind, identity)) ?? [])];
    return claims.every(([, roles]) => [...roles].every((role) => role === 'leave'))
      ? claims.map(([object]) => object)
      : [];
  }

  #claimsOf(type: ObjectType, kind: IdentityKind, identity: string): Map<PlannedObject, Set<Role>> {
    const at = place(type, kind, identity);
    const claims = this.#roles.get(at) ?? new Map<PlannedObject, Set<Role>>();
    this.#roles.set(at, claims);
    return claims;
  }
}

type Claim = readonly [PlannedObject, Role];

function clash(kind: IdentityKind, imported: boolean, own: Claim, other: Claim): Clash[] {
  const [[object, role], [rival, theirs]] = [own, other];
  if (kind === 'key') {
    const code = keyConflict(role, theirs);
    if (!code) return [];
    object.rivals.add(rival);
    rival.rivals.add(object);
    return [{ code, situation: keySituation(party(kind, own), party(kind, other), imported), other: rival }];
  }
  const code = loginConflict(role, theirs);
  // One cause, one failure: a renamed address collides in its key, and in its login too.
  if (!code || object.rivals.has(rival)) return [];
  return [{ code, situation: loginSituation(party(kind, own), party(kind, other)), other: rival }];
}

function party(kind: IdentityKind, [object, role]: Claim): Party {
  const [before, after] =
    kind === 'key' ? [object.priorKey, object.key] : [object.priorLogin, object.login ?? object.priorLogin];
  return { action: object.action, role, before: fold(before), after: fold(after) };
}

function fold(identity: string | undefined): string | undefined {
  return identity === undefined ? undefined : identityKey(identity);
}

function place(type: ObjectType, kind: IdentityKind, identity: string): string {
  return `${type} ${kind} ${identityKey(identity)}`;
}
