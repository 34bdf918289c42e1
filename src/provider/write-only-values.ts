/**
 * The values of write-only arguments: read from the configuration where they are sent, and never in a plan, in state or in
 * private data. What state has of them is their version.
 */
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValue, FieldValues, ObjectType } from '../model/field-definition';
import { Secret } from '../model/secret';
import { writeOnlyArguments, writeOnlyFailures, type WriteOnlyArguments } from '../model/write-only-fields';
import { Unknown, type ObjectValue } from '../terraform/value';
import { decodeObject, pick, toText, type DecodedObject } from './resource-values';

/**
 * Reads a configuration with the values of its write-only arguments in the fields that they stand for.
 *
 * @param prior the object in state: then only what a change of the version sends; null where everything is sent
 */
export function decodeDesired(type: ObjectType, config: ObjectValue, prior: ObjectValue | null): DecodedObject {
  const decoded = decodeObject(type, config);
  const sent = sentArguments(type, config, prior);
  if (sent.length === 0) return decoded;
  const values: Record<string, FieldValue | null> = { ...decoded.values };
  const unknown = new Set(decoded.unknown);
  for (const { field, value } of sent) {
    const given = config[value] ?? null;
    // A value that is missing has a failure of its own, and is not reported as a field that is not set.
    if (typeof given === 'string') values[field] = new Secret(given);
    else unknown.add(field);
  }
  return { values, unknown };
}

/** Reads a planned object in the same way: the plan has no value of a write-only argument, and the configuration does. */
export function decodePlanned(
  type: ObjectType,
  { planned, config, prior = null }: { planned: ObjectValue; config: ObjectValue; prior?: ObjectValue | null },
): DecodedObject {
  const names = writeOnlyArguments(type).map(({ value }) => value);
  return decodeDesired(type, { ...planned, ...pick(config, names) }, prior);
}

/** What is wrong with the combination of arguments in a configuration. */
export function combinationFailures(type: ObjectType, config: ObjectValue): Failure[] {
  const valueOf = (name: string) => config[name] ?? null;
  const isSet = (name: string) => valueOf(name) !== null && !(valueOf(name) instanceof Unknown);
  return writeOnlyFailures(type, isSet, (name) => valueOf(name) === null);
}

/** The values that would be sent, and that the configuration does not have. */
export function missingValues(type: ObjectType, config: ObjectValue, prior: ObjectValue | null): Failure[] {
  return sentArguments(type, config, prior)
    .filter(({ value, version }) => (config[value] ?? null) === null && !(config[version] instanceof Unknown))
    .map((each) => missing(each, 'has no value'));
}

/** @throws PhonestateError in apply, where a value that is sent is missing or still unknown */
export function requireValues(
  type: ObjectType,
  { planned, config, prior = null }: { planned: ObjectValue; config: ObjectValue; prior?: ObjectValue | null },
): void {
  const absent = sentArguments(type, planned, prior).find(({ value }) => typeof config[value] !== 'string');
  if (!absent) return;
  throw new PhonestateError(missing(absent, config[absent.value] instanceof Unknown ? 'is unknown' : 'has no value'));
}

/** The versions in an object, by name: what state keeps of write-only arguments. */
export function versionsOf(type: ObjectType, object: ObjectValue): ObjectValue {
  return pick(
    object,
    writeOnlyArguments(type).map(({ version }) => version),
  );
}

/** Field values without those that write-only arguments stand for: state must not have them. */
export function withoutWriteOnlyValues(type: ObjectType, object: ObjectValue, values: FieldValues): FieldValues {
  const fields = writeOnlyArguments(type).filter(({ version }) => (object[version] ?? null) !== null);
  return { ...values, ...Object.fromEntries(fields.map(({ field }) => [field, null])) };
}

/**
 * What state gets of fields that were sent and have another value on the server: the value, or in place of that of a
 * write-only argument the version that it had, so that the next plan sends it again.
 */
export function actualState(
  type: ObjectType,
  planned: ObjectValue,
  prior: ObjectValue,
  actual: FieldValues,
): { readonly fields: FieldValues; readonly versions: ObjectValue } {
  const hidden = writeOnlyArguments(type).filter(
    ({ field, version }) => field in actual && (planned[version] ?? null) !== null,
  );
  const fields = Object.entries(actual).filter(([name]) => !hidden.some(({ field }) => field === name));
  const versions = hidden.map(({ version }) => [version, prior[version] ?? null] as const);
  return { fields: Object.fromEntries(fields), versions: Object.fromEntries(versions) };
}

/** The arguments whose values are sent: those of a new object, and those whose version differs from that in state. */
function sentArguments(type: ObjectType, config: ObjectValue, prior: ObjectValue | null): WriteOnlyArguments[] {
  return writeOnlyArguments(type).filter(({ version }) => {
    const declared = config[version] ?? null;
    if (declared === null) return false;
    return declared instanceof Unknown || toText(declared) !== toText(prior?.[version] ?? null);
  });
}

function missing({ value, version }: WriteOnlyArguments, how: string): Failure {
  return failure('write-only-value-missing', { field: value, what: `${value} ${how}, and ${version} asks for it.` });
}
