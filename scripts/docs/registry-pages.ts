/**
 * The pages of the Registry, from the schemas of the provider and the files in examples: index.md, and one for each resource
 * and data source. Folders, names, front matter and sections are those of tfplugindocs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { vicidialProvider } from '../../src/provider/provider';
import type { Schema } from '../../src/terraform/schema';
import { acceptedValues, environmentVariables } from './accepted-values';
import { callsSection, readsSection } from './calls';
import { fence, frontMatter, page } from './markdown';
import { schemaSection } from './schema-section';

const examples = join(__dirname, '../../examples');
const provider = vicidialProvider({});

/** The folders whose every page is generated. */
export const registryFolders = ['docs/resources', 'docs/data-sources'];

/** By file. */
export function registryPages(): Readonly<Record<string, () => string>> {
  return {
    'docs/index.md': indexPage,
    ...pagesOf('resources', provider.resources, resourcePage),
    ...pagesOf('data-sources', provider.dataSources ?? {}, dataSourcePage),
  };
}

function pagesOf(
  folder: string,
  blocks: Readonly<Record<string, { readonly schema: Schema }>>,
  make: (type: string, schema: Schema) => string,
) {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, { schema }]) => [
      `docs/${folder}/${type.replace('vicidial_', '')}.md`,
      () => make(type, schema),
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

function exampleUsage(file: string): string {
  return `## Example Usage\n\n${fence('terraform', readExample(file))}`;
}

/** The ways to import, those with an example. */
function importSection(folder: string): string[] {
  const ways = [
    {
      file: 'import-by-identity.tf',
      text: 'In Terraform 1.12 and later, an [`import` block](https://developer.hashicorp.com/terraform/language/import) may have the `identity` of the object:',
    },
    {
      file: 'import-by-string-id.tf',
      text: 'An [`import` block](https://developer.hashicorp.com/terraform/language/import) with its `id`, for Terraform 1.5 and later and for OpenTofu:',
    },
    {
      file: 'import.sh',
      text: 'The [command `terraform import`](https://developer.hashicorp.com/terraform/cli/commands/import), for all versions:',
    },
  ].filter(({ file }) => existsSync(join(examples, folder, file)));
  return [
    '## Import',
    ...ways.flatMap(({ file, text }) => [
      text,
      fence(file.endsWith('.sh') ? 'shell' : 'terraform', readExample(`${folder}/${file}`)),
    ]),
  ];
}

function readExample(file: string): string {
  return readFileSync(join(examples, file), 'utf8');
}
