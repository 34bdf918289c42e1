/**
 * The types and schemas of Terraform, as a provider declares them.
 * Field names follow `tfplugin6.Schema` so that the wire encoder has nothing to translate.
 */

/** A type of Terraform's type system, in the JSON form that the wire uses. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>]
  | readonly ['tuple', readonly Type[]];

export type Nesting = 'single' | 'list' | 'set' | 'map';

/** An attribute with attributes of its own, each of which may be optional, computed or sensitive. */
export interface NestedType {
  readonly nesting: Nesting;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

interface AttributeFlags {
  /** Markdown. */
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecationMessage?: string;
}

/** One attribute: exactly one of required, optional, computed, or optional and computed. */
export type Attribute = AttributeFlags &
  ({ readonly type: Type; readonly nested?: never } | { readonly nested: NestedType; readonly type?: never });

/** A block inside a block. */
export interface NestedBlock {
  readonly nesting: Nesting | 'group';
  readonly block: Block;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The body of a provider, resource or data source. */
export interface Block {
  readonly description?: string;
  readonly deprecationMessage?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, NestedBlock>>;
}

/** A block with the version of the state that is written under it. */
export interface Schema extends Block {
  /** Starts at 0; goes up with each change that `upgrade` must carry over. */
  readonly version: number;
}
