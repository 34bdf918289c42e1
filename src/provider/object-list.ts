/** The objects of a type as `terraform query` lists them. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import { PhonestateError, type Failure } from '../model/failures';
import { objectId, parseObjectId } from '../model/identity';
import type { ListDefinition } from '../model/lists';
import { observedValues } from '../model/observed-values';
import type { Diagnostic } from '../terraform/diagnostic';
import type { ListedObject, ListRequest, ResourceList } from '../terraform/list';
import type { ObjectValue } from '../terraform/value';
import type { StoredValues } from '../vicidial/reader';
import type { RunContext } from './context';
import { requireReader, type CurrentContext } from './data-source';
import { dataSourceSchema } from './data-source-schema';
import { importedValues } from './imported-values';
import type { Filter } from './phone-filters';
import type { AnyReader } from './reader-choice';
import { encodeObject, pick } from './resource-values';
import { completed } from './stored-objects';

/** How many objects are read at once; how many pages of them is limited by the session. */
const batchSize = 20;

/**
 * The list of a type.
 *
 * @param filterOf makes the filter of a configuration
 */
export function objectList(
  type: ObjectType,
  definition: ListDefinition,
  context: CurrentContext,
  filterOf: (config: ObjectValue) => Filter = () => () => true,
): ResourceList {
  const schema = dataSourceSchema({ ...definition, attributes: {} });
  return {
    schema,
    validate() {
      const current = context();
      return current.diagnostics.report(current.leftToObjects.takeInvalid(), schema.attributes);
    },
    list: (request) => new ObjectLister(type, context()).list(request, filterOf(request.config)),
  };
}

class ObjectLister {
  constructor(
    private readonly type: ObjectType,
    private readonly context: RunContext,
  ) {}

  async *list({ includesObject, limit }: ListRequest, matches: Filter): AsyncGenerator<ListedObject> {
    const { context, type } = this;
    context.leftToObjects.requireValid();
    const reader = await requireReader(context);
    let warnings = this.#report(await context.readingWarnings());
    const candidates = (await reader.list(type)).filter((values) => matches(values) !== false);
    for (let at = 0, found = 0; at < candidates.length && found < limit; at += batchSize) {
      const batch = await Promise.all(
        candidates.slice(at, at + batchSize).map((each) => this.#read(reader, each, includesObject, matches)),
      );
      for (const values of batch.filter((each) => each !== undefined)) {
        const { diagnostics = [], ...listed } = this.#listed(values, includesObject);
        yield { ...listed, diagnostics: [...warnings, ...diagnostics] };
        warnings = [];
        found += 1;
      }
    }
  }

  /** What is listed of an object that matches; the rest of its values is read only where it is needed. */
  async #read(
    reader: AnyReader,
    listed: StoredValues,
    includesObject: boolean,
    matches: Filter,
  ): Promise<StoredValues | undefined> {
    if (!includesObject && matches(listed) === true) return listed;
    const values = await completed(this.context, reader, this.type, listed);
    return values && matches(values) === true ? values : undefined;
  }

  #listed(values: StoredValues, includesObject: boolean): ListedObject {
    const { type, context } = this;
    const id = objectId(type, values);
    const identity = pick(values, type.idFields) as ObjectValue;
    const { phone_full_name: name = '', alias_name: aliasName = name } = values;
    // The values of both are strings.
    const displayName = aliasName === '' ? id : `${id} (${String(aliasName)})`;
    const unaddressable = this.#unaddressable(id);
    if (!includesObject) return { identity, displayName, diagnostics: this.#asWarnings(unaddressable, id) };
    const key: FieldValues = pick(values, type.idFields);
    const imported = importedValues(type, observedValues(type, key, values), [], context.characterOptions);
    const own = { system: context.system ?? null, adopted: null, deletion_protection: null };
    return {
      identity,
      displayName,
      object: encodeObject(type, imported.values, own),
      diagnostics: this.#asWarnings([...unaddressable, ...imported.failures], id),
    };
  }

  /** A key that no call can carry: the object is listed, and its import would be refused. */
  #unaddressable(id: string): readonly Failure[] {
    try {
      parseObjectId(this.type, id, this.context.characterOptions);
      return [];
    } catch (error) {
      if (error instanceof PhonestateError) return [error.failure];
      throw error;
    }
  }

  /** An object that cannot be imported must not prevent the list of all others. */
  #asWarnings(failures: readonly Failure[], id: string): Diagnostic[] {
    return this.#report(failures, `${this.type.resourceType} ${id}`).map((each) => ({ ...each, severity: 'warning' }));
  }

  #report(failures: readonly Failure[], object?: string): Diagnostic[] {
    return this.context.diagnostics.report(failures, {}, object);
  }
}
