/** A Terraform resource made from a field table; `Phone` and `PhoneAlias` are two of these. */
import {
  ImportableResource,
  TerraformResource,
  TerraformStack,
  type TerraformMetaArguments,
  type TerraformProvider,
} from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { composed } from '../model/composed-letters';
import type { ObjectType } from '../model/field-definition';
import { camelCase } from '../model/case';
import { defineArguments, defineAttributes } from './attribute-getters';
import { DeclaredProps } from './declared-props';
import type { UniqueFields } from './duplicates';
import { argumentsOf } from './table-arguments';
import { registerTableConstruct } from './table-constructs';
import { metaProps, unknownProps } from './unknown-names';
import { constructErrors, validateStack } from './validate-stack';

/** The class of a table's construct; exported because the declarations of `Phone` and `PhoneAlias` name it. */
export interface TableResourceClass<T extends string, P, M> extends Omit<typeof TerraformResource, 'prototype'> {
  new (scope: Construct, id: string, props: P): TerraformResource & M;

  /** The resource type in Terraform. */
  readonly tfResourceType: T;

  /**
   * Declares the import of an object that the stack does not declare; Terraform then generates its configuration.
   *
   * @param importToId the construct id, which becomes the name of the resource
   * @param importFromId the id of the object: `SERVER_IP/EXTENSION` of a phone, `alias_id` of a phone alias
   * @param provider needed where the stack has two providers
   * @example
   * Phone.generateConfigForImport(stack, 'front-desk', '10.0.0.11/55000');
   */
  generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: TerraformProvider,
  ): ImportableResource;
}

/** A resource whose arguments are those of a table. */
class TableResource extends TerraformResource {
  readonly #props: DeclaredProps;

  constructor(
    scope: Construct,
    id: string,
    props: TerraformMetaArguments,
    private readonly table: ObjectType,
    uniques: readonly UniqueFields[],
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = props;
    super(scope, id, {
      terraformResourceType: table.resourceType,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      ...{ dependsOn, count, provider, lifecycle, forEach, provisioners, connection },
    });
    this.#props = new DeclaredProps(props);
    registerTableConstruct(this, { table, uniques });
    const stack = TerraformStack.of(this);
    validateStack(stack);
    this.node.addValidation({
      validate: () => {
        const known = [...Object.keys(argumentsOf(table)).map(camelCase), ...metaProps];
        return [...unknownProps(this.#props.names(), known, `a ${table.noun}`), ...constructErrors(stack, this)];
      },
    });
  }

  /** Declares the import of an object that exists; its id is read as the values are. */
  override importFrom(id: string, provider?: TerraformProvider): void {
    super.importFrom(composed(id), provider);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#props.toTerraform(argumentsOf(this.table));
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#props.toHcl(argumentsOf(this.table));
  }

  /** What an argument is set to, by its name in Terraform; undefined where it is not set. */
  input(name: string): unknown {
    return this.#props.get(name);
  }

  setInput(name: string, value: unknown): void {
    this.#props.set(name, value);
  }
}

/**
 * Makes the class of a table's construct, with what bindings of CDKTF have for each argument and attribute.
 *
 * @typeParam P the props
 * @typeParam M the attributes, and what changes the arguments
 * @param uniques what no two objects of a stack may share
 */
export function tableResource<T extends string, P, M>(
  table: ObjectType & { readonly resourceType: T },
  uniques: readonly UniqueFields[],
): TableResourceClass<T, P, M> {
  class Typed extends TableResource {
    static readonly tfResourceType = table.resourceType;

    static generateConfigForImport(
      scope: Construct,
      importToId: string,
      importFromId: string,
      provider?: TerraformProvider,
    ): ImportableResource {
      return new ImportableResource(scope, composed(importToId), {
        terraformResourceType: table.resourceType,
        importId: composed(importFromId),
        ...(provider ? { provider } : {}),
      });
    }

    constructor(scope: Construct, id: string, props: TerraformMetaArguments) {
      super(scope, composed(id), props, table, uniques);
    }
  }
  const given = Object.entries(argumentsOf(table));
  const readable = Object.fromEntries(given.filter(([, { writeOnly }]) => !writeOnly));
  defineAttributes(Typed.prototype, { ...ownAttributes, ...readable });
  defineArguments(
    Typed.prototype,
    given.map(([name]) => name),
  );
  // What was defined are the members of `M`, one for each row.
  return Typed as unknown as TableResourceClass<T, P, M>;
}

/** The attributes of every object that are no arguments. */
const ownAttributes = { id: {}, system: {}, adopted: { type: 'bool' } } as const;
