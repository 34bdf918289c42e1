/** Identities of resources on the wire. */
import type { Resource } from '../provider';
import type { Type } from '../schema';
import { Unknown, type ObjectValue } from '../value';
import { decodeValue, encodeValue } from '../wire/dynamic-value';
import type { Message } from '../wire/tfplugin6';

type IdentityData = Message<'ResourceIdentityData'>;

const types = new WeakMap<Resource, Type>();

/** The type of the identity of a resource, whose attributes are some of those of the resource. */
export function identityType(resource: Resource): Type {
  let type = types.get(resource);
  if (!type) {
    const { schema, identity } = resource;
    const attributes = (identity?.attributes ?? []).map(
      (name) => [name, schema.attributes[name]?.type ?? 'string'] as const,
    );
    type = ['object', Object.fromEntries(attributes)];
    types.set(resource, type);
  }
  return type;
}

/**
 * The identity of an object; undefined where the resource has none, or where it is not known yet.
 *
 * @param object a planned object or one in state; null where there is none
 */
export function encodeIdentity(resource: Resource, object: ObjectValue | null | undefined): IdentityData | undefined {
  const names = resource.identity?.attributes ?? [];
  if (!object || names.length === 0) return undefined;
  const values = names.map((name) => [name, object[name] ?? null] as const);
  if (values.some(([, value]) => value === null || value instanceof Unknown)) return undefined;
  return { identity_data: { msgpack: encodeValue(identityType(resource), Object.fromEntries(values)) } };
}

/** Reads an identity; undefined where there is none. */
export function decodeIdentity(resource: Resource, data: IdentityData | undefined): ObjectValue | undefined {
  // The type is that of an object.
  const identity = decodeValue(identityType(resource), data?.identity_data?.msgpack) as ObjectValue | null;
  return identity ?? undefined;
}
