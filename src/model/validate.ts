/**
 * Validates values. One that the server would strip, truncate, ignore or refuse is a failure that says what would be
 * stored instead (vicidial-api.md, section 6).
 */
import { describeUnseen, quote, stripCharacters, type CharacterOptions } from './characters';
import { failure, type Failure, type FailureCode } from './failures';
import type { FieldDefinition, FieldValue, FieldValues, ObjectType } from './field-definition';
import { blankWord } from './operation';
import { isPlainValue } from './plain-value';
import { Secret } from './secret';
import { isStoredUnchanged, predictStorage, type WriteCall } from './stored-value';
import { validateLogins } from './validate-logins';
import {
  describeBounds,
  describeCharacters,
  describeChoices,
  describeCountedLength,
  describeOutcomes,
  sentences,
} from './validation-messages';

/** Which call will carry a value. `either` where that is not known yet: then only what neither call stores is a failure. */
export type IntendedCall = WriteCall | 'either';

/** A value that is being validated. */
interface Candidate {
  readonly type: ObjectType;
  readonly name: string;
  readonly field: FieldDefinition;
  readonly text: string;
  readonly calls: readonly WriteCall[];
  readonly options: CharacterOptions;
}

/**
 * Validates the values of an object.
 *
 * @returns at most one failure for each field
 */
export function validateValues(
  type: ObjectType,
  values: FieldValues,
  call: IntendedCall,
  options: CharacterOptions = {},
): Failure[] {
  const failures: Failure[] = [];
  for (const name in type.fields) {
    const value = values[name] ?? null;
    if (value !== null) failures.push(...validateValue(type, name, value, call, options));
  }
  return failures;
}

/**
 * Validates one value.
 *
 * @param name the field's API name
 * @returns no failure, or the first one
 */
export function validateValue(
  type: ObjectType,
  name: string,
  value: FieldValue,
  call: IntendedCall,
  options: CharacterOptions = {},
): Failure[] {
  const field = type.fields[name];
  if (!field) return [];
  if (typeof value === 'object' && !(value instanceof Secret)) return validateLogins(name, field, value, options);
  const text = value instanceof Secret ? value.open() : String(value);
  if (isPlainValue(field, text)) return [];
  const problem = findProblem({ type, name, field, text, calls: callsFor(field, call), options });
  return problem ? [failure(problem.code, { field: name, what: problem.what })] : [];
}

/** A field that the creating function ignores is always carried by the updating one. */
function callsFor(field: FieldDefinition, call: IntendedCall): readonly WriteCall[] {
  if (field.onCreate === 'ignored') return ['update'];
  return call === 'either' ? ['create', 'update'] : [call];
}

/** What VICIdial's pages show where nothing is chosen. */
const noneWord = '--NONE--';

interface Problem {
  readonly code: FailureCode;
  /** What happened, and what the value should be. */
  readonly what: string;
}

function findProblem(candidate: Candidate): Problem | undefined {
  const { name, field, text, calls, options } = candidate;
  if (text === '') return validateEmpty(candidate);
  if (text === noneWord && !field.secret) {
    return { code: 'value-none', what: `${name} is the word ${noneWord}; none is written "".` };
  }
  if (text === blankWord) return { code: 'value-reserved', what: `${name} is the word ${blankWord}.` };
  // The server accepts an offset in another form too, such as `-5`; the state would then differ from the server's form.
  const isOwnForm = field.choices?.includes(text) ?? true;
  if (isOwnForm && calls.some((call) => isStoredUnchanged(field, text, call, options)))
    return validateDigits(candidate);
  return describeProblem(candidate);
}

function describeProblem(candidate: Candidate): Problem {
  const { type, name, field, text, calls, options } = candidate;
  const outcomes = describeOutcomes(
    type,
    field,
    text,
    calls.map((call) => ({ call, ...predictStorage(field, text, call, options) })),
  );
  const shown = field.secret ? `${name}: ` : `${name} is ${quote(text)}; `;
  const unseen = describeUnseen(text);
  if (field.choices)
    return { code: 'value-choice', what: sentences(shown + outcomes, unseen, describeChoices(field, text)) };
  if (field.range) {
    return { code: 'value-range', what: `${name} is ${text}; ${outcomes} ${describeBounds(type, field, calls)}` };
  }
  if (field.email && /['+]/u.test(text)) return { code: 'value-email', what: sentences(shown + outcomes, unseen) };
  if (stripCharacters(text, field.allowedCharacters, options) !== text) {
    return { code: 'value-characters', what: `${shown}${outcomes} ${describeCharacters(field, text)}` };
  }
  return (
    validateDigits(candidate) ?? {
      code: 'value-length',
      what: `${name} has ${describeCountedLength(text)}; ${outcomes} ${describeBounds(type, field, calls)}`,
    }
  );
}

function validateEmpty({ type, name, field, calls }: Candidate): Problem | undefined {
  if (!field.clearable) {
    return { code: 'value-empty', what: [`${name} is empty.`, field.notClearableReason].filter(Boolean).join(' ') };
  }
  if (field.onCreate !== 'required' || calls.includes('update')) return undefined;
  return {
    code: 'value-empty',
    what: `${name} is empty, and ${type.addFunction} creates no ${type.noun} without it. Set a value; once the ${type.noun} exists, the field can be emptied.`,
  };
}

function validateDigits({ name, field, text }: Candidate): Problem | undefined {
  if (!field.digitsOnly || !/\D/u.test(text)) return undefined;
  return { code: 'value-not-numeric', what: `${name} is ${quote(text)}; it takes digits only.` };
}
