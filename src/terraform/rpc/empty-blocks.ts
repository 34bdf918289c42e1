/** Blocks that a resource left out: Terraform expects an empty collection, and refuses null (plugin-protocol.md, section 2). */
import { eachNested } from './nested-objects';
import type { Block, NestedBlock } from '../schema';
import type { ObjectValue, Value } from '../value';

/** The same object with an empty list, set, map or group for each nested block that is null or missing, at every depth. */
export function withEmptyBlocks(block: Block, object: ObjectValue): ObjectValue {
  const blocks = Object.entries(block.blocks ?? {});
  if (blocks.length === 0) return object;
  return {
    ...object,
    ...Object.fromEntries(blocks.map(([name, nested]) => [name, fill(nested, object[name] ?? emptyValue(nested))])),
  };
}

function fill({ nesting, block }: NestedBlock, value: Value): Value {
  return eachNested(nesting, value, [], (object) => withEmptyBlocks(block, object));
}

function emptyValue({ nesting }: NestedBlock): Value {
  if (nesting === 'single') return null;
  return nesting === 'list' || nesting === 'set' ? [] : {};
}
