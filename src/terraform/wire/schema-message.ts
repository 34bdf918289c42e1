/** Schemas of blocks, functions and identities in the form of the wire. */
import type { ProviderFunction } from '../function';
import type { Resource } from '../provider';
import type { Attribute, Block, NestedBlock, NestedType, Nesting, Schema, Type } from '../schema';
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

/** The identity of a resource as a message: its attributes have types and descriptions from the schema of the resource. */
export function identityMessage({ schema, identity }: Resource): Message<'ResourceIdentitySchema'> | undefined {
  return (
    identity && {
      version: identity.version,
      identity_attributes: identity.attributes.map((name) => ({
        name,
        type: typeBytes(schema.attributes[name]?.type ?? 'string'),
        required_for_import: true,
        description: schema.attributes[name]?.description ?? '',
      })),
    }
  );
}

/** A function as a message. */
export function functionMessage({ summary, description, parameters, returns }: ProviderFunction): Message<'Function'> {
  return {
    parameters: parameters.map(({ name, type, description: text }) => ({
      name,
      type: typeBytes(type),
      ...descriptionOf({ description: text }),
    })),
    return: { type: typeBytes(returns) },
    summary,
    ...descriptionOf({ description }),
  };
}

function typeBytes(type: Type): Uint8Array {
  return Buffer.from(JSON.stringify(type));
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
    ...(attribute.nested ? { nested_type: nestedTypeMessage(attribute.nested) } : { type: typeBytes(attribute.type) }),
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
