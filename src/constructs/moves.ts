/** Finds moves of phones and phone aliases after which one would be lost, or which Terraform refuses. */
import { TerraformElement, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { StackJson } from './synthesized-objects';
import { tableConstruct } from './table-constructs';
import { resolved } from './resolved';

interface ElementJson {
  readonly resource?: object;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

interface MoveError {
  readonly construct: IConstruct;
  readonly message: string;
}

/** `moveTo`, `moveToId` and `moveFromId` of the constructs of a stack. */
export function findMoveErrors(stack: TerraformStack, json: StackJson): MoveError[] {
  if (json.moved === undefined || json.moved.length === 0) return [];
  return stack.node.findAll().flatMap((construct) => {
    const table = tableConstruct(construct)?.table;
    if (!table || !TerraformElement.isTerraformElement(construct)) return [];
    // CDKTF declares the type any.
    const element = resolved(stack, construct.toTerraform() as ElementJson);
    return (element.moved ?? []).flatMap(({ from, to }) => {
      const problem = element.resource === undefined ? lost(to, table.resourceType, json) : stillDeclared(from, json);
      return problem === undefined ? [] : [{ construct, message: problem }];
    });
  });
}

/** A construct that is moved away has no block any more. */
function lost(to: string, type: string, json: StackJson): string | undefined {
  const target = addressOf(to);
  if (!target) return undefined;
  if (target.type !== type) return `It is moved to ${to}, which is no ${type}. Move it to one.`;
  if (json.resource?.[type]?.[target.name]) return undefined;
  return `It is moved to ${to}, which the stack does not declare: the plan would delete it. Declare it there, or correct the address.`;
}

function stillDeclared(from: string, json: StackJson): string | undefined {
  const source = addressOf(from);
  if (!source || !json.resource?.[source.type]?.[source.name]) return undefined;
  return `It is moved from ${from}, which the stack still declares. Remove that construct, or mark it with moveToId.`;
}

/** Undefined for an address in a module, of which the stack shows nothing. */
function addressOf(address: string): { readonly type: string; readonly name: string } | undefined {
  const { type, name } = /^(?<type>[\w-]+)\.(?<name>[^.[\]]+)(?:\[.*\])?$/u.exec(address)?.groups ?? {};
  return type === undefined || name === undefined || type === 'module' ? undefined : { type, name };
}
