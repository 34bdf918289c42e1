/** The managed resource of a type of object. Its methods stand in the order of a resource's life. */
import { diff } from '../model/diff';
import { failure, hasCondition, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef, parseObjectId } from '../model/identity';
import type { Operation } from '../model/operation';
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
import type { Schema } from '../terraform/schema';
import type { ObjectValue } from '../terraform/value';
import type { LookupResult } from '../vicidial/api/lookup';
import type { RunContext } from './context';
import { adoptObject, createObject, hiddenNow, type Executor } from './create';
import { deleteFailures, systemMismatch } from './delete-rules';
import { notFoundMarker, Planner, type PlanOutcome } from './planner';
import { decodePlanData, encodePlanData } from './plan-data';
import { knownObject } from './preflight';
import { resourceSchema } from './resource-schema';
import { decodeIdentity, decodeObject, encodeObject, ownValues } from './resource-values';
import { verdictFailures } from './verdict-failures';

const noPrivateData = new Uint8Array();

/** What fails is thrown as a PhonestateError; the provider turns it into diagnostics. */
export class ManagedResource implements Resource {
  readonly schema: Schema;

  /**
   * @param description Markdown, for the head of the resource's page
   * @param context the context of the current configuration
   */
  constructor(
    private readonly type: ObjectType,
    description: string,
    private readonly context: () => RunContext,
  ) {
    this.schema = resourceSchema(type, description);
  }

  validate(config: ObjectValue): Diagnostic[] {
    const context = this.context();
    const values = this.#decode(config);
    return this.#report(context, validateValues(this.type, values, 'either', context.characterOptions), values);
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

  planNoOp({ prior }: NoOpPlanRequest): NoOpPlanResult | undefined {
    const context = this.context();
    // Most plans of a removed object's siblings come here: nothing is decoded after the planning has ended.
    if (context.isApplying) return undefined;
    const object = decodeIdentity(this.type, prior());
    const { marker, failures } = new Planner(this.type, context).unchanged(object);
    return { private: this.#planData(context, marker), diagnostics: this.#report(context, failures, object.values) };
  }

  async create({ planned }: CreateRequest): Promise<ApplyResult> {
    const context = this.context();
    context.beginApply();
    const values = this.#decode(planned);
    return this.#withSubject(context, values, async () => {
      const { adopted } = ownValues(planned);
      const make = adopted ? adoptObject : createObject;
      const created = await context.identities.write(this.type, values, () =>
        make(this.#executor(context), this.type, values),
      );
      const own = { ...ownValues(planned), system: context.system ?? null, adopted };
      const state =
        created.values === values
          ? { ...planned, ...own, id: objectId(this.type, values) }
          : encodeObject(this.type, created.values, own);
      return { state, private: noPrivateData, diagnostics: this.#report(context, created.failures, values) };
    });
  }

  async read({ state }: ReadRequest): Promise<ReadResult> {
    const context = this.context();
    const values = this.#decode(state);
    return this.#withSubject(context, values, async () => {
      const found = await this.#lookUp(context, values);
      const own = ownValues(state);
      if (context.isOtherSystem(own.system)) return this.#readOther(context, state, values, found);
      if (found === 'not-found') return { state: null };
      const verdicts = verdictFailures(this.type, context.identities.found(this.type, values));
      if (found === 'hidden') throw await this.#hiddenError(context, values);
      const diagnostics = this.#report(context, verdicts, values);
      return { state: { ...state, system: context.system ?? own.system }, diagnostics };
    });
  }

  async update({ planned, prior }: UpdateRequest): Promise<ApplyResult> {
    const context = this.context();
    context.beginApply();
    const priorValues = this.#decode(prior);
    return this.#withSubject(context, priorValues, async () => {
      const change = diff(this.type, this.#decode(planned), priorValues);
      if (change.action !== 'update') return { state: planned, private: noPrivateData };
      const mismatch = systemMismatch(context, this.type, priorValues, ownValues(prior));
      if (mismatch) throw new PhonestateError(mismatch);
      const [operation] = change.operations;
      const { hidden } = await context.identities.write(this.type, priorValues, () =>
        this.#executor(context).execute(operation),
      );
      const failures = hidden ? [hiddenNow(this.type, priorValues, [])] : [];
      return { state: planned, private: noPrivateData, diagnostics: this.#report(context, failures, priorValues) };
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
      const change = diff(this.type, null, values);
      if (change.action !== 'delete') return {};
      const [operation] = change.operations;
      await context.identities.delete(this.type, values, async (isWritten) => {
        const wasAbsent = planData.marker === notFoundMarker;
        // What has been created since belongs to another resource of this plan, and the plan did not show its delete.
        if (wasAbsent && (isWritten || (await this.#lookUp(context, values)) === 'not-found')) return;
        const [refused] = deleteFailures(context, this.type, values, own);
        if (refused) throw new PhonestateError(refused);
        if (isWritten) throw this.#writtenError(values);
        await this.#executeDelete(context, operation, values);
      });
      return {};
    });
  }

  async #executeDelete(context: RunContext, operation: Operation, values: FieldValues): Promise<void> {
    try {
      await this.#executor(context).execute(operation);
    } catch (error) {
      // An object that does not exist is what was asked for. A hidden one gets the same reply, and is an error.
      if (!hasCondition(error, 'not-found')) throw error;
      if ((await this.#lookUp(context, values)) === 'hidden') throw await this.#hiddenError(context, values);
    }
  }

  import(id: string): ImportResult {
    const context = this.context();
    const values = parseObjectId(this.type, id);
    const own = { system: context.system ?? null, adopted: null, deletion_protection: null };
    const verdicts = verdictFailures(this.type, context.identities.imported(this.type, values, own));
    return { state: encodeObject(this.type, values, own), diagnostics: this.#report(context, verdicts, values) };
  }

  /**
   * Terraform shows each object of the state once, before it plans anything for it. Whether it will plan it is not known
   * (plugin-protocol.md, section 3).
   */
  onPriorState(state: ObjectValue): Diagnostic[] {
    const context = this.context();
    const { values } = decodeIdentity(this.type, state);
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

  #executor(context: RunContext): Executor {
    const load = () => Promise.all([context.client(), import('../vicidial/api/execute')]);
    return {
      async execute(operation: Operation) {
        const [client, { execute }] = await load();
        return execute(client, operation);
      },
      async isHidden(operation: Operation, error: unknown) {
        const [client, { isHidden }] = await load();
        return isHidden(client, operation, error);
      },
    };
  }

  async #lookUp(context: RunContext, values: FieldValues): Promise<LookupResult> {
    const [client, { lookUp }] = await Promise.all([context.client(), import('../vicidial/api/lookup')]);
    return lookUp(client, objectRef(this.type, values));
  }

  async #hiddenError(context: RunContext, values: FieldValues): Promise<PhonestateError> {
    const { user } = await context.client();
    const what = `${objectId(this.type, values)} exists, but user ${user} may not view it.`;
    return PhonestateError.of('phone-hidden', { what });
  }

  #writtenError(values: FieldValues): PhonestateError {
    const what = `The ${this.type.noun} ${objectId(this.type, values)} would be deleted.`;
    return PhonestateError.of('delete-of-written-object', { what });
  }

  #decode(object: ObjectValue): FieldValues {
    return decodeObject(this.type, object).values;
  }

  /** Throws failures as diagnostics that name the object. */
  async #withSubject<T>(context: RunContext, values: FieldValues, work: () => Promise<T>): Promise<T> {
    try {
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
