/** Props and attributes of the constructs of data sources, inferred from their definitions. */
import type { IResolvable } from 'cdktf';
import type { CamelCase } from '../model/case';
import type { DataField, DataSourceDefinition } from '../model/data-sources';
import type { ObjectMap } from './object-map';

type Fields = Readonly<Record<string, DataField>>;

type Prop<F extends DataField> = F extends { type: 'number' }
  ? number
  : F extends { type: 'bool' }
    ? boolean | IResolvable
    : F extends { type: string }
      ? readonly string[]
      : string;

type Attribute<F extends DataField> = F extends { type: 'number' }
  ? number
  : F extends { type: 'bool' }
    ? IResolvable
    : F extends { type: string }
      ? string[]
      : string;

type RequiredNames<T extends Fields> = {
  [Name in keyof T]: T[Name] extends { required: true } ? Name : never;
}[keyof T];

/** The arguments of a data source as props. */
export type DataSourceProps<T extends DataSourceDefinition> = {
  readonly [Name in RequiredNames<T['arguments']> & string as CamelCase<Name>]: Prop<T['arguments'][Name]>;
} & {
  readonly [Name in Exclude<keyof T['arguments'], RequiredNames<T['arguments']>> & string as CamelCase<Name>]?:
    Prop<T['arguments'][Name]> | undefined;
};

/** Fields as attributes, for references from other constructs. */
export type DataAttributes<T extends Fields> = {
  readonly [Name in keyof T & string as CamelCase<Name>]: Attribute<T[Name]>;
};

type Objects<T extends DataSourceDefinition> = T extends {
  objects: { name: infer Name extends string; attributes: infer Nested extends Fields };
}
  ? { readonly [N in Name as CamelCase<N>]: ObjectMap<DataAttributes<Nested>> }
  : unknown;

/** Everything that a data source has: its attributes, and its objects by id. */
export type DataSourceAttributes<T extends DataSourceDefinition> = DataAttributes<T['arguments']> &
  DataAttributes<T['attributes']> &
  Objects<T>;
