/** Identities of resources on the wire. */
import { oncePer } from '../../once-per';
import type { Resource } from '../provider';
import type { Type } from '../schema';
import { Unknown, type ObjectValue, type Value } from '../value';
import { decodeValue, encodeValue } from '../wire/dynamic-value';
import type { Message } from '../wire/tfplugin6';

type IdentityData = Message<'ResourceIdentityData'>;

/** The type of the identity of a resource, whose attributes are some of those of the resource. */
export const identityType = oncePer(({ schema, identity }: Resource): Type => {
  const types = (identity?.attributes ?? []).map((name) => [name, schema.attributes[name]?.type ?? 'string'] as const);
  return ['object', Object.fromEntries(types)];
});

/**
 * The identity of an object; undefined where the resource has none, or where it is not known yet.
 *
 * @param object a planned object or one in state; null where there is none
 */
export function encodeIdentity(resource: Resource, object: ObjectValue | null | undefined): IdentityData | undefined {
  const names = resource.identity?.attributes ?? [];
  if (!object || names.length === 0) return undefined;
  const identity: Record<string, Value> = {};
  for (const name of names) {
    const value = object[name] ?? null;
    if (value === null || value instanceof Unknown) return undefined;
    identity[name] = value;
  }
  return { identity_data: { msgpack: encodeValue(identityType(resource), identity) } };
}

/** Reads an identity; undefined where there is none. */
export function decodeIdentity(resource: Resource, data: IdentityData | undefined): ObjectValue | undefined {
  // The type is that of an object.
  const identity = decodeValue(identityType(resource), data?.identity_data?.msgpack) as ObjectValue | null;
  return identity ?? undefined;
}
