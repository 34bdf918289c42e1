/** The managed resource of a type of object. Its methods stand in the order of a resource's life. */
import { diff } from '../model/diff';
import { hasCondition, PhonestateError, type Failure } from '../model/failures';
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
  PlanRequest,
  PlanResult,
  ReadRequest,
  ReadResult,
  Resource,
  UpdateRequest,
} from '../terraform/provider';
import type { Schema } from '../terraform/schema';
import type { ObjectValue } from '../terraform/value';
import type { RunContext } from './context';
import { createObject, type Execute } from './create';
import { planCreate, planUpdate, type Plan } from './plan';
import type { Preflight } from './preflight';
import { resourceSchema } from './resource-schema';
import type { ResourceType } from './resource-type';
import { decodeObject, encodeObject } from './resource-values';

/** What fails is thrown as a PhonestateError; the provider turns it into diagnostics. */
export class ManagedResource implements Resource {
  readonly schema: Schema;
  readonly #objectType: ObjectType;

  /**
   * @param context the context of the current configuration
   */
  constructor(
    private readonly type: ResourceType,
    private readonly context: () => RunContext,
  ) {
    this.#objectType = type.objectType;
    this.schema = resourceSchema(type.objectType, type.description);
  }

  validate(config: ObjectValue): Diagnostic[] {
    const context = this.context();
    const failures = validateValues(this.#objectType, this.#decode(config), 'either', context.characterOptions);
    return this.#report(context, failures);
  }

  async plan({ config, prior }: PlanRequest): Promise<PlanResult> {
    const context = this.context();
    if (config === null) return { planned: null, diagnostics: await this.#planDelete(context, prior ?? {}) };
    const plan =
      prior === null
        ? planCreate(this.#objectType, config, context.characterOptions)
        : planUpdate(this.#objectType, config, prior, context.characterOptions);
    const diagnostics = this.#report(context, plan.failures);
    const isValid = !diagnostics.some(({ severity }) => severity === 'error');
    // What is invalid in itself need not be checked on the server.
    if (isValid)
      diagnostics.push(...(await this.#checkOnServer(context, (preflight) => this.#check(context, preflight, plan))));
    return { planned: plan.planned, requiresReplace: plan.changedKeys.map((name) => [name]), diagnostics };
  }

  async create({ planned }: CreateRequest): Promise<ApplyResult> {
    const context = this.context();
    const options = { adoptsExisting: context.adoptsExisting };
    const { values, failures } = await createObject(
      this.#executor(context),
      this.#objectType,
      this.#decode(planned),
      options,
    );
    if (failures.length > 0) {
      return { state: encodeObject(this.#objectType, values), diagnostics: this.#report(context, failures) };
    }
    return { state: { ...planned, id: objectId(this.#objectType, values) } };
  }

  async read({ state }: ReadRequest): Promise<ReadResult> {
    return { state: (await this.#exists(this.context(), this.#decode(state))) ? state : null };
  }

  async update({ planned, prior }: UpdateRequest): Promise<ApplyResult> {
    const change = diff(this.#objectType, this.#decode(planned), this.#decode(prior));
    if (change.action === 'update') await this.#executor(this.context())(change.operations[0]);
    return { state: planned };
  }

  async delete({ prior }: DeleteRequest): Promise<DeleteResult> {
    const context = this.context();
    const values = this.#decode(prior);
    const change = diff(this.#objectType, null, values);
    if (change.action !== 'delete') return {};
    try {
      await this.#executor(context)(change.operations[0]);
    } catch (error) {
      // An object that does not exist is what was asked for. A hidden one gets the same reply, and is an error.
      if (!hasCondition(error, 'not-found') || (await this.#exists(context, values))) throw error;
    }
    return {};
  }

  import(id: string): ImportResult {
    return { state: encodeObject(this.#objectType, parseObjectId(this.#objectType, id)) };
  }

  /**
   * Terraform plans a tainted object, and one named by -replace, as if it were new, and does not say so. That such an
   * object exists is no collision (plugin-protocol.md, section 3).
   */
  onPriorState({ id }: ObjectValue): void {
    if (typeof id === 'string') this.context().priorObjects.add(this.#objectType, id);
  }

  #planDelete(context: RunContext, prior: ObjectValue): Promise<Diagnostic[]> {
    return this.#checkOnServer(context, (preflight) => preflight.delete(this.type, this.#decode(prior)));
  }

  #check(context: RunContext, preflight: Preflight, plan: Plan): Promise<readonly Failure[]> {
    const { values, prior, changedKeys, changed } = plan;
    if (prior === null) {
      // While Terraform applies, it plans each object again just before the call that would find a collision too.
      const isInState = context.priorObjects.has(this.#objectType, objectId(this.#objectType, values));
      return preflight.create(this.type, values, !isInState && !context.isApplying);
    }
    if (changedKeys.length > 0) return preflight.delete(this.type, prior);
    return preflight.update(this.type, values, prior, changed);
  }

  async #checkOnServer(
    context: RunContext,
    check: (preflight: Preflight) => Promise<readonly Failure[]>,
  ): Promise<Diagnostic[]> {
    const preflight = await context.preflight();
    return preflight ? this.#report(context, await check(preflight)) : [];
  }

  #executor(context: RunContext): Execute {
    return async (operation: Operation) => {
      context.beginApply();
      const [client, { execute }] = await Promise.all([context.client(), import('../vicidial/api/execute')]);
      await execute(client, operation);
    };
  }

  async #exists(context: RunContext, values: FieldValues): Promise<boolean> {
    const [client, { lookUp }] = await Promise.all([context.client(), import('../vicidial/api/lookup')]);
    const object = objectRef(this.#objectType, values);
    const result = await lookUp(client, object);
    if (result === 'hidden') {
      throw PhonestateError.of('phone-hidden', {
        what: `${object.id} exists, but user ${client.user} may not view it.`,
      });
    }
    return result === 'found';
  }

  #decode(object: ObjectValue): FieldValues {
    return decodeObject(this.#objectType, object).values;
  }

  #report(context: RunContext, failures: readonly Failure[]): Diagnostic[] {
    return context.diagnostics.report(failures, this.schema.attributes);
  }
}
