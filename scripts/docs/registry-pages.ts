/**
 * The pages of the Registry, from the schemas of the provider and the files in examples: index.md, and one for each resource,
 * data source, function, action and list resource. Folders, names, front matter and sections are those of tfplugindocs.
 */
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { vicidialProvider } from '../../src/provider/provider';
import type { Schema } from '../../src/terraform/schema';
import { acceptedValues, environmentVariables } from './accepted-values';
import { callsSection, readsSection } from './calls';
import { exampleUsage, importSection } from './examples';
import { frontMatter, page } from './markdown';
import { actionPage, functionPage, listResourcePage } from './newer-pages';
import { schemaSection } from './schema-section';

const provider = vicidialProvider({});

/** The folders whose every page is generated. */
export const registryFolders = ['resources', 'data-sources', 'functions', 'actions', 'list-resources'].map(
  (folder) => `docs/${folder}`,
);

/** By file. */
export function registryPages(): Readonly<Record<string, () => string>> {
  const { resources, dataSources = {}, functions = {}, actions = {} } = provider;
  const lists = Object.entries(resources).flatMap(([type, { list }]) => (list ? [[type, list] as const] : []));
  return {
    'docs/index.md': indexPage,
    ...pagesOf('resources', resources, ({ schema }, type) => resourcePage(type, schema)),
    ...pagesOf('data-sources', dataSources, ({ schema }, type) => dataSourcePage(type, schema)),
    ...pagesOf('functions', functions, (each, name) => functionPage(name, each)),
    ...pagesOf('actions', actions, ({ schema }, type) => actionPage(type, schema)),
    ...pagesOf('list-resources', Object.fromEntries(lists), ({ schema }, type) => listResourcePage(type, schema)),
  };
}

function pagesOf<T>(folder: string, named: Readonly<Record<string, T>>, make: (each: T, name: string) => string) {
  return Object.fromEntries(
    Object.entries(named).map(([name, each]) => [
      `docs/${folder}/${name.replace('vicidial_', '')}.md`,
      () => make(each, name),
    ]),
  );
}

function indexPage(): string {
  const { schema } = provider;
  return page([
    frontMatter({ title: 'vicidial Provider', description: oneLine(schema) }),
    '# vicidial Provider',
    `${oneLine(schema)} It writes them through the API of VICIdial, and reads them from its admin pages or its database, which the API cannot do.`,
    'The guide [Getting started](guides/getting-started.md) creates a first phone, [Supported versions](guides/supported-versions.md) lists what it works with, and [Permissions of the API user](guides/permissions.md) what it needs.',
    exampleUsage('provider/provider.tf'),
    schemaSection(schema),
    environmentVariables(),
  ]);
}

function resourcePage(type: string, schema: Schema): string {
  const objectType = [phoneType, phoneAliasType].find(({ resourceType }) => resourceType === type);
  if (!objectType) throw new Error(`The resource ${type} has no table of fields.`);
  return page([
    frontMatter({ title: `${type} Resource - vicidial`, description: oneLine(schema) }),
    `# ${type} (Resource)`,
    oneLine(schema),
    exampleUsage(`resources/${type}/resource.tf`),
    schemaSection(schema),
    acceptedValues(objectType),
    callsSection(objectType),
    ...importSection(`resources/${type}`),
  ]);
}

function dataSourcePage(type: string, schema: Schema): string {
  return page([
    frontMatter({ title: `${type} Data Source - vicidial`, description: oneLine(schema) }),
    `# ${type} (Data Source)`,
    `${oneLine(schema)} What is empty on the server, or could not be read, is null.`,
    exampleUsage(`data-sources/${type}/data-source.tf`),
    schemaSection(schema),
    readsSection(type),
  ]);
}

function oneLine({ description = '' }: Schema): string {
  return description;
}
