/** Write-only attributes: read from the configuration, never kept in a plan or state. */
import type { Path, PathStep } from './diagnostic';
import type { Block, Nesting } from './schema';
import { Unknown, type ObjectValue, type Value } from './value';

/**
 * The same object with every write-only attribute null, as Terraform demands of all that a provider returns.
 *
 * @param found is told the path of each one that was not null
 */
export function withoutWriteOnly(block: Block, object: ObjectValue, found: (path: Path) => void = () => {}): ObjectValue {
  return hasWriteOnly(block) ? strip(block, object, [], found) : object;
}

interface Member {
  readonly name: string;
  readonly writeOnly?: boolean | undefined;
  readonly inner?: { readonly nesting: Nesting | 'group'; readonly block: Block };
}

function members(block: Block): Member[] {
  const attributes = Object.entries(block.attributes).map(([name, { writeOnly, nested }]) => ({
    name,
    writeOnly,
    ...(nested ? { inner: { nesting: nested.nesting, block: { attributes: nested.attributes } } } : {}),
  }));
  return [...attributes, ...Object.entries(block.blocks ?? {}).map(([name, inner]) => ({ name, inner }))];
}

function hasWriteOnly(block: Block): boolean {
  return members(block).some(({ writeOnly, inner }) => writeOnly || (inner && hasWriteOnly(inner.block)));
}

function strip(block: Block, object: ObjectValue, at: Path, found: (path: Path) => void): ObjectValue {
  const stripped: Record<string, Value> = { ...object };
  for (const { name, writeOnly, inner } of members(block)) {
    const value = object[name] ?? null;
    if (writeOnly && value !== null) found([...at, name]);
    if (writeOnly) stripped[name] = null;
    else if (inner) stripped[name] = each(inner.nesting, value, [...at, name], (nested, path) => strip(inner.block, nested, path, found));
  }
  return stripped;
}

/** Changes each object of a nested value; null and unknown stay as they are. */
function each(nesting: Nesting | 'group', value: Value, at: Path, change: (object: ObjectValue, path: Path) => ObjectValue): Value {
  const inner = (nested: Value, ...steps: PathStep[]) =>
    // A nested value is an object by its schema, unless it is null or unknown.
    nested === null || nested instanceof Unknown ? nested : change(nested as ObjectValue, [...at, ...steps]);
  if (Array.isArray(value)) return value.map((nested: Value, index) => inner(nested, index));
  if (nesting !== 'map' || value === null || value instanceof Unknown) return inner(value);
  return Object.fromEntries(Object.entries(value).map(([key, nested]: [string, Value]) => [key, inner(nested, { key })]));
}
