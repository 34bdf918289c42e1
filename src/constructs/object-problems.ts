/** What is wrong with a single phone or phone alias, by itself. */
import { camelCase } from '../model/case';
import type { FieldValue } from '../model/field-definition';
import type { Failure } from '../model/failures';
import { Secret } from '../model/secret';
import { validateValue } from '../model/validate';
import { valueWarnings } from '../model/value-warnings';
import { writeOnlyArguments, writeOnlyFailures } from '../model/write-only-fields';
import { hasNumberToken, numberTokenError } from './number-tokens';
import { plaintextWarning } from './plaintext-secret';
import type { SynthesizedObject } from './synthesized-objects';
import { argumentsOf } from './table-arguments';
import { unknownArguments } from './unknown-names';
import { isUnresolved } from './unresolved';

/** Values that no server stores unchanged, and arguments that do not exist or are missing. */
export function objectErrors(object: SynthesizedObject): string[] {
  const { table, values, json } = object;
  const missing = Object.entries(table.fields).filter(([name, { key }]) => key && values[name] === undefined);
  const lost = lostReferences(object);
  return [
    ...unknownArguments(json, Object.keys(argumentsOf(table)), table.resourceType),
    ...missing.map(([name]) => `${camelCase(name)} is missing. Each ${table.noun} needs it.`),
    ...lost.map((name) => numberTokenError(camelCase(name))),
    ...combinations(object).map(describeFailure),
    ...refusals(object)
      .filter(({ field = '' }) => !lost.includes(field))
      .map(describeFailure),
  ];
}

/** Values that a server stores, and that are hardly meant; literal passwords. */
export function objectWarnings(object: SynthesizedObject): string[] {
  const { table, values } = object;
  const secrets = Object.entries(argumentsOf(table)).filter(([, { secret }]) => secret);
  return [
    ...secrets.flatMap(([name]) => plaintextWarning(camelCase(name), values[name])),
    ...valueWarnings(literalsOf(object), refusals(object)).map(describeFailure),
  ];
}

/** A failure of a value, by the name of its prop. */
function describeFailure({ field = '', summary, detail }: Failure): string {
  return `${camelCase(field)}: ${summary}. ${detail}`;
}

function lostReferences({ json, table }: SynthesizedObject): string[] {
  return Object.keys(argumentsOf(table)).filter((name) => hasNumberToken(json[name]));
}

/** Arguments that do not go together, whatever their values. What only Terraform knows may be null. */
function combinations({ table, values }: SynthesizedObject): Failure[] {
  return writeOnlyFailures(
    table,
    (name) => values[name] !== undefined && !isUnresolved(values[name]),
    (name) => values[name] === undefined,
  );
}

function refusals(object: SynthesizedObject): Failure[] {
  return Object.entries(literalsOf(object)).flatMap(([name, value]) =>
    validateValue(object.table, name, value, 'either', { nonLatin: true }),
  );
}

/** By field. Unresolved values are left to the plan. */
function literalsOf({ table, values }: SynthesizedObject): Record<string, FieldValue> {
  const literals: Record<string, FieldValue> = {};
  const writeOnly = new Map(writeOnlyArguments(table).map(({ field, value }) => [field, value]));
  for (const [name, { secret }] of Object.entries(table.fields)) {
    const value = values[name] ?? values[writeOnly.get(name) ?? ''];
    if (value === undefined || isUnresolved(value)) continue;
    // A prop has the type of its field; a program without types, or an override, may give it another.
    literals[name] = secret
      ? new Secret(typeof value === 'string' ? value : JSON.stringify(value))
      : (value as FieldValue);
  }
  return literals;
}
