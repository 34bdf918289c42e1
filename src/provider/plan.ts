/** What a plan says of one object: pure, no call goes out. */
import type { Alphabet } from '../phone/characters';
import { checkValues } from '../phone/check';
import { changedFields, keyFields, missingOnCreate } from '../phone/diff';
import { failure, type Failure } from '../phone/failures';
import { sameKey } from '../phone/identity';
import type { AnyValues } from '../phone/field';
import { unknown, type ObjectValue, type Value } from '../terraform/value';
import type { Kind } from './kind';
import { declaration, type Declaration } from './table-values';

export interface Plan {
  readonly planned: ObjectValue;
  /** The key fields that make it a replacement; Terraform then plans the new object as a creation. */
  readonly replace: readonly string[];
  readonly failures: readonly Failure[];
  /** What is known of the desired values. */
  readonly values: AnyValues;
  /** The fields that an update would send, those that are not known yet among them. */
  readonly changed: readonly string[];
}

/** Plans a new object. What the creating call needs and cannot carry whole fails here. */
export function planCreate(kind: Kind, config: ObjectValue, alphabet: Alphabet): Plan {
  const { values, pending } = declaration(kind.table, config);
  const missing = missingOnCreate(kind.table, values).filter((name) => !pending.has(name));
  const failures = [
    ...missing.map((field) => failure('incomplete', { field, what: `${field} is not declared, and ${kind.table.addFunction} needs it.` })),
    ...checkValues(kind.table, values, 'create', alphabet),
  ];
  return { planned: { ...config, id: plannedId(kind, { values, pending }) }, replace: [], failures, values, changed: [] };
}

/** Plans a change of what exists. Only what would be sent is checked: a value that is stored already has survived. */
export function planUpdate(kind: Kind, config: ObjectValue, prior: ObjectValue, alphabet: Alphabet): Plan {
  const desired = declaration(kind.table, config);
  const recorded = declaration(kind.table, prior).values;
  const keys = keyFields(kind.table);
  const replace = keys.filter((name) => desired.pending.has(name) || !sameKey(String(desired.values[name]), String(recorded[name])));
  const { values, pending } = desired;
  if (replace.length > 0) return { planned: { ...config, id: plannedId(kind, desired) }, replace, failures: [], values, changed: [] };
  const changed = changedFields(kind.table, values, recorded);
  const failures = checkValues(kind.table, pick(values, changed), 'update', alphabet);
  // Another spelling of the same key is no change: Terraform lets a plan keep what is recorded.
  return { planned: { ...config, ...pick(prior, keys), id: prior.id ?? null }, replace, failures, values, changed: [...changed, ...pending] };
}

function plannedId(kind: Kind, { values, pending }: Declaration): Value {
  return keyFields(kind.table).some((name) => pending.has(name)) ? unknown : kind.id(values);
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}
