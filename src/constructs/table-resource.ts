/** The part that `Phone` and `PhoneAlias` share: a Terraform resource made from a field table. */
import { TerraformResource, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { validateValue } from '../model/validate';
import type { FieldValue, FieldDefinition, ObjectType } from '../model/field-definition';
import { Secret } from '../model/secret';
import { camelCase } from '../model/case';
import { warnOfPlaintextSecret } from './plaintext-secret';
import { isUnresolved } from './unresolved';
import type { TableAttributes, TableProps } from './props';
import { toHclTerraform, toTerraform } from './synthesized-values';

export type Props<T extends ObjectType> = TableProps<T> & TerraformMetaArguments;

type TableResourceClass<T extends ObjectType> = new (
  scope: Construct,
  id: string,
  props: Props<T>,
) => TableResource & TableAttributes<T>;

/** A resource whose arguments are the rows of a table. */
export class TableResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly declared: TerraformMetaArguments,
    private readonly table: ObjectType,
    type: string,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = declared;
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      ...{ dependsOn, count, provider, lifecycle, forEach, provisioners, connection },
    });
    this.node.addValidation({ validate: () => this.#complaints() });
    for (const [name, { secret }] of Object.entries(table.fields))
      if (secret) warnOfPlaintextSecret(this, camelCase(name), this.input(name));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapFields(({ type }, value) => toTerraform(value, type));
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapFields(({ type }, value) => toHclTerraform(value, type));
  }

  /** What was declared for a field, by its API name; undefined where it is not managed. */
  input(name: string): unknown {
    // Besides the meta-arguments these are the props of the table.
    return (this.declared as Readonly<Record<string, unknown>>)[camelCase(name)];
  }

  /** All that was declared, by API name. */
  inputs(): Readonly<Record<string, unknown>> {
    return this.#mapFields((_field, value) => value);
  }

  #mapFields<R>(change: (field: FieldDefinition, value: unknown) => R): Record<string, R> {
    const declared = Object.entries(this.table.fields).filter(([name]) => this.input(name) !== undefined);
    return Object.fromEntries(declared.map(([name, field]) => [name, change(field, this.input(name))]));
  }

  /** Literals that no server could store; what is known only to Terraform is for the plan to check. */
  #complaints(): string[] {
    return Object.entries(this.table.fields).flatMap(([name, field]) => {
      const value = this.input(name);
      if (value === undefined || isUnresolved(value)) return [];
      // A prop has the type of its field, by `TableProps`.
      const checked = field.secret ? new Secret(value as string) : (value as FieldValue);
      return validateValue(this.table, name, checked, 'either', { nonLatin: true }).map(
        ({ summary, detail }) => `${camelCase(name)}: ${summary}. ${detail}`,
      );
    });
  }
}

/**
 * The class of a table's resource, with a getter for each field that other constructs may refer to.
 *
 * @param type the resource's type in Terraform
 */
export function tableResource<T extends ObjectType>(table: T, type: string): TableResourceClass<T> {
  class Typed extends TableResource {
    constructor(scope: Construct, id: string, props: Props<T>) {
      super(scope, id, props, table, type);
    }
  }
  for (const [name, field] of [['id', {}] as const, ...Object.entries(table.fields)]) {
    Object.defineProperty(Typed.prototype, camelCase(name), { get: reader(name, field) });
  }
  // The getters above are those of `TableAttributes`, one for each row.
  return Typed as unknown as TableResourceClass<T>;
}

function reader(name: string, field: Pick<FieldDefinition, 'type'>) {
  return function read(this: TerraformResource): unknown {
    if (field.type === 'number') return this.getNumberAttribute(name);
    return field.type === 'logins' ? this.getListAttribute(name) : this.getStringAttribute(name);
  };
}
