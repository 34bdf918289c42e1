/** Write-only attributes: read from the configuration, never stored in a plan or state (plugin-protocol.md, section 4). */
import { oncePer } from '../../once-per';
import type { Path } from '../diagnostic';
import { eachNested } from './nested-objects';
import type { Block, Nesting } from '../schema';
import type { ObjectValue, Value } from '../value';

/**
 * The same object with every write-only attribute null, as Terraform requires of all that a provider returns.
 *
 * @param onValue called with the path of each one that was not null
 */
export function withoutWriteOnly(block: Block, object: ObjectValue, onValue: OnValue = () => {}): ObjectValue {
  return hasWriteOnly(block) ? strip(block, object, [], onValue) : object;
}

type OnValue = (path: Path) => void;

interface Member {
  readonly name: string;
  readonly writeOnly?: boolean | undefined;
  readonly inner?: { readonly nesting: Nesting | 'group'; readonly block: Block };
}

const members = oncePer(({ attributes, blocks = {} }: Block): readonly Member[] => [
  ...Object.entries(attributes).map(([name, { writeOnly, nested }]) => ({
    name,
    writeOnly,
    ...(nested ? { inner: { nesting: nested.nesting, block: { attributes: nested.attributes } } } : {}),
  })),
  ...Object.entries(blocks).map(([name, inner]) => ({ name, inner })),
]);

const hasWriteOnly: (block: Block) => boolean = oncePer((block) =>
  members(block).some(
    ({ writeOnly, inner }) => writeOnly === true || (inner !== undefined && hasWriteOnly(inner.block)),
  ),
);

function strip(block: Block, object: ObjectValue, at: Path, onValue: OnValue): ObjectValue {
  const stripped: Record<string, Value> = { ...object };
  for (const { name, writeOnly, inner } of members(block)) {
    const value = object[name] ?? null;
    if (writeOnly && value !== null) onValue([...at, name]);
    if (writeOnly) stripped[name] = null;
    else if (inner)
      stripped[name] = eachNested(inner.nesting, value, [...at, name], (nested, path) =>
        strip(inner.block, nested, path, onValue),
      );
  }
  return stripped;
}
