/**
 * Finds constructs whose names Terraform cannot keep apart or does not accept. CDKTF removes characters from construct
 * ids silently, and merges the values of blocks that then have one name: one object would be missing.
 */
import { TerraformElement, TerraformStack } from 'cdktf';

/** Something of a stack that has a name in Terraform. */
interface NamedBlock {
  /** The address in a module, such as `vicidial_phone.desk`. */
  readonly address: string;
  readonly name: string;
  readonly element: TerraformElement;
}

/** The parts of an element's JSON that have names. */
interface ElementJson extends Partial<Record<NamedKind, Readonly<Record<string, unknown>>>> {
  /** Blocks by type and name. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly import?: readonly { readonly to: string }[];
  /** Configurations by type. */
  readonly provider?: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
}

const namedKinds = ['variable', 'output', 'locals', 'module'] as const;
type NamedKind = (typeof namedKinds)[number];

/** An identifier of HCL. `__proto__` is one, but CDKTF's merge of JSON objects would lose its block. */
const identifier = /^(?!__proto__$)[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/**
 * Compares the final names of all elements of a stack, also of other providers, so it is for the validation phase.
 *
 * @returns a message for each element whose name is not valid, or is that of an earlier element
 */
export function findNameErrors(stack: TerraformStack): string[] {
  const blocks = stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    // A stack may be in the scope of another one.
    .filter((element) => TerraformStack.of(element) === stack)
    .flatMap(namedBlocks);
  const seen = new Map<string, NamedBlock>();
  return blocks.flatMap((block) => {
    const first = seen.get(block.address) ?? block;
    seen.set(block.address, first);
    if (first.element !== block.element) return [sameName(first, block)];
    return block !== first || identifier.test(block.name) ? [] : [invalidName(block)];
  });
}

function namedBlocks(element: TerraformElement): NamedBlock[] {
  // CDKTF declares the type any.
  const json = element.toTerraform() as ElementJson;
  const name = element.friendlyUniqueId;
  const addresses = [
    ...Object.keys(json.resource ?? {}).map((type) => `${type}.${name}`),
    ...(json.import ?? []).map(({ to }) => to),
    ...Object.keys(json.data ?? {}).map((type) => `data.${type}.${name}`),
    ...namedKinds.filter((kind) => json[kind]).map((kind) => `${kind}.${name}`),
  ];
  return [...addresses.map((address) => ({ address, name, element })), ...providerBlocks(element, json)];
}

/** Without a provider alias, a configuration is the default one of its type. */
function providerBlocks(element: TerraformElement, { provider = {} }: ElementJson): NamedBlock[] {
  return Object.entries(provider).flatMap(([type, configurations]) =>
    configurations.map(({ alias }) => ({
      address: alias === undefined ? `provider ${type}` : `provider ${type}.${alias}`,
      name: alias ?? type,
      element,
    })),
  );
}

function isProvider({ address }: NamedBlock): boolean {
  return address.startsWith('provider ');
}

function sameName(first: NamedBlock, second: NamedBlock): string {
  const paths = `${first.element.node.path} and ${second.element.node.path}`;
  if (isProvider(first)) return `${paths} both configure ${first.address}. Give one of them an alias of its own.`;
  return [
    `${paths} have the same Terraform name, ${first.address}: one of them would be lost.`,
    'CDKTF removes all characters but A-Z, a-z, 0-9, - and _ from construct ids.',
    'Change the id of the one that is not in state, or its name given to overrideLogicalId: with another name, the one',
    'in state would be replaced.',
  ].join(' ');
}

function invalidName(block: NamedBlock): string {
  const { source, text } = originOf(block);
  return [
    `${block.element.node.path} has the Terraform name "${block.name}", which is not valid:`,
    'a name begins with a letter or _, has only letters, digits, - and _, and is not __proto__.',
    `Change ${source}, for example to "${exampleName(block, text)}".`,
  ].join(' ');
}

/** What the beginning of a name was made from. */
function originOf(block: NamedBlock): { readonly source: string; readonly text: string } {
  const { element, name } = block;
  if (isProvider(block)) return { source: 'the alias', text: name };
  const stack = TerraformStack.of(element);
  if (name !== stack.getLogicalId(element)) return { source: 'the name given to overrideLogicalId', text: name };
  // CDKTF joins the ids of all constructs between the stack and the element, and itself.
  const { scopes } = element.node;
  const outermost = scopes[scopes.indexOf(stack) + 1] ?? element;
  return { source: `the construct id of ${outermost.node.path}`, text: outermost.node.id };
}

/** A valid name: what the block is, as in `phone-55000`, and what can be kept of the text. */
function exampleName({ address }: NamedBlock, text: string): string {
  const [type = ''] = address.replace(/^(?:data\.|provider )/u, '').split('.');
  return `${type.replace(/^.*_/u, '')}-${text.replace(/[^A-Za-z0-9-]/gu, '') || '1'}`;
}
