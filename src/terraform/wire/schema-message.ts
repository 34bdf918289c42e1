/** A schema in the form of the wire. */
import type { Attribute, Block, NestedBlock, NestedType, Nesting, Schema } from '../schema';
import { enums, type Message } from './tfplugin6';

/** `Schema.Object.NestingMode` has the same numbers, and no group. */
const modes = enums['Schema.NestedBlock.NestingMode'];
const nestingModes: Readonly<Record<Nesting | 'group', number>> = {
  single: modes.SINGLE,
  list: modes.LIST,
  set: modes.SET,
  map: modes.MAP,
  group: modes.GROUP,
};

/** The schema of a provider, resource or data source as a message. */
export function schemaMessage(schema: Schema): Message<'Schema'> {
  return { version: schema.version, block: blockMessage(schema) };
}

function blockMessage(block: Block): Message<'Schema.Block'> {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: Object.entries(block.blocks ?? {}).map(([name, nested]) => nestedBlockMessage(name, nested)),
    ...descriptionOf(block),
  };
}

function nestedBlockMessage(
  name: string,
  { block, nesting, minItems = 0, maxItems = 0 }: NestedBlock,
): Message<'Schema.NestedBlock'> {
  return {
    type_name: name,
    block: blockMessage(block),
    nesting: nestingModes[nesting],
    min_items: minItems,
    max_items: maxItems,
  };
}

function attributeMessage(name: string, attribute: Attribute): Message<'Schema.Attribute'> {
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

function nestedTypeMessage({ nesting, attributes }: NestedType): Message<'Schema.Object'> {
  return {
    attributes: Object.entries(attributes).map(([name, nested]) => attributeMessage(name, nested)),
    nesting: nestingModes[nesting],
  };
}

function descriptionOf({ description = '', deprecationMessage }: Pick<Block, 'description' | 'deprecationMessage'>) {
  return {
    description,
    description_kind: enums.StringKind.MARKDOWN,
    ...(deprecationMessage === undefined ? {} : { deprecated: true, deprecation_message: deprecationMessage }),
  };
}
