/**
 * Plans the objects of a type: validation, the ledger of identities, the rules for deletes, and the checks on the server,
 * in this order. The same questions get the same answers in any order of calls (plugin-protocol.md, section 3).
 */
import type { Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { keyFields, objectId, objectRef } from '../model/identity';
import { unknown, type ObjectValue } from '../terraform/value';
import type { RunContext } from './context';
import { deleteFailures, systemMismatch } from './delete-rules';
import { hasErrors, isWarning, unique } from './failure-list';
import type { Planned } from './ledger/events';
import { moveFirst, movedValues, observeMoved } from './moved-servers';
import type { Observation } from './observer';
import {
  changedKeys,
  createFailures,
  lostFields,
  plannedCreate,
  planUpdate,
  uncreatable,
  updateFailures,
} from './plan';
import { failuresOf, type Preflight } from './preflight';
import { decodeObject, ownValues, pick, type DecodedObject } from './resource-values';
import { nothingAdopted, ServerChecks } from './server-checks';
import { verdictFailures } from './verdict-failures';
import { decodeDesired, missingValues } from './write-only-values';

/** The marker of an object whose server has another address now. */
const movedMarker = 'moved';

/** The marker of a planned delete of an object that did not exist when it was planned. */
export const notFoundMarker = 'not-found';

export interface PlanOutcome {
  readonly planned: ObjectValue | null;
  /** For planned_private: recognises the second half of a replacement, and reaches the delete. Never stored. */
  readonly marker: string;
  readonly failures: readonly Failure[];
  readonly changedKeys?: readonly string[];
}

export class Planner {
  readonly #checks: ServerChecks;

  constructor(
    private readonly type: ObjectType,
    private readonly context: RunContext,
  ) {
    this.#checks = new ServerChecks(type, context);
  }

  /** Plans an object without prior state: a new one, a tainted one, or the second half of a replacement. */
  async create(config: ObjectValue, marker: string): Promise<PlanOutcome> {
    const { type, context } = this;
    const desired = decodeDesired(type, config, null);
    // The second half of a replacement whose first half moves the object.
    if (marker === movedMarker) return { planned: config, marker, failures: [moveFirst(type, desired.values)] };
    const planned = context.identities.planCreate(type, desired, marker, context.adoptsExisting);
    const replaced = planned.createdAs === 'new' ? undefined : context.identities.ownValues(type, desired.values);
    const local = [
      ...this.#verdicts(planned),
      ...(replaced ? deleteFailures(context, type, desired.values, replaced) : []),
      ...(planned.createdAs === 'tainted' ? lostFields(type, desired) : []),
    ];
    const { adoptsExisting } = context;
    const own = [
      ...missingValues(type, config, null),
      ...createFailures(type, desired, adoptsExisting ? 'either' : 'create', context.characterOptions),
    ];
    // Terraform drops the warnings of a second half, so the first one has them (plugin-protocol.md, section 3).
    const isSecondHalf = planned.createdAs === 'second-half';
    const checked = isSecondHalf ? own.filter((each) => !isWarning(each)) : own;
    const valid = replaced ? await this.#checks.replacement(desired, checked) : checked;
    const asksServer = !hasErrors(valid);
    const server = asksServer ? await this.#checks.create(desired, planned, hasErrors(local)) : nothingAdopted;
    const replaces = replaced && !hasErrors(local) ? await this.#checks.delete(desired.values) : [];
    const attributes = { system: context.system ?? unknown, adopted: server.adopted };
    const object = plannedCreate(type, config, desired, attributes, context.unset);
    const related = hasErrors(valid) || isSecondHalf ? [] : await this.#checks.related(desired.values);
    const failures = unique([...valid, ...local, ...replaces, ...server.failures, ...related]);
    return { planned: object, marker: planned.marker, failures };
  }

  /** Plans an object that changes: an update, or the first half of a replacement. */
  async change(config: ObjectValue, priorState: ObjectValue): Promise<PlanOutcome> {
    const desired = decodeDesired(this.type, config, priorState);
    const prior = decodeObject(this.type, priorState).values;
    const moved = this.#movedValues(prior);
    if (moved) return this.#move(config, priorState, desired, prior, moved);
    const keys = changedKeys(this.type, desired, prior);
    return keys.length > 0
      ? this.#replace(config, priorState, decodeDesired(this.type, config, null), prior, keys)
      : this.#update(config, priorState, desired, prior, this.context.identities.planUpdate(this.type, prior, desired));
  }

  /** Notes an object that does not change, of which only the identity is read. */
  async unchanged(object: DecodedObject): Promise<Pick<PlanOutcome, 'marker' | 'failures'>> {
    if (this.#movedValues(object.values)) return { marker: '', failures: [moveFirst(this.type, object.values)] };
    const planned = this.context.identities.planUpdate(this.type, object.values, object);
    const related = await this.#checks.related(object.values);
    return { marker: planned.marker, failures: [...this.#verdicts(planned), ...related] };
  }

  /** Plans a delete. An object that does not exist any more is not deleted, and nothing forbids that. */
  async delete(priorState: ObjectValue): Promise<PlanOutcome> {
    const { type, context } = this;
    const prior = decodeObject(type, priorState).values;
    const own = ownValues(priorState);
    const isOther = context.isOtherSystem(own.system);
    const moved = this.#movedValues(prior);
    const preflight = isOther ? undefined : await this.#checks.preflight();
    if (preflight && (await this.#observe(preflight, prior, moved)).found === 'not-found') {
      return { planned: null, marker: notFoundMarker, failures: [] };
    }
    if (moved) return { planned: null, marker: '', failures: [moveFirst(type, prior)] };
    const planned = context.identities.planDelete(type, prior);
    const local = [...this.#verdicts(planned), ...deleteFailures(context, type, prior, own)];
    const server = hasErrors(local) ? [] : await this.#checks.delete(prior);
    return { planned: null, marker: planned.marker, failures: unique([...local, ...server]) };
  }

  /** Plans an object whose server has another address now. The configuration must have that too. */
  async #move(
    config: ObjectValue,
    priorState: ObjectValue,
    desired: DecodedObject,
    prior: FieldValues,
    moved: FieldValues,
  ): Promise<PlanOutcome> {
    const { type, context } = this;
    if (changedKeys(type, desired, moved).length > 0) {
      return { planned: priorState, marker: '', failures: [moveFirst(type, prior)] };
    }
    // Also where nothing is sent: the state would have the key of a phone of this system.
    const mismatch = systemMismatch(context, type, prior, ownValues(priorState));
    if (mismatch) return { planned: priorState, marker: '', failures: [mismatch] };
    const planned = context.identities.planUpdate(type, prior, desired, moved);
    const update = await this.#update(config, priorState, desired, moved, planned);
    const failures = unique([...(await this.#checks.moved(prior, moved)), ...update.failures]);
    const own = { ...pick(config, keyFields(type)), id: objectId(type, desired.values), adopted: true };
    return { planned: { ...update.planned, ...own }, marker: movedMarker, failures };
  }

  /** @param prior the values of the object on the server, whose key is not always that of the state */
  async #update(
    config: ObjectValue,
    priorState: ObjectValue,
    desired: DecodedObject,
    prior: FieldValues,
    planned: Planned,
  ): Promise<PlanOutcome> {
    const { type, context } = this;
    const update = planUpdate(type, config, priorState, desired, prior, context.system);
    const valid = [
      ...missingValues(type, config, priorState),
      ...updateFailures(type, desired.values, update.changed, context.characterOptions),
    ];
    const mismatch = update.changed.length > 0 && systemMismatch(context, type, prior, ownValues(priorState));
    const local = [...this.#verdicts(planned), ...(mismatch ? [mismatch] : [])];
    const preflight =
      update.changed.length > 0 && !hasErrors(valid) && !mismatch ? await this.#checks.preflight() : undefined;
    const server = preflight
      ? [
          ...(await failuresOf(() => preflight.update(type, pick(desired.values, update.changed)))),
          ...(await this.#checks.login(preflight, prior, planned.questions, prior)),
        ]
      : [];
    const values = { ...decodeDesired(type, update.planned, priorState).values, ...pick(prior, keyFields(type)) };
    const related = await this.#checks.related(values);
    const failures = unique([...valid, ...local, ...server, ...related]);
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
    const observed = (await context.hasReader()) ? prior : undefined;
    const local = [
      ...this.#verdicts(planned),
      ...forbidden,
      ...uncreatable(type, desired, prior),
      ...lostFields(type, desired, observed),
      ...createFailures(type, desired, 'create', context.characterOptions).filter(isWarning),
      ...(await this.#checks.related(desired.values)),
    ];
    // The server is asked whatever the ledger says: the failures must not depend on the order of calls.
    const preflight = forbidden.length > 0 ? undefined : await this.#checks.preflight();
    const server = forbidden.length > 0 ? [] : await this.#checks.delete(prior);
    const newKey = preflight && !hasErrors(server) ? await this.#checks.newKey(preflight, desired, prior, planned) : [];
    const own = { system: context.system ?? unknown, adopted: null };
    const failures = unique([...local, ...server, ...newKey]);
    const object = plannedCreate(type, config, desired, own, context.unset);
    return { planned: object, marker: planned.marker, failures, changedKeys: keys };
  }

  #observe(preflight: Preflight, prior: FieldValues, moved: FieldValues | undefined): Promise<Observation> {
    const { type, context } = this;
    return moved ? observeMoved(context, type, prior, moved) : preflight.observe(objectRef(type, prior));
  }

  #movedValues(values: FieldValues): FieldValues | undefined {
    return movedValues(this.type, values, this.context.movedServers);
  }

  #verdicts({ errors, warnings }: Planned): Failure[] {
    return verdictFailures(this.type, [...errors, ...warnings]);
  }
}
