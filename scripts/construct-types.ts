/** Writes the types of constructs: props, attributes and methods, each with its description, from the tables. */
import { camelCase } from '../src/model/case';
import {
  phoneAliasData,
  phoneAliasesData,
  phoneData,
  phonesData,
  serversData,
  systemData,
  templatesData,
  userGroupsData,
  type DataField,
  type DataSourceDefinition,
} from '../src/model/data-sources';
import type { ObjectType } from '../src/model/field-definition';
import { phoneAliasType } from '../src/model/phone-alias-fields';
import { phoneType } from '../src/model/phone-fields';
import { providerSchema } from '../src/provider/provider-schema';
import { resourceSchema } from '../src/provider/resource-schema';
import { providerSettings, type SettingDefinition } from '../src/settings/provider-settings';
import type { Attribute, Type } from '../src/terraform/schema';

type Kind = 'string' | 'number' | 'bool' | 'list' | 'map';

/** Something that a construct has, by its name in Terraform. */
interface Member {
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
  /** A program may set it. */
  readonly isArgument: boolean;
  /** Other constructs may refer to it. */
  readonly isAttribute: boolean;
}

/** The files with their texts. */
export const constructTypes: Readonly<Record<string, () => string>> = {
  'src/constructs/generated/phone.ts': () => resourceFile('Phone', phoneType),
  'src/constructs/generated/phone-alias.ts': () => resourceFile('PhoneAlias', phoneAliasType),
  'src/constructs/generated/provider.ts': providerFile,
  'src/constructs/generated/data-sources.ts': dataSourcesFile,
};

function resourceFile(name: string, type: ObjectType): string {
  const attributes = Object.entries(resourceSchema(type, '').attributes).map(([own, attribute]): Member => {
    const field = type.fields[own];
    const example = field ? ` Example: \`${field.example}\`.` : '';
    return {
      ...member(own, attribute),
      description: `${attribute.description ?? ''}${example}`,
      choices: field?.choices,
    };
  });
  return file([
    ...propsInterface(
      `${name}Arguments`,
      `What a \`${name}\` declares, without the meta-arguments of Terraform.`,
      attributes,
    ),
    ...membersInterface(`${name}Members`, `${name}Arguments`, `What a \`${name}\` has.`, attributes),
  ]);
}

function member(name: string, attribute: Attribute): Member {
  const { type = 'dynamic', required, optional, writeOnly, description = '' } = attribute;
  return {
    name,
    kind: kindOf(type),
    description,
    required,
    isArgument: required === true || optional === true,
    // A reference to it would be null.
    isAttribute: writeOnly !== true,
  };
}

function kindOf(type: Type): Kind {
  if (typeof type !== 'string') return type[0] === 'map' ? 'map' : 'list';
  return type === 'number' || type === 'bool' ? type : 'string';
}

function providerFile(): string {
  const settings = Object.entries(providerSchema.attributes).map(([name, attribute]): Member => {
    const { choices }: SettingDefinition = providerSettings[name as keyof typeof providerSettings];
    return { ...member(name, attribute), choices };
  });
  return file([
    ...propsInterface('ProviderArguments', 'The settings of the provider.', settings),
    ...inputsInterface('ProviderMembers', 'ProviderArguments', 'What the construct of the provider has.', settings),
  ]);
}

const dataSources: Readonly<Record<string, DataSourceDefinition>> = {
  DataVicidialPhone: phoneData,
  DataVicidialPhones: phonesData,
  DataVicidialPhoneAlias: phoneAliasData,
  DataVicidialPhoneAliases: phoneAliasesData,
  DataVicidialSystem: systemData,
  DataVicidialServers: serversData,
  DataVicidialTemplates: templatesData,
  DataVicidialUserGroups: userGroupsData,
};

function dataSourcesFile(): string {
  return file([
    "import type { ObjectMap } from '../object-map';",
    ...Object.entries(dataSources).flatMap(dataSourceTypes),
  ]);
}

function dataSourceTypes([name, definition]: readonly [string, DataSourceDefinition]): string[] {
  const given = Object.entries(definition.arguments).map(([own, field]): Member => ({
    ...dataMember(own, field),
    required: field.required,
    isArgument: true,
  }));
  const read = Object.entries(definition.attributes)
    .filter(([own]) => !(own in definition.arguments))
    .map(([own, field]) => dataMember(own, field));
  const { objects } = definition;
  const elements = Object.entries(objects?.attributes ?? {}).map(([own, field]) => dataMember(own, field));
  const map = objects
    ? [comment(objects.description), `readonly ${camelCase(objects.name)}: ObjectMap<${name}Object>;`]
    : [];
  const title = `\`${name}\``;
  return [
    ...propsInterface(`${name}Arguments`, `What a ${title} declares.`, given),
    ...(objects ? membersInterface(`${name}Object`, '', `An object of a ${title}.`, elements) : []),
    ...membersInterface(`${name}Members`, `${name}Arguments`, `What a ${title} has.`, [...given, ...read], map),
  ];
}

function dataMember(name: string, { type, description }: DataField): Member {
  const kind = type === 'logins' ? 'list' : (type ?? 'string');
  return { name, kind, description, isArgument: false, isAttribute: true };
}

function file(parts: readonly string[]): string {
  const text = parts.join('\n');
  const imports = [
    ...(text.includes('IResolvable') ? ["import type { IResolvable } from 'cdktf';"] : []),
    ...(text.includes('OtherText') ? ["import type { OtherText } from '../other-text';"] : []),
  ];
  return [
    '/** Generated by npm run docs; edit the tables in src/model and src/settings instead. */',
    ...imports,
    text,
    '',
  ].join('\n');
}

function propsInterface(name: string, description: string, members: readonly Member[]): string[] {
  const props = members
    .filter(({ isArgument }) => isArgument)
    .flatMap((each) => [
      comment(each.description, members),
      `readonly ${camelCase(each.name)}${each.required ? '' : '?'}: ${propType(each)}${each.required ? '' : ' | undefined'};`,
    ]);
  return block(name, description, props);
}

function propType({ kind, choices }: Member): string {
  if (choices) return [...choices.map((choice) => `'${choice}'`), 'OtherText'].join(' | ');
  const types = {
    string: 'string',
    number: 'number',
    bool: 'boolean | IResolvable',
    list: 'readonly string[]',
    map: 'Readonly<Record<string, string>>',
  };
  return types[kind];
}

function attributeType(kind: Kind): string {
  const types = {
    string: 'string',
    number: 'number',
    bool: 'IResolvable',
    list: 'string[]',
    map: 'Record<string, string>',
  };
  return types[kind];
}

/** A getter is a reference, as in the bindings that CDKTF generates; what is set, the input has. */
function membersInterface(
  name: string,
  props: string,
  description: string,
  members: readonly Member[],
  more: readonly string[] = [],
): string[] {
  const lines = members.flatMap((each) => {
    const { isArgument, isAttribute, kind } = each;
    const prop = camelCase(each.name);
    const text = comment(each.description, members);
    if (!isArgument) return [text, `readonly ${prop}: ${attributeType(kind)};`];
    const getter = isAttribute ? [`get ${prop}(): ${attributeType(kind)};`] : [];
    return [text, ...getter, `set ${prop}(value: ${props}['${prop}']);`, ...inputLines(each, props)];
  });
  return block(name, description, [...lines, ...more]);
}

/** In a provider a getter is what is set: nothing refers to a provider's attributes. */
function inputsInterface(name: string, props: string, description: string, members: readonly Member[]): string[] {
  const lines = members.flatMap((each) => {
    const prop = camelCase(each.name);
    const type = `${props}['${prop}']`;
    return [
      comment(each.description, members),
      `get ${prop}(): ${type};`,
      `set ${prop}(value: ${type});`,
      ...inputLines(each, props),
    ];
  });
  return block(name, description, lines);
}

function inputLines({ name, required }: Member, props: string): string[] {
  const prop = camelCase(name);
  const method = `reset${prop.charAt(0).toUpperCase()}${prop.slice(1)}`;
  return [
    comment(`What \`${prop}\` is set to.`),
    `readonly ${prop}Input: ${props}['${prop}']${required ? ' | undefined' : ''};`,
    ...(required ? [] : [comment(`Leaves \`${prop}\` out.`), `${method}(): void;`]),
  ];
}

/** Nothing is declared for a construct that has no members of its own. */
function block(name: string, description: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ['', comment(description), `export interface ${name} {`, ...lines.map((line) => `  ${line}`), '}'];
}

/** The names of other members as a program writes them. */
function comment(description: string, members: readonly Member[] = []): string {
  const names = new Set(members.map(({ name }) => name));
  const text = description.replace(/`(\w+)`/gu, (whole, name: string) =>
    names.has(name) ? `\`${camelCase(name)}\`` : whole,
  );
  return `/** ${text} */`;
}
