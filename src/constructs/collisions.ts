/** What only all phones of a stack show: two with one key, or with one login. Both are named, by their paths. */
import { TerraformStack } from 'cdktf';
import { isPending, type TableResource } from './table-resource';

const stacks = new WeakMap<TerraformStack, TableResource[]>();

/** Enters a phone into the list of its stack, which is checked when the stack is synthesised. */
export function checkCollisions(phone: TableResource): void {
  const stack = TerraformStack.of(phone);
  let phones = stacks.get(stack);
  if (!phones) {
    const listed: TableResource[] = [];
    phones = listed;
    stacks.set(stack, listed);
    stack.node.addValidation({ validate: () => collisions(listed) });
  }
  phones.push(phone);
}

function collisions(phones: readonly TableResource[]): string[] {
  return [
    ...pairs(phones, ['server_ip', 'extension'], (a, b) => `${a} and ${b} are the same phone: one extension of one server, in whichever case of letters. Remove one of them.`),
    ...pairs(phones, ['phone_login'], (a, b) => `${a} and ${b} have the same phoneLogin. A login belongs to one phone across all servers: give one of them another.`),
  ];
}

/** Finds each phone that agrees in all of the fields with one before it, on the same VICIdial. */
function pairs(phones: readonly TableResource[], fields: readonly string[], message: (first: string, second: string) => string): string[] {
  const seen = new Map<string, TableResource>();
  return phones.flatMap((phone) => {
    const values = fields.map((field) => phone.input(field));
    // Instances of one block differ in what only Terraform knows, even where this text does not.
    if (phone.forEach || phone.count !== undefined || values.some((value) => value === undefined || isPending(value))) return [];
    const key = JSON.stringify([phone.provider?.fqn ?? '', ...values.map((value) => String(value).toLowerCase())]);
    const first = seen.get(key);
    if (first) return [message(first.node.path, phone.node.path)];
    seen.set(key, phone);
    return [];
  });
}
