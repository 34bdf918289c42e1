/**
 * Plans the objects of a type: validation, the ledger of identities, the rules for deletes, and the checks on the server,
 * in this order. The same questions get the same answers in any order of calls (plugin-protocol.md, section 3).
 */
import { failure, properties, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { unknown, type ObjectValue, type Value } from '../terraform/value';
import type { RunContext } from './context';
import { deleteFailures, systemMismatch } from './delete-rules';
import { hasErrors, unique } from './failure-list';
import { questionedObject } from './identities';
import type { Planned, Questions } from './ledger/events';
import { changedKeys, createFailures, lostFields, plannedCreate, planUpdate, updateFailures } from './plan';
import { deleteUnchecked, failuresOf, knownObject, type Preflight } from './preflight';
import { decodeObject, isKeyKnown, ownValues, pick, type DecodedObject } from './resource-values';
import { existsInState, verdictFailures } from './verdict-failures';

/** The marker of a planned delete of an object that did not exist when it was planned. */
export const notFoundMarker = 'not-found';

export interface PlanOutcome {
  readonly planned: ObjectValue | null;
  /** For planned_private: recognises the second half of a replacement, and reaches the delete. Never stored. */
  readonly marker: string;
  readonly failures: readonly Failure[];
  readonly changedKeys?: readonly string[];
}

interface AdoptionCheck {
  readonly failures: readonly Failure[];
  /** Unknown where the server cannot be asked yet. */
  readonly adopted: Value;
}

export class Planner {
  constructor(
    private readonly type: ObjectType,
    private readonly context: RunContext,
  ) {}

  /** Plans an object without prior state: a new one, a tainted one, or the second half of a replacement. */
  async create(config: ObjectValue, marker: string): Promise<PlanOutcome> {
    const { type, context } = this;
    const desired = decodeObject(type, config);
    const planned = context.identities.planCreate(type, desired, marker, context.adoptsExisting);
    const replaced = planned.createdAs === 'new' ? undefined : context.identities.ownValues(type, desired.values);
    const local = [
      ...this.#verdicts(planned),
      ...(replaced ? deleteFailures(context, type, desired.values, replaced) : []),
      ...(planned.createdAs === 'tainted' ? lostFields(type, desired) : []),
    ];
    const { adoptsExisting } = context;
    const valid = createFailures(type, desired, adoptsExisting ? 'either' : 'create', context.characterOptions);
    const asksServer = !hasErrors(valid);
    const server = asksServer ? await this.#checkCreate(desired, planned, hasErrors(local)) : nothingAdopted;
    const own = { system: context.system ?? unknown, adopted: server.adopted };
    const failures = [...valid, ...local, ...server.failures];
    return { planned: plannedCreate(type, config, desired, own), marker: planned.marker, failures: unique(failures) };
  }

  /** Plans an object that changes: an update, or the first half of a replacement. */
  async change(config: ObjectValue, priorState: ObjectValue): Promise<PlanOutcome> {
    const desired = decodeObject(this.type, config);
    const prior = decodeObject(this.type, priorState).values;
    const keys = changedKeys(this.type, desired, prior);
    return keys.length > 0
      ? this.#replace(config, priorState, desired, prior, keys)
      : this.#update(config, priorState, desired, prior);
  }

  /** Notes an object that does not change, of which only the identity is read. */
  unchanged(object: DecodedObject): Pick<PlanOutcome, 'marker' | 'failures'> {
    const planned = this.context.identities.planUpdate(this.type, object.values, object);
    return { marker: planned.marker, failures: this.#verdicts(planned) };
  }

  /** Plans a delete. An object that does not exist any more is not deleted, and nothing forbids that. */
  async delete(priorState: ObjectValue): Promise<PlanOutcome> {
    const { type, context } = this;
    const prior = decodeObject(type, priorState).values;
    const own = ownValues(priorState);
    const isOther = context.isOtherSystem(own.system);
    const preflight = await this.#preflight();
    if (preflight && !isOther && (await preflight.isNotFound(objectRef(type, prior)))) {
      return { planned: null, marker: notFoundMarker, failures: [] };
    }
    const planned = context.identities.planDelete(type, prior);
    const local = [...this.#verdicts(planned), ...deleteFailures(context, type, prior, own)];
    const server = hasErrors(local) ? [] : await this.#checkDelete(prior);
    return { planned: null, marker: planned.marker, failures: unique([...local, ...server]) };
  }

  async #update(
    config: ObjectValue,
    priorState: ObjectValue,
    desired: DecodedObject,
    prior: FieldValues,
  ): Promise<PlanOutcome> {
    const { type, context } = this;
    const planned = context.identities.planUpdate(type, prior, desired);
    const update = planUpdate(type, config, priorState, desired, prior, context.system);
    const valid = updateFailures(type, desired.values, update.changed, context.characterOptions);
    const mismatch = update.changed.length > 0 && systemMismatch(context, type, prior, ownValues(priorState));
    const local = [...this.#verdicts(planned), ...(mismatch ? [mismatch] : [])];
    const preflight = update.changed.length > 0 && !hasErrors(valid) && !mismatch ? await this.#preflight() : undefined;
    const server = preflight
      ? [
          ...(await failuresOf(() => preflight.update(type, pick(desired.values, update.changed)))),
          ...(await this.#checkLogin(preflight, prior, planned.questions, prior)),
        ]
      : [];
    const failures = unique([...valid, ...local, ...server]);
    return { planned: update.planned, marker: planned.marker, failures };
  }

  async #replace(
    config: ObjectValue,
    priorState: ObjectValue,
    desired: DecodedObject,
    prior: FieldValues,
    keys: readonly string[],
  ): Promise<PlanOutcome> {
    const { type, context } = this;
    const planned = context.identities.planReplace(type, prior, desired);
    const forbidden = deleteFailures(context, type, prior, ownValues(priorState));
    const local = [...this.#verdicts(planned), ...forbidden, ...lostFields(type, desired)];
    // The server is asked whatever the ledger says: the failures must not depend on the order of calls.
    const preflight = forbidden.length > 0 ? undefined : await this.#preflight();
    const server = forbidden.length > 0 ? [] : await this.#checkDelete(prior);
    const newKey = preflight && !hasErrors(server) ? await this.#checkNewKey(preflight, desired, prior, planned) : [];
    const own = { system: context.system ?? unknown, adopted: null };
    const failures = unique([...local, ...server, ...newKey]);
    return { planned: plannedCreate(type, config, desired, own), marker: planned.marker, failures, changedKeys: keys };
  }

  /** The new key of a replacement, while the object still has the old one. */
  async #checkNewKey(
    preflight: Preflight,
    desired: DecodedObject,
    prior: FieldValues,
    planned: Planned,
  ): Promise<readonly Failure[]> {
    const { type, context } = this;
    const { questions } = planned;
    const object = questions.key === undefined ? undefined : knownObject(type, desired.values);
    if (object) {
      const found = await existence(preflight, withoutLogin(object));
      if (found.exists && context.adoptsExisting) {
        return verdictFailures(type, context.identities.planAdoption(planned.marker));
      }
      if (found.failures.length > 0) return found.failures;
      if (found.exists) return failuresOf(() => preflight.checkKey(withoutLogin(object)));
    }
    return this.#checkLogin(preflight, desired.values, questions, prior);
  }

  async #checkCreate(
    desired: DecodedObject,
    planned: Planned & { readonly createdAs: string },
    isRefused: boolean,
  ): Promise<AdoptionCheck> {
    const { type, context } = this;
    const preflight = await context.preflight();
    if (!preflight) return { failures: [], adopted: context.adoptsExisting && !isRefused ? unknown : null };
    if (isRefused && context.adoptsExisting) return nothingAdopted;
    const object = isKeyKnown(type, desired) ? knownObject(type, desired.values) : undefined;
    const { questions } = planned;
    // The call that finds out whether there is something to adopt answers for the login of a new phone as well.
    const isCombined = !context.isApplying && questions.key !== undefined && questions.ownKey === undefined;
    if (object && context.adoptsExisting) {
      const found = await existence(preflight, isCombined ? object : withoutLogin(object));
      if (found.exists) return this.#adopt(preflight, desired, planned.marker);
      if (found.failures.length > 0) return { failures: found.failures, adopted: null };
    }
    if (context.isApplying) return nothingAdopted;
    const own = context.adoptsExisting ? createFailures(type, desired, 'create', context.characterOptions) : [];
    const failures = [...own, ...(await failuresOf(() => preflight.create(type, desired.values)))];
    const isChecked = hasErrors(failures) || (context.adoptsExisting && isCombined);
    const identity = isChecked ? [] : await this.#checkIdentity(preflight, desired, questions);
    return { failures: [...failures, ...identity], adopted: null };
  }

  /** Key and login of a new object. Where nothing is to be distinguished about the login, one call answers both. */
  async #checkIdentity(
    preflight: Preflight,
    desired: DecodedObject,
    questions: Questions,
  ): Promise<readonly Failure[]> {
    const object = questions.key === undefined ? undefined : knownObject(this.type, desired.values);
    if (!object) return this.#checkLogin(preflight, desired.values, questions);
    const isCombined = questions.ownKey === undefined;
    const failures = (await failuresOf(() => preflight.checkKey(isCombined ? object : withoutLogin(object)))).map(
      (each) => this.#inState(each, object),
    );
    if (isCombined || failures.length > 0) return failures;
    return this.#checkLogin(preflight, desired.values, questions);
  }

  /** An object that exists and is in state needs no import. */
  #inState(found: Failure, object: ObjectRef): Failure {
    const isStored = this.context.identities.ownValues(this.type, object.key) !== undefined;
    return isStored && properties(found).condition === 'already-exists'
      ? existsInState(this.type, object, found)
      : found;
  }

  /** An object that exists is adopted: what is sent is an update, and its login may be its own. */
  async #adopt(preflight: Preflight, desired: DecodedObject, marker: string): Promise<AdoptionCheck> {
    const { type, context } = this;
    const { values } = desired;
    const what = `The ${type.noun} ${objectId(type, values)} exists already.`;
    const warning = failure('existing-object-adopted', { what });
    if (context.isApplying) return { failures: [warning], adopted: true };
    const verdicts = verdictFailures(type, context.identities.planAdoption(marker));
    const valid = createFailures(type, desired, 'update', context.characterOptions);
    const local = [...verdicts, ...valid];
    if (hasErrors(local)) return { failures: [warning, ...local], adopted: true };
    const server = await failuresOf(() => preflight.update(type, values));
    const { loginField } = type;
    const login = loginField === undefined ? undefined : values[loginField];
    const questions = typeof login === 'string' ? { login, ownKey: objectId(type, values) } : {};
    return {
      failures: [warning, ...local, ...server, ...(await this.#checkLogin(preflight, values, questions))],
      adopted: true,
    };
  }

  /**
   * @param values of a phone of the server in question
   * @param prior of the object itself
   */
  async #checkLogin(
    preflight: Preflight,
    values: FieldValues,
    { login, ownKey }: Questions,
    prior?: FieldValues,
  ): Promise<readonly Failure[]> {
    const { type } = this;
    const phone = knownObject(type, values);
    if (login === undefined || !phone) return [];
    const object = prior ? objectRef(type, prior) : phone;
    const asked = ownKey === undefined ? object : questionedObject(type, ownKey);
    const storedLogin = this.#storedLogin(asked, prior);
    const owner = ownKey === undefined && storedLogin === undefined ? undefined : asked;
    return failuresOf(() => preflight.checkLogin({ login, phone, owner, storedLogin }));
  }

  #storedLogin({ key }: ObjectRef, prior: FieldValues | undefined): string | undefined {
    const { type, context } = this;
    return prior ? stringValue(prior, type.loginField ?? '') || undefined : context.identities.storedLogin(type, key);
  }

  async #checkDelete(prior: FieldValues): Promise<readonly Failure[]> {
    const { type, context } = this;
    if (context.isApplying) return [];
    const preflight = await context.preflight();
    if (!preflight) return [deleteUnchecked(type, prior)];
    return failuresOf(() => preflight.delete(type, prior, () => context.identities.existingLogins(type, prior)));
  }

  /** After the first apply of a process nothing is checked on the server: the operations themselves show it. */
  async #preflight(): Promise<Preflight | undefined> {
    return this.context.isApplying ? undefined : this.context.preflight();
  }

  #verdicts({ errors, warnings }: Planned): Failure[] {
    return verdictFailures(this.type, [...errors, ...warnings]);
  }
}

/** Whether an object exists, or why that is not known. */
async function existence(
  preflight: Preflight,
  object: ObjectRef,
): Promise<{ readonly exists: boolean; readonly failures: readonly Failure[] }> {
  let exists = false;
  const failures = await failuresOf(async () => {
    exists = await preflight.exists(object);
  });
  return { exists, failures };
}

/** Only its key is checked. */
function withoutLogin({ type, key, id }: ObjectRef): ObjectRef {
  return { type, key, id };
}

const nothingAdopted: AdoptionCheck = { failures: [], adopted: null };
