/** An object that was created stays in state, even if the resource returned it in a form that the schema does not allow. */
import { impliedType } from '../wire/implied-type';
import { encodeValue } from '../wire/dynamic-value';
import type { Block } from '../schema';
import { Unknown, type ObjectValue, type Value } from '../value';

/**
 * The part of a returned object that can be written. The rest is as planned, and null where that is unknown.
 * Terraform drops an object that it cannot read, and would create it a second time.
 *
 * @param returned what the resource returned
 * @param planned what Terraform planned; its attributes are those of the result
 */
export function encodableState(block: Block, returned: ObjectValue, planned: ObjectValue): ObjectValue {
  const attributes = Object.entries(planned).map(([name, value]) => [
    name,
    isEncodable(block, name, returned[name] ?? null) ? (returned[name] ?? null) : knownOrNull(value),
  ]);
  return Object.fromEntries(attributes) as ObjectValue;
}

function knownOrNull(value: Value): Value {
  return value instanceof Unknown ? null : value;
}

function isEncodable(block: Block, name: string, value: Value): boolean {
  try {
    encodeValue(impliedType(block), { [name]: value });
    return true;
  } catch {
    // The error of the whole object has been reported already.
    return false;
  }
}
