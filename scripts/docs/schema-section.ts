/**
 * The section of a page that lists the attributes of a schema, in the form in which the Registry shows those of all
 * providers.
 */
import type { Attribute, Schema, Type } from '../../src/terraform/schema';
import { code, page } from './markdown';

type Attributes = Schema['attributes'];

const writeOnly =
  '[Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)';

const groups: readonly { readonly title: string; readonly has: (attribute: Attribute) => boolean }[] = [
  { title: 'Required', has: ({ required }) => required === true },
  { title: 'Optional', has: ({ optional }) => optional === true },
  { title: 'Read-Only', has: ({ required, optional }) => !required && !optional },
];

/** The section `Schema`, with one for each attribute that has attributes of its own. */
export function schemaSection({ attributes, blocks = {} }: Pick<Schema, 'attributes' | 'blocks'>): string {
  if (Object.keys(blocks).length > 0) throw new Error('A schema has blocks, which these pages do not list yet.');
  if (Object.keys(attributes).length === 0) return '## Schema\n\nIt has no arguments.';
  const nested = nestedSections(attributes);
  return page(['## Schema', ...lists(attributes, '', (title) => `### ${title}`), ...nested]).trimEnd();
}

function lists(attributes: Attributes, path: string, heading: (title: string) => string): string[] {
  return groups.flatMap(({ title, has }) => {
    const lines = sorted(attributes)
      .filter(([, attribute]) => has(attribute))
      .map(([name, attribute]) => line(name, attribute, path));
    return lines.length === 0 ? [] : [heading(title), lines.join('\n')];
  });
}

function line(name: string, attribute: Attribute, path: string): string {
  const { sensitive, writeOnly: isWriteOnly, deprecationMessage, description, nested } = attribute;
  const flags = [
    typeName(attribute),
    ...(sensitive ? ['Sensitive'] : []),
    ...(isWriteOnly ? [writeOnly] : []),
    ...(deprecationMessage === undefined ? [] : ['Deprecated']),
  ];
  return [
    `- ${code(name)} (${flags.join(', ')})`,
    ...(description === undefined ? [] : [description]),
    ...(nested ? [`(see [below for nested schema](#${anchor(path + name)}))`] : []),
  ].join(' ');
}

function nestedSections(attributes: Attributes, path = ''): string[] {
  return sorted(attributes).flatMap(([name, { nested }]) => {
    if (!nested) return [];
    const inner = path + name;
    return [
      `<a id="${anchor(inner)}"></a>\n### Nested Schema for ${code(inner)}`,
      ...lists(nested.attributes, `${inner}.`, (title) => `${title}:`),
      ...nestedSections(nested.attributes, `${inner}.`),
    ];
  });
}

function anchor(path: string): string {
  return `nestedatt--${path.replaceAll('.', '--')}`;
}

function typeName({ type, nested }: Attribute): string {
  if (!nested) return nameOf(type);
  return nested.nesting === 'single' ? 'Attributes' : `Attributes ${capital(nested.nesting)}`;
}

/** The name of a type as the Registry has it. */
export function nameOf(type: Type): string {
  if (type === 'bool') return 'Boolean';
  if (typeof type === 'string') return capital(type);
  const [kind, inner] = type;
  if (kind === 'object' || kind === 'tuple') return capital(kind);
  return `${capital(kind)} of ${nameOf(inner)}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function sorted(attributes: Attributes) {
  return Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
}
