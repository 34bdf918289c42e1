/** The files of examples, as sections of the pages. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fence } from './markdown';

const folder = join(__dirname, '../../examples');

export function exampleUsage(file: string): string {
  return `## Example Usage\n\n${fence('terraform', readExample(file))}`;
}

/** The ways to import, those with an example. */
export function importSection(resource: string): string[] {
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
  ].filter(({ file }) => existsSync(join(folder, resource, file)));
  return [
    '## Import',
    ...ways.flatMap(({ file, text }) => [
      text,
      fence(file.endsWith('.sh') ? 'shell' : 'terraform', readExample(`${resource}/${file}`)),
    ]),
  ];
}

function readExample(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
