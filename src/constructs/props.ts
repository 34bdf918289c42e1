/** Props and attributes of constructs, inferred from the field tables: a new field is a new prop. */
import type { FieldDefinition, ObjectType } from '../model/field-definition';
import type { IResolvable } from 'cdktf';
import type { CamelCase } from '../model/case';
import type { WriteOnlyName, WriteOnlyVersionName } from '../model/write-only-fields';

/** Editors complete the choices; any other string is accepted too, because a token is one. */
export type Choice<F extends { readonly choices?: readonly string[] }> = F['choices'] extends readonly (infer C)[]
  ? C | (string & Record<never, never>)
  : string;

type Prop<F extends FieldDefinition> = F extends { type: 'number' }
  ? number
  : F extends { type: 'logins' }
    ? readonly string[]
    : Choice<F>;
type Attribute<F extends FieldDefinition> = F extends { type: 'number' }
  ? number
  : F extends { type: 'logins' }
    ? string[]
    : string;

type KeyNames<T extends ObjectType> = {
  [Name in keyof T['fields']]: T['fields'][Name] extends { key: true } ? Name : never;
}[keyof T['fields']];

/**
 * The props of a table's construct. Only the key is required: an object that is imported may be declared in part. What
 * a new object needs is checked by the plan.
 */
export type TableProps<T extends ObjectType> = {
  readonly [Name in KeyNames<T> & string as CamelCase<Name>]: Prop<T['fields'][Name]>;
} & {
  readonly [Name in Exclude<keyof T['fields'], KeyNames<T>> & string as CamelCase<Name>]?:
    Prop<T['fields'][Name]> | undefined;
} & WriteOnlyProps<T>;

/** A secret that is neither in the plan nor in state: `phonePassWo` in place of `phonePass`, with `phonePassWoVersion`. */
type WriteOnlyProps<T extends ObjectType> = {
  readonly [Name in WriteOnlyName<T> as CamelCase<Name>]?: string | undefined;
} & {
  readonly [Name in WriteOnlyVersionName<T> as CamelCase<Name>]?: number | undefined;
};

/** Props that are no fields of VICIdial. */
export interface OwnProps {
  /** While it is true in state, the object is neither deleted nor replaced. Set it to false and apply before. */
  readonly deletionProtection?: boolean | IResolvable | undefined;
}

/** Attributes that are no fields of VICIdial. */
interface OwnAttributes {
  readonly id: string;
  /** The VICIdial system that the object belongs to. */
  readonly system: string;
  /** True where the object existed already and was adopted instead of created. */
  readonly adopted: IResolvable;
  readonly deletionProtection: IResolvable;
}

/** The attributes of a table's construct, for references from other constructs. */
export type TableAttributes<T extends ObjectType> = OwnAttributes & {
  readonly [Name in keyof T['fields'] & string as CamelCase<Name>]: Attribute<T['fields'][Name]>;
} & {
  readonly [Name in WriteOnlyVersionName<T> as CamelCase<Name>]: number;
};
