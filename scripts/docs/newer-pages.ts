/** The pages of what newer engines have: functions, actions and list resources. */
import type { ProviderFunction } from '../../src/terraform/function';
import type { Schema, Type } from '../../src/terraform/schema';
import { exampleUsage } from './examples';
import { code, fence, frontMatter, page } from './markdown';
import { nameOf, schemaSection } from './schema-section';

export function functionPage(name: string, { description, parameters, returns }: ProviderFunction): string {
  const signature = parameters.map((each) => `${each.name} ${typeText(each.type)}`).join(', ');
  const list = parameters.map(
    (each, index) => `${index + 1}. ${code(each.name)} (${nameOf(each.type)}) ${each.description}`,
  );
  return page([
    frontMatter({ title: `${name} function - vicidial`, description }),
    `# function: ${name}`,
    description,
    'Functions of providers are for Terraform 1.8 and later, and for OpenTofu 1.7 and later.',
    exampleUsage(`functions/${name}/function.tf`),
    '## Signature',
    fence('text', `${name}(${signature}) ${typeText(returns)}`),
    '## Arguments',
    list.join('\n'),
  ]);
}

/** A type as a configuration writes it. */
function typeText(type: Type): string {
  if (typeof type === 'string') return type;
  if (type[0] !== 'object') return `${type[0]} of ${nameOf(type)}`;
  const attributes = Object.entries(type[1]).map(([name, each]) => `${name} = ${typeText(each)}`);
  return `object({ ${attributes.join(', ')} })`;
}

export function actionPage(type: string, schema: Schema): string {
  const { description = '' } = schema;
  return page([
    frontMatter({ title: `${type} Action - vicidial`, description }),
    `# ${type} (Action)`,
    description,
    'Actions are for Terraform 1.14 and later.',
    exampleUsage(`actions/${type}/action.tf`),
    schemaSection(schema),
  ]);
}

export function listResourcePage(type: string, schema: Schema): string {
  const { description = '' } = schema;
  return page([
    frontMatter({ title: `${type} List Resource - vicidial`, description }),
    `# ${type} (List Resource)`,
    description,
    'Lists are for `terraform query`, of Terraform 1.14 and later.',
    exampleUsage(`list-resources/${type}/list-resource.tfquery.hcl`),
    schemaSection(schema),
  ]);
}
