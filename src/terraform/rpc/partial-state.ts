/** An object that was created stays in state, even if the resource tells of it in a form that the schema does not allow. */
import { impliedType } from '../wire/implied-type';
import { encodeValue } from '../wire/dynamic-value';
import type { Block } from '../schema';
import { Unknown, type ObjectValue, type Value } from '../value';

/**
 * The part of a returned object that can be written; what was planned stands in for the rest, null where that is unknown.
 * Terraform drops an object that it cannot read, and would create it a second time.
 */
export function encodableState(block: Block, returned: ObjectValue, planned: ObjectValue): ObjectValue {
  const kept = Object.entries(planned).map(([name, value]) => [
    name,
    fits(block, name, returned[name] ?? null) ? (returned[name] ?? null) : known(value),
  ]);
  return Object.fromEntries(kept) as ObjectValue;
}

function known(value: Value): Value {
  return value instanceof Unknown ? null : value;
}

function fits(block: Block, name: string, value: Value): boolean {
  try {
    encodeValue(impliedType(block), { [name]: value });
    return true;
  } catch {
    // What is wrong with it was told when the whole object was written.
    return false;
  }
}
