/** The managed resource of a type of object. Its methods stand in the order of a resource's life. */
import { changedFields } from '../model/diff';
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef, parseObjectId } from '../model/identity';
import { observedValues } from '../model/observed-values';
import { validateValues } from '../model/validate';
import type { Diagnostic } from '../terraform/diagnostic';
import type {
  ApplyResult,
  CreateRequest,
  DeleteRequest,
  DeleteResult,
  ImportResult,
  NoOpPlanRequest,
  NoOpPlanResult,
  PlanRequest,
  PlanResult,
  ReadRequest,
  ReadResult,
  Resource,
  UpdateRequest,
} from '../terraform/provider';
import type { ResourceList } from '../terraform/list';
import type { ResourceIdentity } from '../terraform/resource-identity';
import type { Schema } from '../terraform/schema';
import type { ObjectValue } from '../terraform/value';
import type { LookupResult } from '../vicidial/api/lookup';
import type { RunContext } from './context';
import { adoptObject, createObject } from './create';
import { deleteObject } from './delete';
import { systemMismatch } from './delete-rules';
import { importedPrivate, importedValues, isImported, unreadableValues } from './imported-values';
import { movedValues, observeMoved, requireMoved } from './moved-servers';
import { notFoundMarker, Planner, type PlanOutcome } from './planner';
import { decodePlanData, encodePlanData } from './plan-data';
import { hiddenObject, knownObject } from './preflight';
import { objectIdentity } from './object-identity';
import { resourceSchema } from './resource-schema';
import { decodeIdentity, decodeObject, encodeFields, encodeObject, ownValues, pick } from './resource-values';
import { requireStoredKey } from './stored-key';
import { updateObject } from './update';
import { verdictFailures } from './verdict-failures';
import { verifyCreate } from './verification';
import { Writer } from './writer';
import {
  actualState,
  combinationFailures,
  decodeDesired,
  decodePlanned,
  requireValues,
  versionsOf,
  withoutWriteOnlyValues,
} from './write-only-values';

const noPrivateData = new Uint8Array();

/** What fails is thrown as a PhonestateError; the provider turns it into diagnostics. */
export class ManagedResource implements Resource {
  readonly schema: Schema;
  readonly identity: ResourceIdentity;

  /**
   * @param description Markdown, for the head of the resource's page
   * @param context the context of the current configuration
   * @param list of the objects that exist
   */
  constructor(
    private readonly type: ObjectType,
    description: string,
    private readonly context: () => RunContext,
    readonly list: ResourceList,
  ) {
    this.schema = resourceSchema(type, description);
    this.identity = objectIdentity(type);
  }

  validate(config: ObjectValue): Diagnostic[] {
    const context = this.context();
    const { values } = decodeDesired(this.type, config, null);
    const failures = [
      ...combinationFailures(this.type, config),
      ...validateValues(this.type, values, 'either', context.characterOptions),
    ];
    return [
      ...this.#report(context, context.leftToObjects.takeInvalid(), {}),
      ...this.#report(context, failures, values),
    ];
  }

  async plan({ config, prior, priorPrivate }: PlanRequest): Promise<PlanResult> {
    const context = this.context();
    const planner = new Planner(this.type, context);
    const subject = this.#decode(prior ?? config ?? {});
    return this.#withSubject(context, subject, async () => {
      if (config === null) return this.#planResult(context, subject, await planner.delete(prior ?? {}));
      const outcome =
        prior === null ? planner.create(config, decodePlanData(priorPrivate).marker) : planner.change(config, prior);
      return this.#planResult(context, subject, await outcome);
    });
  }

  async planNoOp({ prior }: NoOpPlanRequest): Promise<NoOpPlanResult | undefined> {
    const context = this.context();
    // Most plans of a removed object's siblings come here: nothing is decoded after the planning has ended.
    if (context.isApplying) return undefined;
    context.leftToObjects.requireValid();
    const object = decodeIdentity(this.type, prior());
    const { marker, failures } = await new Planner(this.type, context).unchanged(object);
    return { private: this.#planData(context, marker), diagnostics: this.#report(context, failures, object.values) };
  }

  async create(request: CreateRequest): Promise<ApplyResult> {
    const context = this.context();
    context.beginApply();
    const { planned } = request;
    const { values, unknown: unset } = decodePlanned(this.type, request);
    return this.#withSubject(context, values, async () => {
      requireValues(this.type, request);
      const writer = new Writer(context, objectRef(this.type, values));
      const { adopted } = ownValues(planned);
      const make = adopted ? adoptObject : createObject;
      const created = await context.identities.write(this.type, values, async () => {
        const made = await make(writer, this.type, values);
        // What is not complete has an error already, and is tainted.
        if (made.values !== values) return { ...made, stored: undefined };
        const { stored, failures } = await verifyCreate(writer, this.type, values);
        return { ...made, failures: [...made.failures, ...failures], stored };
      });
      const own = { ...ownValues(planned), system: context.system ?? null, adopted };
      const state = {
        ...encodeObject(this.type, withoutWriteOnlyValues(this.type, planned, created.values), own),
        ...versionsOf(this.type, planned),
        ...encodeFields(pick(observedValues(this.type, {}, created.stored ?? {}), [...unset])),
      };
      return { state, private: noPrivateData, diagnostics: this.#report(context, created.failures, values) };
    });
  }

  async read({ state, private: privateData }: ReadRequest): Promise<ReadResult> {
    const context = this.context();
    const values = this.#decode(state);
    return this.#withSubject(context, values, async () => {
      const moved = movedValues(this.type, values, context.movedServers);
      const {
        found,
        stored,
        unreadable = [],
      } = moved
        ? await observeMoved(context, this.type, values, moved)
        : await context.observe(objectRef(this.type, values));
      const limits = await context.readingWarnings();
      const own = ownValues(state);
      if (context.isOtherSystem(own.system)) return this.#readOther(context, state, values, found);
      if (found === 'not-found') return { state: null, diagnostics: this.#report(context, limits, {}) };
      if (found === 'hidden') throw new PhonestateError(hiddenObject(this.type, moved ?? values, context.account));
      const observed = stored ? observedValues(this.type, values, stored) : values;
      const imports = isImported(privateData);
      const shown = imports
        ? importedValues(this.type, observed, unreadable, context.characterOptions)
        : { values: observed, failures: unreadableValues(this.type, values, unreadable) };
      const verdicts = verdictFailures(this.type, context.identities.found(this.type, observed));
      const diagnostics = this.#report(context, [...verdicts, ...shown.failures], values);
      return {
        state: {
          ...encodeObject(this.type, shown.values, { ...own, system: context.system ?? own.system }),
          ...versionsOf(this.type, state),
        },
        ...(imports ? { private: noPrivateData } : {}),
        diagnostics: [...this.#report(context, limits, {}), ...diagnostics],
      };
    });
  }

  async update(request: UpdateRequest): Promise<ApplyResult> {
    const context = this.context();
    context.beginApply();
    const { planned, prior } = request;
    const stateValues = this.#decode(prior);
    const moved = movedValues(this.type, stateValues, context.movedServers);
    const priorValues = moved ?? stateValues;
    const { values } = decodePlanned(this.type, request);
    return this.#withSubject(context, priorValues, async () => {
      requireValues(this.type, request);
      const isSent = changedFields(this.type, values, priorValues).length > 0;
      const mismatch = systemMismatch(context, this.type, priorValues, ownValues(prior));
      if (mismatch && (moved || isSent)) throw new PhonestateError(mismatch);
      if (moved) await requireMoved(context, this.type, stateValues, moved, { fresh: true });
      if (!isSent) return { state: planned, private: noPrivateData };
      const writer = new Writer(context, objectRef(this.type, priorValues));
      const { actual, failures } = await context.identities.write(this.type, values, () =>
        updateObject(writer, this.type, values, priorValues),
      );
      const { fields, versions } = actualState(this.type, planned, prior, actual);
      return {
        state: { ...planned, ...encodeFields(fields), ...versions },
        private: noPrivateData,
        diagnostics: this.#report(context, failures, priorValues),
      };
    });
  }

  async delete({ prior, private: plannedPrivate }: DeleteRequest): Promise<DeleteResult> {
    const context = this.context();
    context.beginApply();
    const values = this.#decode(prior);
    const planData = decodePlanData(plannedPrivate);
    // A state of version 0.1.0 does not say which system the object belongs to; the plan does.
    const own = { ...ownValues(prior), system: ownValues(prior).system ?? planData.system };
    return this.#withSubject(context, values, async () => {
      const failures = await deleteObject(context, this.type, values, own, planData.marker === notFoundMarker);
      return { diagnostics: this.#report(context, failures, values) };
    });
  }

  import(id: string): ImportResult {
    const context = this.context();
    context.leftToObjects.requireValid();
    const values = parseObjectId(this.type, id, context.characterOptions);
    const own = { system: context.system ?? null, adopted: null, deletion_protection: null };
    const verdicts = verdictFailures(this.type, context.identities.imported(this.type, values, own));
    const diagnostics = this.#report(context, verdicts, values);
    return { state: encodeObject(this.type, values, own), private: importedPrivate, diagnostics };
  }

  /**
   * Terraform shows each object of the state once, before it plans anything for it. Whether it will plan it is not known
   * (plugin-protocol.md, section 3).
   */
  onPriorState(state: ObjectValue): Diagnostic[] {
    const context = this.context();
    const { values } = decodeIdentity(this.type, state);
    requireStoredKey(this.type, values, state);
    const verdicts = verdictFailures(this.type, context.identities.priorState(this.type, values, ownValues(state)));
    return this.#report(context, verdicts, values);
  }

  /** An object that another system has too is not changed; one that only the other system has stays in state. */
  #readOther(context: RunContext, state: ObjectValue, values: FieldValues, found: LookupResult): ReadResult {
    if (found === 'not-found') {
      const mismatch = systemMismatch(context, this.type, values, ownValues(state));
      if (mismatch) throw new PhonestateError(mismatch);
    }
    context.identities.found(this.type, values);
    const what = `The ${this.type.noun} ${objectId(this.type, values)} and perhaps others belong to the system ${ownValues(state).system}. The provider connects to ${context.system}.`;
    return { state, diagnostics: this.#report(context, [failure('system-differs', { what })], values) };
  }

  #planData(context: RunContext, marker: string): Uint8Array {
    return encodePlanData({ marker, system: context.system ?? null });
  }

  #planResult(context: RunContext, subject: FieldValues, outcome: PlanOutcome): PlanResult {
    return {
      planned: outcome.planned,
      requiresReplace: (outcome.changedKeys ?? []).map((name) => [name]),
      private: this.#planData(context, outcome.marker),
      diagnostics: this.#report(context, outcome.failures, subject),
    };
  }

  #decode(object: ObjectValue): FieldValues {
    return decodeObject(this.type, object).values;
  }

  /** Throws failures as diagnostics that name the object. */
  async #withSubject<T>(context: RunContext, values: FieldValues, work: () => Promise<T>): Promise<T> {
    try {
      context.leftToObjects.requireValid();
      return await work();
    } catch (error) {
      if (!(error instanceof PhonestateError)) throw error;
      throw new DiagnosedError(this.#report(context, [error.failure], values), error);
    }
  }

  #report(context: RunContext, failures: readonly Failure[], values: FieldValues): Diagnostic[] {
    if (failures.length === 0) return [];
    const object = knownObject(this.type, values);
    const name = object && `${this.type.resourceType} ${object.id}`;
    return context.diagnostics.report(failures, this.schema.attributes, name);
  }
}

/** A failure that is diagnostics already. */
export class DiagnosedError extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    cause: PhonestateError,
  ) {
    super(cause.message, { cause });
  }
}
