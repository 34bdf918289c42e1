/** The type of the values of a schema. HCL uses the same name for it. */
import { oncePer } from '../../once-per';
import type { Attribute, Block, Nesting, Schema, Type } from '../schema';

/** The type of a block's values: an object with every attribute and nested block. */
export const impliedType: (block: Block | Schema) => Type = oncePer((block) => {
  const attributes = Object.entries(block.attributes).map(
    ([name, attribute]) => [name, attributeType(attribute)] as const,
  );
  const blocks = Object.entries(block.blocks ?? {}).map(
    ([name, nested]) => [name, nest(nested.nesting, impliedType(nested.block))] as const,
  );
  return ['object', Object.fromEntries([...attributes, ...blocks])];
});

function attributeType(attribute: Attribute): Type {
  if (!attribute.nested) return attribute.type;
  const attributes = Object.entries(attribute.nested.attributes).map(
    ([name, nested]) => [name, attributeType(nested)] as const,
  );
  return nest(attribute.nested.nesting, ['object', Object.fromEntries(attributes)]);
}

function nest(nesting: Nesting | 'group', type: Type): Type {
  return nesting === 'single' || nesting === 'group' ? type : [nesting, type];
}
