/** The Terraform resource of a kind of object. Its functions stand in the order of a resource's life. */
import { validateValues } from '../model/validate';
import { passwordWarnings } from '../model/password-warnings';
import { diff, fieldsAfterCreate, keyFields, type Call } from '../model/diff';
import { fail, failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues } from '../model/field-definition';
import type { Diagnostic } from '../terraform/diagnostic';
import type { ApplyResult, Resource } from '../terraform/provider';
import type { ObjectValue } from '../terraform/value';
import { diagnostic } from './diagnostics';
import type { Kind } from './resource-type';
import { planCreate, planUpdate, type Plan } from './plan';
import { isThere, type Findings, type Preflight } from './preflight';
import type { Session } from './session';
import { tableSchema } from './resource-schema';
import { declaration, stateOf } from './resource-values';

/** Makes the resource of `kind`, whose calls go out through `session`. What fails is thrown as a PhonestateError. */
export function resource(kind: Kind, session: Session): Resource {
  const { table } = kind;
  const schema = tableSchema(table, kind.description);
  const valuesOf = (object: ObjectValue) => declaration(table, object).values;
  const tell = (failures: readonly Failure[], severity?: Diagnostic['severity']) =>
    failures.map((each) => diagnostic(session.brief(each), schema.attributes, severity));

  return {
    schema,

    validate(config) {
      return tell(validateValues(table, valuesOf(config), 'either', session.characterOptions));
    },

    async plan({ config, prior }) {
      if (config === null)
        return {
          planned: null,
          diagnostics: await inspect((preflight) => preflight.remove(kind, valuesOf(prior ?? {}))),
        };
      const plan =
        prior === null
          ? planCreate(kind, config, session.characterOptions)
          : planUpdate(kind, config, prior, session.characterOptions);
      const diagnostics = [...tell(plan.failures), ...warn(plan, prior)];
      // What cannot be right in itself need not be asked of the server.
      if (plan.failures.length === 0) diagnostics.push(...(await inspect((preflight) => ask(preflight, plan, prior))));
      return { planned: plan.planned, requiresReplace: plan.replace.map((name) => [name]), diagnostics };
    },

    async create({ planned }) {
      const values = valuesOf(planned);
      const id = kind.id(values);
      const [add, rest] = creation(values);
      try {
        await write(add);
      } catch (error) {
        if (!session.adopts || !isThere(error)) throw error;
        await adopt(values);
        return { state: { ...planned, id } };
      }
      return rest ? await finishCreate(id, values, rest) : { state: { ...planned, id } };
    },

    async read({ state }) {
      return { state: (await isPresent(valuesOf(state))) ? state : null };
    },

    async update({ planned, prior }) {
      const change = diff(table, valuesOf(planned), valuesOf(prior));
      if (change.action === 'update') await write(change.calls[0]);
      return { state: planned };
    },

    async delete({ prior }) {
      const values = valuesOf(prior);
      const change = diff(table, null, values);
      if (change.action !== 'delete') return {};
      try {
        await write(change.calls[0]);
      } catch (error) {
        // Already gone is what was asked for; hidden reads the same to update_phone, and is an error.
        if (!isGone(error) || (await isPresent(values))) throw error;
      }
      return {};
    },

    import(id) {
      return { state: stateOf(table, id, kind.key(id)) };
    },

    onPriorState({ id }) {
      if (typeof id === 'string') session.record(table.noun, id);
    },
  };

  /** Which question a plan puts to the server. */
  function ask(preflight: Preflight, { values, replace, changed }: Plan, prior: ObjectValue | null): Promise<Findings> {
    if (prior === null) return preflight.create(kind, values, mayCollide(values));
    return replace.length > 0
      ? preflight.remove(kind, valuesOf(prior))
      : preflight.update(kind, values, valuesOf(prior), changed);
  }

  /**
   * Terraform plans what is tainted, or named by -replace, as if it were new, without a word: that it is there is no
   * collision then. And while it applies it plans each object once more, just before the call that would find out too.
   */
  function mayCollide(values: FieldValues): boolean {
    return !session.applies && !session.isRecorded(table.noun, kind.id(values));
  }

  async function inspect(question: (preflight: Preflight) => Promise<Findings>): Promise<Diagnostic[]> {
    const preflight = session.preflight();
    if (!preflight) return [];
    const { failures, warnings } = await question(await preflight);
    return [...tell(failures), ...tell(warnings, 'warning')];
  }

  /** Passwords that are guessed first, where this plan would set them. */
  function warn({ values, changed }: Plan, prior: ObjectValue | null): Diagnostic[] {
    return tell(
      passwordWarnings(values).filter(({ field }) => prior === null || changed.includes(field ?? '')),
      'warning',
    );
  }

  function creation(values: FieldValues): readonly [Call] | readonly [Call, Call] {
    const change = diff(table, values, null);
    if (change.action !== 'create') throw new Error(`a ${table.noun} that does not exist yet needs ${change.action}`);
    return change.calls;
  }

  /** Takes over what exists: nothing is known of it but its key, so that one update carries every declared field. */
  async function adopt(values: FieldValues): Promise<void> {
    const recorded = Object.fromEntries(keyFields(table).map((name) => [name, values[name] ?? null]));
    const change = diff(table, values, recorded);
    if (change.action === 'update') await write(change.calls[0]);
  }

  /**
   * Sets what the creating call could not carry. When that fails the object exists all the same: the state then holds
   * what was added, and Terraform marks it as tainted.
   */
  async function finishCreate(id: string, values: FieldValues, rest: Call): Promise<ApplyResult> {
    try {
      await write(rest);
      return { state: stateOf(table, id, values) };
    } catch (error) {
      if (!(error instanceof PhonestateError)) throw error;
      const later = fieldsAfterCreate(table, values);
      const added = { ...values, ...Object.fromEntries(later.map((name) => [name, null])) };
      return { state: stateOf(table, id, added), diagnostics: tell([error.failure, halfCreated(id, later)]) };
    }
  }

  function halfCreated(id: string, later: readonly string[]): Failure {
    return failure('partially-created', {
      what: `${id} was added to the server, but ${later.join(', ')} could not be set by the second call.`,
    });
  }

  async function write(call: Call): Promise<void> {
    session.applies = true;
    const [client, { write: send }] = await Promise.all([session.client(), import('../vicidial/api/execute')]);
    await send(client, call);
  }

  async function isPresent(values: FieldValues): Promise<boolean> {
    const presence = await kind.find(await session.client(), values);
    if (presence === 'hidden')
      throw fail('phone-hidden', { what: `${kind.id(values)} exists, but this API user cannot see it.` });
    return presence === 'present';
  }
}

function isGone(error: unknown): boolean {
  return (
    error instanceof PhonestateError &&
    (error.failure.code === 'phone-not-found' || error.failure.code === 'alias-not-found')
  );
}
