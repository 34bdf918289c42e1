/** A Terraform resource made from a field table; `Phone` and `PhoneAlias` are two of these. */
import {
  Annotations,
  ImportableResource,
  TerraformResource,
  type TerraformMetaArguments,
  type TerraformProvider,
} from 'cdktf';
import type { Construct } from 'constructs';
import { version } from '../address';
import { validateValue } from '../model/validate';
import { valueWarnings } from '../model/value-warnings';
import { composed } from '../model/composed-letters';
import type { FieldValue, FieldDefinition, ObjectType } from '../model/field-definition';
import type { Failure } from '../model/failures';
import { Secret } from '../model/secret';
import { camelCase } from '../model/case';
import { writeOnlyArguments, writeOnlyDefinitions, writeOnlyFailures } from '../model/write-only-fields';
import { defineAttributes } from './attribute-getters';
import type { UniqueFields } from './duplicates';
import { warnOfPlaintextSecret } from './plaintext-secret';
import { isUnresolved } from './unresolved';
import type { OwnProps, TableAttributes, TableProps } from './props';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';
import { uniqueInStack } from './unique-in-stack';

/** The props of a table's construct: one for each field, and Terraform's meta-arguments. */
export type Props<T extends ObjectType> = TableProps<T> & OwnProps & TerraformMetaArguments;

/** The class of a table's construct; exported because the declarations of `Phone` and `PhoneAlias` name it. */
export interface TableResourceClass<T extends ObjectType> {
  new (scope: Construct, id: string, props: Props<T>): TableResource & TableAttributes<T>;

  /** The resource type in Terraform. */
  readonly tfResourceType: T['resourceType'];

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

/** A resource whose arguments are the fields of a table. */
class TableResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly declared: OwnProps & TerraformMetaArguments,
    private readonly table: ObjectType,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = declared;
    super(scope, id, {
      terraformResourceType: table.resourceType,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      ...{ dependsOn, count, provider, lifecycle, forEach, provisioners, connection },
    });
    this.node.addValidation({ validate: () => this.#errors() });
    for (const [name, { secret }] of Object.entries(argumentsOf(table)))
      if (secret) warnOfPlaintextSecret(this, camelCase(name), this.input(name));
    this.#warn();
  }

  /** Declares the import of an object that exists; its id is read as the values are. */
  override importFrom(id: string, provider?: TerraformProvider): void {
    super.importFrom(composed(id), provider);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapArguments(toTerraform);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapArguments(toHclTerraform);
  }

  /** The declared value of a field, by API name; undefined where it is not set. */
  input(name: string): unknown {
    // Besides the meta-arguments these are the props of the table.
    return (this.declared as Readonly<Record<string, unknown>>)[camelCase(name)];
  }

  /** All declared values, by API name. */
  inputs(): Readonly<Record<string, unknown>> {
    return this.#mapFields((_field, value) => value);
  }

  #mapArguments(write: (value: unknown, type?: ValueType) => unknown): Record<string, unknown> {
    const { deletionProtection } = this.declared;
    return {
      ...this.#mapFields(({ type }, value) => write(value, type)),
      ...(deletionProtection === undefined ? {} : { deletion_protection: write(deletionProtection, 'bool') }),
    };
  }

  #mapFields<R>(change: (field: Argument, value: unknown) => R): Record<string, R> {
    const declared = Object.entries(argumentsOf(this.table)).filter(([name]) => this.input(name) !== undefined);
    return Object.fromEntries(declared.map(([name, field]) => [name, change(field, this.input(name))]));
  }

  /** Literals that no server stores unchanged. Unresolved values are left to the plan. */
  #errors(): string[] {
    const isSet = (name: string) => (this.input(name) ?? undefined) !== undefined;
    const combinations = writeOnlyFailures(
      this.table,
      (name) => isSet(name) && !isUnresolved(this.input(name)),
      (name) => !isSet(name),
    );
    const refusals = Object.entries(this.#literals()).flatMap(([name, value]) => this.#refusals(name, value));
    return [...combinations, ...refusals].map(describeFailure);
  }

  #refusals(name: string, value: FieldValue): Failure[] {
    return validateValue(this.table, name, value, 'either', { nonLatin: true });
  }

  /** Literals that a server stores, and that are hardly meant. */
  #warn(): void {
    const literals = this.#literals();
    for (const warning of valueWarnings(literals)) {
      const { field = '' } = warning;
      if (this.#refusals(field, literals[field] ?? '').length > 0) continue;
      Annotations.of(this).addWarning(describeFailure(warning));
    }
  }

  #literals(): Record<string, FieldValue> {
    const literals: Record<string, FieldValue> = {};
    for (const [name, field] of Object.entries(this.table.fields)) {
      const value = this.input(name) ?? this.input(writeOnlyName(this.table, name)) ?? undefined;
      if (value === undefined || isUnresolved(value)) continue;
      // A prop has the type of its field, by `TableProps`; a program without types may give it another.
      literals[name] = field.secret
        ? new Secret(typeof value === 'string' ? value : JSON.stringify(value))
        : (value as FieldValue);
    }
    return literals;
  }
}

/** A field, or an argument that Terraform alone has. */
type Argument = Pick<FieldDefinition, 'type' | 'secret'>;

function argumentsOf(table: ObjectType): Readonly<Record<string, Argument>> {
  return { ...table.fields, ...writeOnlyDefinitions(table) };
}

/** The argument that may hold the value of a field in its place; of a field that has none, a name that no prop has. */
function writeOnlyName(table: ObjectType, name: string): string {
  return writeOnlyArguments(table).find(({ field }) => field === name)?.value ?? '';
}

/** A failure of a value, by the name of its prop. */
function describeFailure({ field = '', summary, detail }: Failure): string {
  return `${camelCase(field)}: ${summary}. ${detail}`;
}

/**
 * Makes the class of a table's construct, with a getter for each field that other constructs may refer to.
 *
 * @param uniques what no two objects of a stack may share
 */
export function tableResource<T extends ObjectType>(table: T, uniques: readonly UniqueFields[]): TableResourceClass<T> {
  const register = uniqueInStack(uniques);
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

    constructor(scope: Construct, id: string, props: Props<T>) {
      super(scope, composed(id), composed(props), table);
      register(this);
    }
  }
  const versions = writeOnlyArguments(table).map(({ version }) => [version, { type: 'number' }] as const);
  defineAttributes(Typed.prototype, { ...ownAttributes, ...table.fields, ...Object.fromEntries(versions) });
  // The getters above are those of `TableAttributes`, one for each field.
  return Typed as unknown as TableResourceClass<T>;
}

/** The attributes of every object that are no fields of VICIdial. */
const ownAttributes = { id: {}, system: {}, adopted: { type: 'bool' }, deletion_protection: { type: 'bool' } } as const;
