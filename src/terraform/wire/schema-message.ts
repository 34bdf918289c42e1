/** A schema in the form of the wire. */
import type { schema as schemaSpec } from './tfplugin6';
import type { Message } from './protobuf';
import type { Attribute, Block, NestedBlock, NestedType, Nesting, Schema } from '../schema';

/** Numbers of the enums `Schema.Object.NestingMode` and `Schema.NestedBlock.NestingMode`, which agree as far as both go. */
const nestingNumbers: Record<Nesting | 'group', number> = { single: 1, list: 2, set: 3, map: 4, group: 5 };
const markdown = 1;

export function schemaMessage(schema: Schema): Message<typeof schemaSpec> {
  return { version: schema.version, block: { ...blockMessage(schema) } };
}

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: Object.entries(block.blocks ?? {}).map(([name, nested]) => nestedBlockMessage(name, nested)),
    ...descriptionOf(block),
  };
}

function nestedBlockMessage(name: string, { block, nesting, minItems = 0, maxItems = 0 }: NestedBlock): object {
  return {
    type_name: name,
    block: blockMessage(block),
    nesting: nestingNumbers[nesting],
    min_items: minItems,
    max_items: maxItems,
  };
}

function attributeMessage(name: string, attribute: Attribute): object {
  return {
    name,
    ...(attribute.nested
      ? { nested_type: nestedTypeMessage(attribute.nested) }
      : { type: Buffer.from(JSON.stringify(attribute.type)) }),
    ...descriptionOf(attribute),
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    write_only: attribute.writeOnly ?? false,
  };
}

function nestedTypeMessage({ nesting, attributes }: NestedType): object {
  return {
    attributes: Object.entries(attributes).map(([name, nested]) => attributeMessage(name, nested)),
    nesting: nestingNumbers[nesting],
  };
}

function descriptionOf({ description = '', deprecationMessage }: Pick<Block, 'description' | 'deprecationMessage'>) {
  return {
    description,
    description_kind: markdown,
    ...(deprecationMessage === undefined ? {} : { deprecated: true, deprecation_message: deprecationMessage }),
  };
}
