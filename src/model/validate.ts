/**
 * Whether a value survives the server. One that would be stripped, cut, ignored or refused is a failure that says
 * what would have become of it (API facts, section 6).
 */
import { stripCharacters, type CharacterOptions } from './characters';
import { validateLogins } from './validate-logins';
import { blankWord } from './diff';
import { predictStorage, isStoredUnchanged, type WriteCall } from './stored-value';
import { failure, type Failure, type FailureCode } from './failures';
import type { FieldValue, FieldValues, FieldDefinition, ObjectType } from './field-definition';
import { Secret } from './secret';
import {
  quote,
  describeBounds,
  describeCharacters,
  describeChoices,
  describeOutcomes,
  describeLength,
} from './validation-messages';

/** Which call will carry the value; `either` where that is not known yet: then only what neither accepts fails. */
export type IntendedCall = WriteCall | 'either';

/** A value on its way through the checks. */
interface Candidate {
  readonly table: ObjectType;
  readonly name: string;
  readonly field: FieldDefinition;
  readonly text: string;
  readonly calls: readonly WriteCall[];
  readonly options: CharacterOptions;
}

/**
 * Checks all values of a declaration.
 *
 * @returns at most one failure for each field
 */
export function validateValues(
  table: ObjectType,
  values: FieldValues,
  by: IntendedCall,
  options: CharacterOptions = {},
): Failure[] {
  return Object.keys(table.fields).flatMap((name) => {
    const value = values[name] ?? null;
    return value === null ? [] : validateValue(table, name, value, by, options);
  });
}

/**
 * Checks one value.
 *
 * @param name the field's API name
 * @returns no failure, or the first one
 */
export function validateValue(
  table: ObjectType,
  name: string,
  value: FieldValue,
  by: IntendedCall,
  options: CharacterOptions = {},
): Failure[] {
  const field = table.fields[name];
  if (!field) return [];
  if (typeof value === 'object' && !(value instanceof Secret)) return validateLogins(name, field, value, options);
  const text = value instanceof Secret ? value.open() : String(value);
  const wrong = findProblem({ table, name, field, text, calls: callsFor(field, by), options });
  return wrong ? [failure(wrong.code, { field: name, what: wrong.what })] : [];
}

/** A field that the creating call ignores is always carried by the updating one. */
function callsFor(field: FieldDefinition, by: IntendedCall): readonly WriteCall[] {
  if (field.onCreate === 'ignored') return ['update'];
  return by === 'either' ? ['create', 'update'] : [by];
}

interface Problem {
  readonly code: FailureCode;
  /** What happened, and what the value should be. */
  readonly what: string;
}

function findProblem(candidate: Candidate): Problem | undefined {
  const { name, field, text, calls, options } = candidate;
  if (text === '') return validateEmpty(candidate);
  if (text === blankWord) return { code: 'value-reserved', what: `${name} is the word ${blankWord}.` };
  // An offset of another form, `-5`, is taken too; but then the server has two words for one thing.
  const ownWord = field.choices?.includes(text) ?? true;
  if (ownWord && calls.some((call) => isStoredUnchanged(field, text, call, options))) return validateDigits(candidate);
  const fates = describeOutcomes(candidate.table, field, text, storageOutcomes(candidate));
  const shown = field.secret ? `${name}: ` : `${name} is ${quote(text)}; `;
  if (field.choices) return { code: 'value-choice', what: `${shown}${fates} ${describeChoices(field, text)}` };
  if (field.range)
    return {
      code: 'value-range',
      what: `${name} is ${text}; ${fates} ${describeBounds(candidate.table, field, calls)}`,
    };
  if (field.email && /['+]/u.test(text)) return { code: 'value-email', what: `${shown}${fates}` };
  if (stripCharacters(text, field.allowedCharacters, options) !== text)
    return { code: 'value-characters', what: `${shown}${fates} ${describeCharacters(field, text)}` };
  return (
    validateDigits(candidate) ?? {
      code: 'value-length',
      what: `${name} has ${describeLength(text)}; ${fates} ${describeBounds(candidate.table, field, calls)}`,
    }
  );
}

function storageOutcomes({ field, text, calls, options }: Candidate) {
  return calls.map((call) => ({ call, ...predictStorage(field, text, call, options) }));
}

function validateEmpty({ table, name, field, calls }: Candidate): Problem | undefined {
  if (!field.clearable)
    return { code: 'value-empty', what: [`${name} is empty.`, field.notClearableReason].filter(Boolean).join(' ') };
  if (field.onCreate !== 'required' || calls.includes('update')) return undefined;
  return {
    code: 'value-empty',
    what: `${name} is empty, and ${table.addFunction} adds no ${table.noun} without it. Declare a value; once the ${table.noun} exists, it can be emptied.`,
  };
}

function validateDigits({ name, field, text }: Candidate): Problem | undefined {
  if (!field.digitsOnly || !/\D/u.test(text)) return undefined;
  return { code: 'value-not-numeric', what: `${name} is ${quote(text)}; it takes digits only.` };
}
