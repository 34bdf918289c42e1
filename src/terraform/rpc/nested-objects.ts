/** The objects inside a nested attribute or block, whatever holds them. */
import type { Path, PathStep } from '../diagnostic';
import type { Nesting } from '../schema';
import { Unknown, type ObjectValue, type Value } from '../value';

/**
 * Changes each object of a nested value; null and unknown stay as they are.
 *
 * @param at the path of the value
 * @param change gets each object with its path
 */
export function eachNested(
  nesting: Nesting | 'group',
  value: Value,
  at: Path,
  change: (object: ObjectValue, path: Path) => ObjectValue,
): Value {
  const inner = (nested: Value, ...steps: PathStep[]) =>
    // A nested value is an object by its schema, unless it is null or unknown.
    nested === null || nested instanceof Unknown ? nested : change(nested as ObjectValue, [...at, ...steps]);
  if (Array.isArray(value)) return value.map((nested: Value, index) => inner(nested, index));
  if (nesting !== 'map' || value === null || value instanceof Unknown) return inner(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, nested]: [string, Value]) => [key, inner(nested, { key })]),
  );
}
