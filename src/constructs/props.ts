/** Props and attributes of constructs, inferred from the field tables: a new row is a new prop. */
import type { FieldDefinition, ObjectType } from '../model/field-definition';
import type { CamelCase } from '../model/case';

/** A choice completes in an editor; a token, which is any string, passes too. */
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
 * What a construct is made of. Only the key is required here: an object that is imported may be declared in part, and
 * what a new one needs is said by the plan.
 */
export type TableProps<T extends ObjectType> = {
  readonly [Name in KeyNames<T> & string as CamelCase<Name>]: Prop<T['fields'][Name]>;
} & {
  readonly [Name in Exclude<keyof T['fields'], KeyNames<T>> & string as CamelCase<Name>]?:
    Prop<T['fields'][Name]> | undefined;
};

/** What other constructs may refer to. */
export type TableAttributes<T extends ObjectType> = { readonly id: string } & {
  readonly [Name in keyof T['fields'] & string as CamelCase<Name>]: Attribute<T['fields'][Name]>;
};
