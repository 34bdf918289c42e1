/**
 * The ledger of identities of one walk: which object of a plan has, takes or leaves which key and which phone login.
 * It finds the plans in which two objects would share one, and finds them in whichever order the engine makes its
 * calls: a conflict is reported when the second of the two objects is seen.
 *
 * **What it knows.** The calls of the walk, as the provider reports them (plugin-protocol.md, section 3, "What a
 * provider can tell from the calls"). Two calls are about one object when the second carries the marker of the first:
 * the planned_private of the first half of a replacement is the prior_private of its second half. Beyond that, an
 * object is recognised by the key of its prior state, and is planned once: a second planning with the same prior key is
 * another object with the same key.
 *
 * **What it cannot know**, and what follows:
 * - Addresses. A conflict names keys and logins.
 * - create_before_destroy. Every replacement is taken for one that deletes first: a new key with the same login is
 *   accepted, and fails in the apply where create_before_destroy is set.
 * - What this walk does not plan: objects outside `-target`, those of `-exclude`, of other provider blocks and states,
 *   and on the server only. For those the server is asked; `Planned.questions` says what.
 * - Forgotten objects (`removed`). Terraform upgrades their state and does no more. So state alone counts for nothing
 *   but adoption.
 * - A tainted object. It is planned as a creation without private data, as a new object is. It is taken for one where
 *   Read has found its key, and the object that was read has not been planned yet. Therefore:
 *   - A new object whose key is that of an object that was read and is planned later looks like a tainted one. The
 *     conflict is found when that other object is planned.
 *   - On OpenTofu a forgotten object is read, and not planned. A new object of its key, if planned after that, passes
 *     as a tainted one: its creation fails in the apply, with `phone-exists`, and nothing is lost.
 *   - { tainted a: K1 becomes K2, new b: K1 } and { tainted a keeps K1, new b: K2 } are the same calls, so the first
 *     is accepted where b is planned after the reading of a. Its apply may fail with `phone-exists`. Likewise
 *     { tainted a: K1 becomes K2, b: K1 in state too }: the deletion of a deletes the phone of b.
 *   - With `-refresh=false` nothing is read, and a taint is refused: the server says that the key exists.
 *   - Its prior key and login are not noted as leaving. Who takes them finds them on the server.
 * - What an unknown key or login comes out as. Such a creation is found out by the server, in the apply.
 *
 * **When it ends.** A provider cannot tell the plan walk from the apply walk, and plans again in the latter: creations
 * and updates before each Apply, in a new process, without Read or the private data of the plan. Up to the first Apply
 * that repeats a part of what was accepted, and is accepted again. After it, a second half has no marker, and what was
 * deleted may be created. So call `end()` at the *start* of the first Apply, before anything is awaited; from then on
 * nothing is noted and nothing reported. `WrittenKeys` guards the deletions of that time.
 * A process that is configured again (debug mode) starts another ledger, with another process id.
 */
import { identityKey } from '../../model/identity';
import { Claims, type Clash, type IdentityKind, type ObjectType, type PlannedObject } from './claims';
import type { Desired, Planned, PlannedCreate, Questions, Stored, Verdict, VerdictCode } from './events';
import { ListedLogins } from './listed-logins';
import { objectKey } from './object-key';
import type { Action, Role, Situation } from './rules';
import { Sightings } from './sightings';

export class Ledger {
  readonly #claims = new Claims();
  readonly #sightings = new Sightings();
  readonly #listed = new ListedLogins();
  readonly #objects = new Map<string, PlannedObject>();
  /** The planned adoptions, by type and folded key. */
  readonly #adopted = new Map<string, PlannedObject>();
  #ended = false;

  /** @param processId of this process and this configuration only: it distinguishes the markers of this walk */
  constructor(private readonly processId: string) {}

  /** UpgradeResourceState: an object is in state. Whether it will be planned is not known. */
  priorState(object: Stored): Verdict[] {
    return this.#sighted(object, 'stored');
  }

  /**
   * ReadResource has found an object on the server, hidden or not, and the login that it returns for it. One that is
   * gone is not reported: the engine plans a new one.
   */
  found(object: Stored): Verdict[] {
    return this.#sighted(object, 'found');
  }

  /** ImportResourceState. */
  imported(object: Stored): Verdict[] {
    return this.#sighted(object, 'imported');
  }

  /**
   * Plans an object with null prior state: new, tainted, or the second half of a replacement.
   *
   * @param priorPrivate the marker in prior_private, if there is one
   * @param adoptExisting the setting of the provider
   */
  planCreate(type: ObjectType, desired: Desired, priorPrivate?: string, adoptExisting = false): PlannedCreate {
    const first = priorPrivate === undefined ? undefined : this.#objects.get(priorPrivate);
    if (first) return { ...this.#planSecondHalf(first, desired, adoptExisting), createdAs: 'second-half' };
    const { key, login } = desired;
    const tainted = key !== undefined && !this.#ended && this.#sightings.isTainted(type, key);
    const priorLogin = tainted ? this.#sightings.of(type, key).login : undefined;
    const object = this.#plan(type, 'create', undefined, desired);
    if (tainted) this.#sightings.of(type, key).planned += 1;
    const errors = [
      ...this.#claim(object, 'key', key, 'take'),
      ...this.#claim(object, 'login', login, 'take'),
      ...(tainted && adoptExisting ? [this.#verdict(object, 'exists', 'adopts-stored', key)] : []),
    ];
    const questions = tainted
      ? loginQuestion(login, { key, login: priorLogin })
      : { ...(key === undefined ? {} : { key }), ...loginQuestion(login) };
    return { ...this.#planned(object, errors, desired, questions), createdAs: tainted ? 'tainted' : 'new' };
  }

  /**
   * The server says that the key in `questions` exists, and the provider plans to adopt it. The login is then asked
   * about as one that may be its own.
   *
   * @param marker as `planCreate` or `planReplace` returned it
   */
  planAdoption(marker: string): Verdict[] {
    const object = this.#objects.get(marker);
    if (this.#ended || object?.key === undefined) return [];
    this.#adopted.set(objectKey(object.type, object.key), object);
    return this.#sightings.isStored(object.type, object.key)
      ? [this.#verdict(object, 'exists', 'adopts-stored', object.key)]
      : [];
  }

  /**
   * Plans an object that keeps its key, in any spelling: no change, or an update.
   *
   * @param key that it has on the server, where the state has an earlier one: nothing is deleted or created for it
   */
  planUpdate(prior: Stored, desired: Omit<Desired, 'key'>, key = prior.key): Planned {
    const object = this.#plan(prior.type, 'keep', prior, { ...desired, key });
    const errors = [
      ...(key === prior.key ? [] : this.#claim(object, 'key', prior.key, 'leave')),
      ...this.#claim(object, 'key', key, 'stay'),
      ...this.#claimLogins(object, 'stay'),
    ];
    const unchanged = desired.login !== undefined && isSame(desired.login, prior.login);
    return this.#planned(object, errors, desired, unchanged ? {} : loginQuestion(desired.login, { ...prior, key }));
  }

  /** Plans an object that gets another key: the first half of a replacement. The new key is unknown where undefined. */
  planReplace(prior: Stored, desired: Desired): Planned {
    const object = this.#plan(prior.type, 'rekey', prior, desired);
    const errors = [
      ...(desired.key === undefined ? [this.#verdict(object, 'key-unknown', 'key-unknown', undefined)] : []),
      ...this.#claim(object, 'key', prior.key, 'leave'),
      ...this.#claim(object, 'key', desired.key, 'take'),
      ...this.#claimLogins(object, 'renew'),
    ];
    const questions = {
      ...(desired.key === undefined ? {} : { key: desired.key }),
      ...loginQuestion(desired.login, prior),
    };
    return this.#planned(object, errors, desired, questions);
  }

  /** Plans a deletion, also of a deposed object. */
  planDelete(prior: Stored): Planned {
    const object = this.#plan(prior.type, 'delete', prior, { key: undefined });
    const errors = [
      ...this.#claim(object, 'key', prior.key, 'leave'),
      ...this.#claim(object, 'login', prior.login, 'leave'),
    ];
    return this.#planned(object, errors, {}, {});
  }

  /** Apply has started: nothing is noted from now on, and nothing reported. */
  end(): void {
    this.#ended = true;
  }

  /** The first half has noted all but this: that the object is deleted and added again, where the key is the same. */
  #planSecondHalf(object: PlannedObject, { login }: Desired, adoptExisting: boolean): Planned {
    if (object.action === 'rekey' || this.#ended) return this.#planned(object, [], {}, {});
    object.action = 'replace';
    const unchanged = login !== undefined && isSame(login, object.priorLogin);
    const errors = [
      ...(unchanged ? this.#claim(object, 'login', login, 'renew') : []),
      ...(adoptExisting ? [this.#verdict(object, 'exists', 'adopts-itself', object.key)] : []),
    ];
    const prior = { key: object.priorKey, login: object.priorLogin };
    return this.#planned(object, errors, {}, unchanged ? loginQuestion(login, prior) : {});
  }

  #sighted(object: Stored, what: 'stored' | 'found' | 'imported'): Verdict[] {
    if (this.#ended) return [];
    const { type, key, login } = object;
    const sighting = this.#sightings.of(type, key);
    sighting[what] += 1;
    // A forgotten object is not read: what it has in state says nothing of a tainted one with its key.
    if (what === 'found') sighting.login = login;
    const adopter = this.#adopted.get(objectKey(type, key));
    if (!adopter) return [];
    const code = existsCode(type);
    return [
      { code, situation: 'adopts-stored', type, key, identity: key, otherKey: adopter.key, otherAction: 'create' },
    ];
  }

  #plan(type: ObjectType, action: Action, prior: Stored | undefined, { key, login }: Desired): PlannedObject {
    const object: PlannedObject = {
      id: this.#objects.size + 1,
      type,
      action,
      priorKey: prior?.key,
      key,
      priorLogin: prior?.login,
      login,
      rivals: new Set(),
    };
    this.#objects.set(this.#marker(object), object);
    if (prior && !this.#ended) this.#sightings.of(type, prior.key).planned += 1;
    return object;
  }

  /**
   * @param whenSame what an object does with a login that it keeps. One whose new login is not known, or not set, keeps
   *   the old one in an update; a replacement without a known login leaves it.
   */
  #claimLogins(object: PlannedObject, whenSame: 'stay' | 'renew'): Verdict[] {
    const { login, priorLogin } = object;
    if (login === undefined) return this.#claim(object, 'login', priorLogin, whenSame === 'stay' ? 'stay' : 'leave');
    if (isSame(login, priorLogin)) return this.#claim(object, 'login', login, whenSame);
    return [...this.#claim(object, 'login', priorLogin, 'leave'), ...this.#claim(object, 'login', login, 'take')];
  }

  #claim(object: PlannedObject, kind: IdentityKind, identity: string | undefined, role: Role): Verdict[] {
    if (identity === undefined || this.#ended) return [];
    const imported = kind === 'key' && this.#sightings.of(object.type, identity).imported > 0;
    return this.#claims
      .claim(object, kind, identity, role, imported)
      .map(({ code, situation, other }: Clash) => this.#verdict(object, code, situation, identity, other));
  }

  #verdict(
    object: PlannedObject,
    code: Clash['code'] | 'key-unknown' | 'login-still-listed',
    situation: Situation,
    identity: string | undefined,
    other?: PlannedObject,
  ): Verdict {
    return {
      code: code === 'exists' ? existsCode(object.type) : code,
      situation,
      type: object.type,
      key: object.priorKey ?? object.key,
      action: object.action,
      identity,
      ...(other ? { otherKey: other.priorKey ?? other.key, otherAction: other.action } : {}),
    };
  }

  #planned(
    object: PlannedObject,
    errors: readonly Verdict[],
    { logins = [] }: Pick<Desired, 'logins'>,
    questions: Questions,
  ): Planned {
    const marker = this.#marker(object);
    if (this.#ended) return { marker, errors: [], warnings: [], questions: {} };
    return { marker, errors: onePerCode(errors), warnings: this.#warnings(object, logins), questions };
  }

  /** A phone alias lists a login that a phone of this plan leaves, in either order of the two. */
  #warnings(object: PlannedObject, logins: readonly string[]): Verdict[] {
    const warn = (login: string, other: PlannedObject) =>
      this.#verdict(object, 'login-still-listed', 'login-still-listed', login, other);
    for (const login of logins) this.#listed.add(object, login);
    if (object.type === 'phone_alias')
      return logins.flatMap((login) =>
        this.#claims
          .leavers('phone', 'login', login)
          .slice(0, 1)
          .map((phone) => warn(login, phone)),
      );
    const { priorLogin } = object;
    if (priorLogin === undefined || this.#claims.leavers('phone', 'login', priorLogin).length === 0) return [];
    return this.#listed.of(priorLogin).map((alias) => warn(priorLogin, alias));
  }

  #marker({ id }: PlannedObject): string {
    return `${this.processId}:${id}`;
  }
}

/**
 * What to ask about a login that is sent. The one that a phone has by state, or may have, is asked about too where the
 * phone is added again: another phone may have got it by hand.
 */
function loginQuestion(login: string | undefined, prior?: Desired): Questions {
  if (login === undefined) return {};
  const mayBeOwn = prior?.key !== undefined && (prior.login === undefined || isSame(login, prior.login));
  return mayBeOwn ? { login, ownKey: prior.key } : { login };
}

/** A shift of a list meets two neighbours, and says the same of both. */
function onePerCode(verdicts: readonly Verdict[]): Verdict[] {
  return [...new Map([...verdicts].reverse().map((verdict) => [verdict.code, verdict])).values()].reverse();
}

function existsCode(type: ObjectType): VerdictCode {
  return type === 'phone' ? 'phone-exists' : 'alias-exists';
}

function isSame(a: string, b: string | undefined): boolean {
  return b !== undefined && identityKey(a) === identityKey(b);
}
