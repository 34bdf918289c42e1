/** The phones and phone aliases of a stack as the stack writes them, with what aspects and overrides have changed. */
import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ObjectType } from '../model/field-definition';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { uniquePhoneAliasFields, uniquePhoneFields } from './duplicates';
import { argumentsOf } from './table-arguments';
import { tableConstruct, type TableConstruct } from './table-constructs';

/** A resource in the JSON of a stack. */
export interface ResourceJson extends Readonly<Record<string, unknown>> {
  /** CDKTF's metadata; a resource that an override of the stack adds has none. */
  readonly '//'?: { readonly metadata?: { readonly path: string } };
}

export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>> | undefined>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** A phone or phone alias. A value that refers to something is a template. */
export interface SynthesizedObject extends Pick<TableConstruct, 'table' | 'uniques'> {
  /** Undefined where an override of the stack adds the object. */
  readonly construct: IConstruct | undefined;
  /** Of the construct, or else the address. */
  readonly path: string;
  /** The name of its provider configuration. */
  readonly provider: string;
  /** Its arguments by name; what is null is not set. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The whole block. */
  readonly json: ResourceJson;
  /** The instances of a block with `count` or `for_each` may differ in values that only Terraform evaluates. */
  readonly isSingle: boolean;
  /** What an alias has that refers to its phone login. */
  readonly loginReference: string;
}

/** A resource without a provider uses the one without an alias. */
const defaultProvider = 'vicidial';

const tables = [
  { table: phoneType, uniques: uniquePhoneFields },
  { table: phoneAliasType, uniques: uniquePhoneAliasFields },
] as const;

/** All of them, in the order of the stack. */
export function objectsOf(stack: TerraformStack, { resource = {} }: StackJson): SynthesizedObject[] {
  const constructs = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  return tables.flatMap((own) =>
    Object.entries(resource[own.table.resourceType] ?? {}).map(([name, json]) => {
      const construct = constructs.get(json['//']?.metadata?.path ?? '');
      const { table, uniques } = (construct && tableConstruct(construct)) ?? own;
      return synthesizedObject(`${table.resourceType}.${name}`, json, { table, uniques, construct });
    }),
  );
}

function synthesizedObject(
  address: string,
  json: ResourceJson,
  own: { readonly table: ObjectType } & Pick<SynthesizedObject, 'construct' | 'table' | 'uniques'>,
): SynthesizedObject {
  const isSet = (name: string) => (json[name] ?? undefined) !== undefined;
  const names = Object.keys(argumentsOf(own.table)).filter(isSet);
  return {
    ...own,
    path: own.construct?.node.path ?? address,
    provider: typeof json.provider === 'string' ? json.provider : defaultProvider,
    values: Object.fromEntries(names.map((name) => [name, json[name]])),
    json,
    isSingle: !isSet('count') && !isSet('for_each'),
    loginReference: `\${${address}.${phoneType.loginField}}`,
  };
}
