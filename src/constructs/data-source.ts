/** A Terraform data source made from its definition; `DataVicidialPhones` and the others are each one of these. */
import { TerraformDataSource, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { camelCase } from '../model/case';
import { composed } from '../model/composed-letters';
import type { DataSourceDefinition } from '../model/data-sources';
import { defineAttributes } from './attribute-getters';
import type { DataSourceAttributes, DataSourceProps } from './data-source-props';
import { ObjectMap } from './object-map';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';

/** The props of a data source: its arguments in camelCase, and Terraform's meta-arguments. */
export type DataProps<T extends DataSourceDefinition> = DataSourceProps<T> & TerraformMetaArguments;

/** The class of a data source's construct; exported because the declarations of the constructs name it. */
export interface DataSourceClass<T extends DataSourceDefinition> {
  new (
    scope: Construct,
    id: string,
    // A data source without a required argument can be declared without props.
    ...props: Record<never, never> extends DataSourceProps<T> ? [props?: DataProps<T>] : [props: DataProps<T>]
  ): TerraformDataSource & DataSourceAttributes<T>;

  /** The data source in Terraform. */
  readonly tfResourceType: T['type'];
}

/** A data source whose arguments are those of a definition. */
class DefinedDataSource extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly declared: Readonly<Record<string, unknown>> & TerraformMetaArguments,
    private readonly definition: DataSourceDefinition,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach } = declared;
    super(scope, id, {
      terraformResourceType: definition.type,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      ...{ dependsOn, count, provider, lifecycle, forEach },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapArguments(toTerraform);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapArguments(toHclTerraform);
  }

  #mapArguments(write: (value: unknown, type?: ValueType) => unknown): Record<string, unknown> {
    const given = Object.entries(this.definition.arguments).filter(
      ([name]) => this.declared[camelCase(name)] !== undefined,
    );
    return Object.fromEntries(given.map(([name, { type }]) => [name, write(this.declared[camelCase(name)], type)]));
  }
}

/** Makes the class of a data source, with a getter for each attribute. */
export function definedDataSource<T extends DataSourceDefinition>(definition: T): DataSourceClass<T> {
  const { objects, attributes, arguments: given } = definition as DataSourceDefinition;
  class Typed extends DefinedDataSource {
    static readonly tfResourceType = definition.type;

    constructor(scope: Construct, id: string, props: Partial<DataProps<T>> = {}) {
      super(scope, composed(id), composed(props), definition);
    }
  }
  defineAttributes(Typed.prototype, { ...given, ...attributes });
  if (objects) {
    Object.defineProperty(Typed.prototype, camelCase(objects.name), {
      get(this: TerraformDataSource) {
        return new ObjectMap(this, objects.name, objects.attributes);
      },
    });
  }
  // The getters above are those of `DataSourceAttributes`.
  return Typed as unknown as DataSourceClass<T>;
}
