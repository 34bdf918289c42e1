/** The part that `Phone` and `PhoneAlias` share: a Terraform resource made from a field table. */
import { TerraformResource, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { checkValue } from '../phone/check';
import type { AnyValue, Field, Table } from '../phone/field';
import { Secret } from '../phone/secret';
import { camel } from './names';
import { warnOfOpenSecret } from './open-secret';
import { isPending } from './pending';
import type { TableAttributes, TableProps } from './props';
import { toHclTerraform, toTerraform } from './terraform-values';

export type Props<T extends Table> = TableProps<T> & TerraformMetaArguments;

type TableResourceClass<T extends Table> = new (scope: Construct, id: string, props: Props<T>) => TableResource & TableAttributes<T>;

/** A resource whose arguments are the rows of a table. */
export class TableResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly declared: TerraformMetaArguments,
    private readonly table: Table,
    type: string,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = declared;
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'vicidial', providerVersion: version, providerVersionConstraint: version },
      ...{ dependsOn, count, provider, lifecycle, forEach, provisioners, connection },
    });
    this.node.addValidation({ validate: () => this.#complaints() });
    for (const [name, { secret }] of Object.entries(table.fields)) if (secret) warnOfOpenSecret(this, camel(name), this.input(name));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapFields(({ kind }, value) => toTerraform(value, kind));
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapFields(({ kind }, value) => toHclTerraform(value, kind));
  }

  /** What was declared for a field, by its API name; undefined where it is not managed. */
  input(name: string): unknown {
    // Besides the meta-arguments these are the props of the table.
    return (this.declared as Readonly<Record<string, unknown>>)[camel(name)];
  }

  /** All that was declared, by API name. */
  inputs(): Readonly<Record<string, unknown>> {
    return this.#mapFields((_field, value) => value);
  }

  #mapFields<R>(change: (field: Field, value: unknown) => R): Record<string, R> {
    const declared = Object.entries(this.table.fields).filter(([name]) => this.input(name) !== undefined);
    return Object.fromEntries(declared.map(([name, field]) => [name, change(field, this.input(name))]));
  }

  /** Literals that no server could store; what is known only to Terraform is for the plan to check. */
  #complaints(): string[] {
    return Object.entries(this.table.fields).flatMap(([name, field]) => {
      const value = this.input(name);
      if (value === undefined || isPending(value)) return [];
      // A prop has the type of its field, by `TableProps`.
      const checked = field.secret ? new Secret(value as string) : (value as AnyValue);
      return checkValue(this.table, name, checked, 'either', { nonLatin: true }).map(({ summary, detail }) => `${camel(name)}: ${summary}. ${detail}`);
    });
  }
}

/**
 * The class of a table's resource, with a getter for each field that other constructs may refer to.
 *
 * @param type the resource's type in Terraform
 */
export function tableResource<T extends Table>(table: T, type: string): TableResourceClass<T> {
  class Typed extends TableResource {
    constructor(scope: Construct, id: string, props: Props<T>) {
      super(scope, id, props, table, type);
    }
  }
  for (const [name, field] of [['id', {}] as const, ...Object.entries(table.fields)]) {
    Object.defineProperty(Typed.prototype, camel(name), { get: reader(name, field) });
  }
  // The getters above are those of `TableAttributes`, one for each row.
  return Typed as unknown as TableResourceClass<T>;
}

function reader(name: string, field: Pick<Field, 'kind'>) {
  return function read(this: TerraformResource): unknown {
    if (field.kind === 'number') return this.getNumberAttribute(name);
    return field.kind === 'logins' ? this.getListAttribute(name) : this.getStringAttribute(name);
  };
}
