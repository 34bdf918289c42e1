/** The phones and phone aliases of a state, with what it knows of their values. */
import * as z from 'zod';
import type { FieldValue, FieldValues, ObjectType } from '../model/field-definition';
import { keyFields, objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';

export interface StateObject {
  readonly object: ObjectRef;
  /** By the names of the API; null where the state has no value. */
  readonly values: FieldValues;
  /** The system that it belongs to; null in a state of version 0.1.0. */
  readonly system: string | null;
}

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

const stateFile = z.object({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()).optional() })),
      }),
    )
    .default([]),
});

const types: readonly ObjectType[] = [phoneType, phoneAliasType];

/**
 * Reads a state as `state pull` prints it. An empty text is a state without objects.
 *
 * @throws Error where it is no state
 */
export function stateObjects(text: string): StateObject[] {
  if (text.trim() === '') return [];
  const { data } = stateFile.safeParse(parseJson(text));
  if (!data) throw new Error('The state is not in the form of terraform state pull.');
  return data.resources.flatMap(({ mode, type: name, instances }) => {
    const type = types.find(({ resourceType }) => resourceType === name);
    if (mode !== 'managed' || !type) return [];
    return instances.flatMap(({ attributes = {} }) => {
      const values = valuesOf(type, attributes);
      const hasKey = keyFields(type).every((field) => typeof values[field] === 'string');
      const system = typeof attributes.system === 'string' ? attributes.system : null;
      return hasKey ? [{ object: objectRef(type, values), values, system }] : [];
    });
  });
}

function valuesOf(type: ObjectType, attributes: Readonly<Record<string, unknown>>): FieldValues {
  return Object.fromEntries(
    Object.keys(type.fields).map((name): [string, FieldValue | null] => [
      name,
      value.safeParse(attributes[name]).data ?? null,
    ]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
