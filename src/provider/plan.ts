/** What a plan says of one object: pure, no call goes out. */
import type { CharacterOptions } from '../model/characters';
import { validateValues } from '../model/validate';
import { changedFields, keyFields, missingOnCreate } from '../model/diff';
import { failure, type Failure } from '../model/failures';
import { equalIgnoringCase } from '../model/identity';
import type { FieldValues } from '../model/field-definition';
import { unknown, type ObjectValue, type Value } from '../terraform/value';
import type { Kind } from './resource-type';
import { declaration, type Declaration } from './resource-values';

export interface Plan {
  readonly planned: ObjectValue;
  /** The key fields that make it a replacement; Terraform then plans the new object as a creation. */
  readonly replace: readonly string[];
  readonly failures: readonly Failure[];
  /** What is known of the desired values. */
  readonly values: FieldValues;
  /** The fields that an update would send, those that are not known yet among them. */
  readonly changed: readonly string[];
}

/** Plans a new object. What the creating call needs and cannot carry whole fails here. */
export function planCreate(kind: Kind, config: ObjectValue, characterOptions: CharacterOptions): Plan {
  const { values, pending } = declaration(kind.table, config);
  const missing = missingOnCreate(kind.table, values).filter((name) => !pending.has(name));
  const failures = [
    ...missing.map((field) =>
      failure('required-arguments-missing', {
        field,
        what: `${field} is not declared, and ${kind.table.addFunction} needs it.`,
      }),
    ),
    ...validateValues(kind.table, values, 'create', characterOptions),
  ];
  return {
    planned: { ...config, id: plannedId(kind, { values, pending }) },
    replace: [],
    failures,
    values,
    changed: [],
  };
}

/** Plans a change of what exists. Only what would be sent is checked: a value that is stored already has survived. */
export function planUpdate(
  kind: Kind,
  config: ObjectValue,
  prior: ObjectValue,
  characterOptions: CharacterOptions,
): Plan {
  const desired = declaration(kind.table, config);
  const recorded = declaration(kind.table, prior).values;
  const keys = keyFields(kind.table);
  const replace = keys.filter(
    (name) => desired.pending.has(name) || !equalIgnoringCase(String(desired.values[name]), String(recorded[name])),
  );
  const { values, pending } = desired;
  if (replace.length > 0)
    return { planned: { ...config, id: plannedId(kind, desired) }, replace, failures: [], values, changed: [] };
  const changed = changedFields(kind.table, values, recorded);
  const failures = validateValues(kind.table, pick(values, changed), 'update', characterOptions);
  // Another spelling of the same key is no change: Terraform lets a plan keep what is recorded.
  return {
    planned: { ...config, ...pick(prior, keys), id: prior.id ?? null },
    replace,
    failures,
    values,
    changed: [...changed, ...pending],
  };
}

function plannedId(kind: Kind, { values, pending }: Declaration): Value {
  return keyFields(kind.table).some((name) => pending.has(name)) ? unknown : kind.id(values);
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}
