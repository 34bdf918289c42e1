/** Objects of a block on the wire, with the rules that Terraform has for all that a provider returns. */
import type { Block } from '../schema';
import type { ObjectValue } from '../value';
import { decodeValue, encodeValue } from '../wire/dynamic-value';
import { impliedType } from '../wire/implied-type';
import type { Message } from '../wire/tfplugin6';
import { withEmptyBlocks } from './empty-blocks';
import { withoutWriteOnly } from './write-only';

type DynamicValue = Message<'DynamicValue'>;

/**
 * Reads an object. A value that was left out is null.
 *
 * @throws TypeError when the bytes do not hold an object of the block
 */
export function decodeObject(block: Block, value: DynamicValue | undefined): ObjectValue | null {
  // A block's type is an object: its value is one, or null.
  return decodeValue(impliedType(block), value?.msgpack) as ObjectValue | null;
}

/** Reads an object of which null means that nothing is set. */
export function decodeConfig(block: Block, value: DynamicValue | undefined): ObjectValue {
  return decodeObject(block, value) ?? {};
}

/**
 * Writes an object: blocks that are missing as empty ones, write-only attributes as null.
 *
 * @throws TypeError when the object does not fit the block; the message has the path, never the value
 */
export function encodeObject(block: Block, object: ObjectValue | null): DynamicValue {
  return {
    msgpack: encodeValue(impliedType(block), object && withEmptyBlocks(block, withoutWriteOnly(block, object))),
  };
}

/** Terraform writes attributes in a fixed order: equal values are equal bytes (plugin-protocol.md, section 2). */
export function equalBytes(a: DynamicValue | undefined, b: DynamicValue | undefined): boolean {
  return a?.msgpack !== undefined && b?.msgpack !== undefined && Buffer.compare(a.msgpack, b.msgpack) === 0;
}
