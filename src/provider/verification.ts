/** Compares what was stored with what was planned. */
import { quote } from '../model/characters';
import { diff } from '../model/diff';
import { failure, type Failure } from '../model/failures';
import type { FieldValue, FieldValues, ObjectType } from '../model/field-definition';
import { keyFields, objectId } from '../model/identity';
import { differingFields } from '../model/observed-values';
import { Secret } from '../model/secret';
import type { StoredValues } from '../vicidial/reader';
import { pick } from './resource-values';
import type { Writer } from './writer';

export interface Verified {
  /** Undefined where nothing was read. */
  readonly stored: StoredValues | undefined;
  readonly failures: readonly Failure[];
  /** The fields that have another value than planned. */
  readonly differing: readonly string[];
}

/**
 * Reads a new or adopted object. An error would taint it, and the next apply delete it: a difference is repaired by one
 * update, and what then remains is a warning.
 */
export async function verifyCreate(writer: Writer, type: ObjectType, values: FieldValues): Promise<Verified> {
  const sent = Object.keys(values).filter((name) => values[name] !== null);
  const first = await verify(writer, type, values, sent, 'created-differently');
  if (first.differing.length === 0) return first;
  const key = pick(values, keyFields(type));
  const change = diff(type, { ...key, ...pick(values, first.differing) }, key);
  if (change.action !== 'update') return first;
  try {
    await writer.execute(change.operations[0]);
  } catch {
    // The object exists; the difference is reported.
    return first;
  }
  return verify(writer, type, values, sent, 'created-differently');
}

/** Reads an object after an update. A difference is an error on the attribute. */
export function verifyUpdate(
  writer: Writer,
  type: ObjectType,
  values: FieldValues,
  sent: readonly string[],
): Promise<Verified> {
  return verify(writer, type, values, sent, 'stored-differently');
}

async function verify(
  writer: Writer,
  type: ObjectType,
  values: FieldValues,
  sent: readonly string[],
  code: 'created-differently' | 'stored-differently',
): Promise<Verified> {
  const differing = (stored: StoredValues) => differingFields(type, sent, values, stored);
  const read = await writer.readBack((stored) => differing(stored).length === 0);
  if (read.status === 'failed') {
    const what = `${subject(type, values)} was written, and could not be read afterwards. ${read.reason}`;
    return { stored: undefined, differing: [], failures: [failure('not-verified', { what })] };
  }
  if (read.status === 'not-read') return { stored: undefined, differing: [], failures: [] };
  const { stored } = read;
  const names = differing(stored);
  const failures = names.map((name) =>
    failure(code, { field: name, what: describe(type, values, name, stored[name] ?? '') }),
  );
  return { stored, differing: names, failures };
}

function describe(type: ObjectType, values: FieldValues, name: string, stored: FieldValue): string {
  if (type.fields[name]?.secret) return `${subject(type, values)} has another ${name} than was sent.`;
  return `${subject(type, values)} has ${name} ${show(stored)}; ${show(values[name] ?? null)} was sent.`;
}

function subject(type: ObjectType, values: FieldValues): string {
  return `The ${type.noun} ${objectId(type, values)}`;
}

function show(value: FieldValue | null): string {
  if (value === null || value instanceof Secret) return '(sensitive)';
  return quote(typeof value === 'object' ? value.join(',') : String(value));
}
