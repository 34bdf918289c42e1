/** Phones and phone aliases as data sources show them. */
import { PhonestateError } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import { shownValues } from '../model/observed-values';
import type { ObjectRef } from '../model/operation';
import type { ObjectValue } from '../terraform/value';
import type { StoredValues } from '../vicidial/reader';
import type { RunContext } from './context';
import { requireReader } from './data-source';
import type { Observation } from './observer';
import type { AnyReader } from './reader-choice';
import { decodeIdentity, encodeFields, pick } from './resource-values';

/**
 * Reads the object whose key the configuration has.
 *
 * @throws PhonestateError `object-not-found`, also where the API user may not view it
 */
export async function readObject(context: RunContext, type: ObjectType, config: ObjectValue): Promise<ObjectValue> {
  const reader = await requireReader(context);
  const object = objectRef(type, decodeIdentity(type, config).values);
  const stored = storedOf(context, reader, object, await observe(context, object));
  // The key is spelled as it is declared.
  return { ...encode(type, stored, config), id: object.id, ...pick(config, type.idFields) };
}

/**
 * Reads all objects that match. The list of the admin pages has a few of their fields only, so each that may match is
 * read. How many pages are read at once is limited by the session.
 *
 * @param matches undefined where a value that it needs could not be read
 * @returns the objects by their ids
 */
export async function readObjects(
  context: RunContext,
  type: ObjectType,
  config: ObjectValue,
  matches: (values: StoredValues) => boolean | undefined = () => true,
): Promise<ObjectValue> {
  const objects = await context.withCurrentReader(await requireReader(context), async (reader) => {
    const listed = (await reader.list(type)).filter((values) => matches(values) !== false);
    return Promise.all(listed.map((values) => completed(context, reader, type, values)));
  });
  const found = objects.filter((values) => values !== undefined).filter((values) => matches(values) === true);
  return Object.fromEntries(
    found.map((values): [string, ObjectValue] => {
      const object = encode(type, values, config);
      return [objectId(type, values), { id: objectId(type, values), ...object }];
    }),
  );
}

/** All values of an object that was listed; undefined where it does not exist any more. */
export async function completed(
  context: RunContext,
  reader: AnyReader,
  type: ObjectType,
  listed: StoredValues,
): Promise<StoredValues | undefined> {
  const isWhole = Object.keys(type.fields).every((name) => listed[name] !== undefined);
  // A row of the database has all that there is.
  if (isWhole || reader.source === 'database') return listed;
  const object = objectRef(type, listed);
  const reading = await (context.isApplying ? reader.readAgain(object) : reader.read(object));
  return reading.status === 'found' ? reading.values : undefined;
}

function encode(
  type: ObjectType,
  stored: FieldValues & StoredValues,
  { include_secrets: secrets = null }: ObjectValue,
) {
  return encodeFields(shownValues(type, stored, { secrets: secrets === true }));
}

/** What the lookup of an object that no reader shows may end with, where it is not known whether it exists. */
const undecided = ['permission-to-plan', 'phone-visibility-unknown', 'server-not-found'];

async function observe(context: RunContext, object: ObjectRef): Promise<Observation> {
  try {
    return await context.observe(object, { fresh: context.isApplying });
  } catch (error) {
    if (!(error instanceof PhonestateError) || !undecided.includes(error.failure.code)) throw error;
    const { what, field } = error.failure;
    throw PhonestateError.of('object-not-found', { what: `${notShown(object)} ${what}`, field }, error);
  }
}

/** @throws PhonestateError where nothing was read */
function storedOf(
  context: RunContext,
  reader: AnyReader,
  object: ObjectRef,
  { found, stored }: Observation,
): StoredValues {
  if (stored) return stored;
  const { noun } = object.type;
  if (found === 'not-found') {
    throw PhonestateError.of('object-not-found', { what: `The ${noun} ${object.id} does not exist.` });
  }
  if (found === 'hidden') {
    const what = `The ${noun} ${object.id} exists, but ${context.account} may not view it: its user group is not among the viewable ones.`;
    throw PhonestateError.of('object-not-found', { what });
  }
  const what = `${notShown(object)} The API says that it exists.`;
  throw PhonestateError.of(reader.source === 'database' ? 'database-may-lag' : 'object-not-found', { what });
}

function notShown({ type, id }: ObjectRef): string {
  return `The ${type.noun} ${id} was not found.`;
}
