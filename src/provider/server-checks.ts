/** What a plan asks the server about one object: whether keys and logins are free, and what the API user may do. */
import { failure, properties, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { unknown, type Value } from '../terraform/value';
import type { AliasPhones } from './alias-phones';
import type { RunContext } from './context';
import { hasErrors } from './failure-list';
import { questionedObject } from './identities';
import { requireMoved } from './moved-servers';
import type { Planned, Questions } from './ledger/events';
import { createFailures, withoutUncreatable } from './plan';
import { deleteUnchecked, isTaken, failuresOf, knownObject, type Preflight } from './preflight';
import { isKeyKnown, type DecodedObject } from './resource-values';
import { existsInState, verdictFailures } from './verdict-failures';

interface AdoptionCheck {
  readonly failures: readonly Failure[];
  /** Unknown where the server cannot be asked yet. */
  readonly adopted: Value;
}

export class ServerChecks {
  constructor(
    private readonly type: ObjectType,
    private readonly context: RunContext,
  ) {}

  /** After the first apply of a process nothing is checked on the server: the operations themselves show it. */
  async preflight(): Promise<Preflight | undefined> {
    return this.context.isApplying ? undefined : this.context.preflight();
  }

  /** The new key of a replacement, while the object still has the old one. */
  async newKey(
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
    return this.login(preflight, desired.values, questions, prior);
  }

  /**
   * A new object, or one that exists and may be adopted.
   *
   * @param isRefused whether the plan fails already
   */
  async create(
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
    if (!object) return this.login(preflight, desired.values, questions);
    const isCombined = questions.ownKey === undefined;
    const failures = (await failuresOf(() => preflight.checkKey(isCombined ? object : withoutLogin(object)))).map(
      (each) => this.#inState(each, object),
    );
    if (isCombined || failures.length > 0) return failures;
    return this.login(preflight, desired.values, questions);
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
      failures: [warning, ...local, ...server, ...(await this.login(preflight, values, questions))],
      adopted: true,
    };
  }

  /**
   * @param values of a phone of the server in question
   * @param prior of the object itself
   */
  async login(
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

  /** An object whose server has another address now: it must be there, and nowhere else. */
  async moved(prior: FieldValues, moved: FieldValues): Promise<readonly Failure[]> {
    const { type, context } = this;
    const preflight = await this.preflight();
    return preflight ? failuresOf(() => requireMoved(context, type, prior, moved)) : [];
  }

  /**
   * What is wrong with a new object that takes the place of one with the same key, which the API may not be able to create.
   *
   * @param valid what is wrong with the configuration
   */
  async replacement(desired: DecodedObject, valid: readonly Failure[]): Promise<readonly Failure[]> {
    if (!valid.some(({ code }) => code === 'required-arguments-missing') || !(await this.context.hasReader()))
      return valid;
    const { stored = {} } = await this.context.observe(objectRef(this.type, desired.values));
    return withoutUncreatable(this.type, desired, stored, valid);
  }

  /**
   * Warnings about an object and the other objects of the plan, in whichever order they are planned: what they share, and the
   * phones of a phone alias. To be asked once for each object.
   *
   * @param values of the object as it will be
   */
  async related(values: FieldValues): Promise<readonly Failure[]> {
    const { aliasPhones, sharedValues, isApplying } = this.context;
    if (isApplying) return [];
    const shared = sharedValues.plan(this.type, values);
    return [...shared, ...(await this.#aliasPhones(aliasPhones, values))];
  }

  async #aliasPhones(aliasPhones: AliasPhones, values: FieldValues): Promise<readonly Failure[]> {
    if (this.type.loginField !== undefined) return aliasPhones.planPhone(values);
    const { phone_logins: logins } = values;
    // Only the database shows them, and a plan that changes nothing must not open another reader for them.
    const preflight = this.context.usesDatabase ? await this.preflight() : undefined;
    return aliasPhones.planAlias(
      values,
      await preflight?.listedPhones(Array.isArray(logins) ? logins.map(String) : []),
    );
  }

  /** An object that is deleted, by itself or to be replaced. */
  async delete(prior: FieldValues): Promise<readonly Failure[]> {
    const { type, context } = this;
    if (context.isApplying) return [];
    const preflight = await context.preflight();
    if (!preflight) return [deleteUnchecked(type, prior)];
    return failuresOf(() => preflight.delete(type, prior, () => context.identities.existingLogins(type, prior)));
  }
}

/** Whether an object exists, or why that is not known. */
async function existence(
  preflight: Preflight,
  object: ObjectRef,
): Promise<{ readonly exists: boolean; readonly failures: readonly Failure[] }> {
  let exists = false;
  const failures = await failuresOf(async () => {
    exists = await isTaken(preflight, object);
  });
  return { exists, failures };
}

/** Only its key is checked. */
function withoutLogin({ type, key, id }: ObjectRef): ObjectRef {
  return { type, key, id };
}

export const nothingAdopted: AdoptionCheck = { failures: [], adopted: null };
