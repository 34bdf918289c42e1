/** A Terraform data source made from its definition; `DataVicidialPhones` and the others are each one of these. */
import { TerraformDataSource, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { camelCase } from '../model/case';
import { composed } from '../model/composed-letters';
import type { DataSourceDefinition } from '../model/data-sources';
import { defineArguments, defineAttributes } from './attribute-getters';
import { DeclaredProps } from './declared-props';
import { hasNumberToken, numberTokenError } from './number-tokens';
import { ObjectMap } from './object-map';
import { resolved } from './resolved';
import { metaProps, unknownArguments, unknownProps } from './unknown-names';

/** The class of a data source's construct; exported because the declarations of the constructs name it. */
export interface DataSourceClass<T extends string, P, M> extends Omit<typeof TerraformDataSource, 'prototype'> {
  new (
    scope: Construct,
    id: string,
    // A data source without a required argument can be declared without props.
    ...props: Record<never, never> extends P ? [props?: P] : [props: P]
  ): TerraformDataSource & M;

  /** The data source in Terraform. */
  readonly tfResourceType: T;
}

/** The JSON of one construct. */
interface DataJson {
  readonly data: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A data source whose arguments are those of a definition. */
class DefinedDataSource extends TerraformDataSource {
  readonly #props: DeclaredProps;

  constructor(
    scope: Construct,
    id: string,
    props: TerraformMetaArguments,
    private readonly definition: DataSourceDefinition,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach } = props;
    super(scope, id, {
      terraformResourceType: definition.type,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      ...{ dependsOn, count, provider, lifecycle, forEach },
    });
    this.#props = new DeclaredProps(props);
    this.node.addValidation({ validate: () => this.#errors() });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#props.toTerraform(this.definition.arguments);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#props.toHcl(this.definition.arguments);
  }

  /** What an argument is set to, by its name in Terraform; undefined where it is not set. */
  input(name: string): unknown {
    return this.#props.get(name);
  }

  setInput(name: string, value: unknown): void {
    this.#props.set(name, value);
  }

  #errors(): string[] {
    const { type, arguments: given } = this.definition;
    const names = Object.keys(given);
    // CDKTF declares the type any.
    const { data } = resolved(this, this.toTerraform() as DataJson);
    const block = data[type]?.[this.friendlyUniqueId] ?? {};
    return [
      ...unknownProps(this.#props.names(), [...names.map(camelCase), ...metaProps], `the data source ${type}`),
      ...unknownArguments(block, names, `the data source ${type}`),
      ...names.filter((name) => hasNumberToken(block[name])).map((name) => numberTokenError(camelCase(name))),
    ];
  }
}

/**
 * Makes the class of a data source, with what bindings of CDKTF have for each argument and attribute.
 *
 * @typeParam P the props
 * @typeParam M the attributes, and what changes the arguments
 */
export function definedDataSource<T extends string, P, M>(
  definition: DataSourceDefinition & { readonly type: T },
): DataSourceClass<T, P, M> {
  const { objects, attributes, arguments: given } = definition;
  class Typed extends DefinedDataSource {
    static readonly tfResourceType = definition.type;

    constructor(scope: Construct, id: string, props: TerraformMetaArguments = {}) {
      super(scope, composed(id), props, definition);
    }
  }
  defineAttributes(Typed.prototype, { ...given, ...attributes });
  defineArguments(Typed.prototype, Object.keys(given));
  if (objects) {
    Object.defineProperty(Typed.prototype, camelCase(objects.name), {
      get(this: TerraformDataSource) {
        return new ObjectMap(this, objects.name, objects.attributes);
      },
    });
  }
  // What was defined are the members of `M`.
  return Typed as unknown as DataSourceClass<T, P, M>;
}
