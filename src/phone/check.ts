/**
 * Whether a value survives the server. One that would be stripped, cut, ignored or refused is a failure that says
 * what would have become of it (API facts, section 6).
 */
import { strip, type Alphabet } from './characters';
import { checkLogins } from './check-logins';
import { blank } from './diff';
import { fate, survives, type Carrier } from './fate';
import { failure, type Failure, type FailureCode } from './failures';
import type { AnyValue, AnyValues, Field, Table } from './field';
import { Secret } from './secret';
import { quote, sayBounds, sayCharacters, sayChoices, sayFates, sayLength } from './wording';

/** Which call will carry the value; `either` where that is not known yet: then only what neither accepts fails. */
export type CarriedBy = Carrier | 'either';

/** A value on its way through the checks. */
interface Candidate {
  readonly table: Table;
  readonly name: string;
  readonly field: Field;
  readonly text: string;
  readonly carriers: readonly Carrier[];
  readonly alphabet: Alphabet;
}

/**
 * Checks all values of a declaration.
 *
 * @returns at most one failure for each field
 */
export function checkValues(table: Table, values: AnyValues, by: CarriedBy, alphabet: Alphabet = {}): Failure[] {
  return Object.keys(table.fields).flatMap((name) => {
    const value = values[name] ?? null;
    return value === null ? [] : checkValue(table, name, value, by, alphabet);
  });
}

/**
 * Checks one value.
 *
 * @param name the field's API name
 * @returns no failure, or the first one
 */
export function checkValue(table: Table, name: string, value: AnyValue, by: CarriedBy, alphabet: Alphabet = {}): Failure[] {
  const field = table.fields[name];
  if (!field) return [];
  if (typeof value === 'object' && !(value instanceof Secret)) return checkLogins(name, field, value, alphabet);
  const text = value instanceof Secret ? value.open() : String(value);
  const wrong = problem({ table, name, field, text, carriers: carriersOf(field, by), alphabet });
  return wrong ? [failure(wrong.code, { field: name, what: wrong.what })] : [];
}

/** A field that the creating call ignores is always carried by the updating one. */
function carriersOf(field: Field, by: CarriedBy): readonly Carrier[] {
  if (field.onCreate === 'ignored') return ['update'];
  return by === 'either' ? ['create', 'update'] : [by];
}

interface Problem {
  readonly code: FailureCode;
  /** What happened, and what the value should be. */
  readonly what: string;
}

function problem(candidate: Candidate): Problem | undefined {
  const { name, field, text, carriers, alphabet } = candidate;
  if (text === '') return emptiness(candidate);
  if (text === blank) return { code: 'value-blank-word', what: `${name} is the word ${blank}.` };
  // An offset of another form, `-5`, is taken too; but then the server has two words for one thing.
  const ownWord = field.choices?.includes(text) ?? true;
  if (ownWord && carriers.some((carrier) => survives(field, text, carrier, alphabet))) return notDigits(candidate);
  const fates = sayFates(candidate.table, field, text, fatesOf(candidate));
  const shown = field.secret ? `${name}: ` : `${name} is ${quote(text)}; `;
  if (field.choices) return { code: 'value-choice', what: `${shown}${fates} ${sayChoices(field, text)}` };
  if (field.range) return { code: 'value-range', what: `${name} is ${text}; ${fates} ${sayBounds(candidate.table, field, carriers)}` };
  if (field.email && /['+]/u.test(text)) return { code: 'value-email', what: `${shown}${fates}` };
  if (strip(text, field.kept, alphabet) !== text) return { code: 'value-characters', what: `${shown}${fates} ${sayCharacters(field, text)}` };
  return notDigits(candidate) ?? { code: 'value-length', what: `${name} has ${sayLength(text)}; ${fates} ${sayBounds(candidate.table, field, carriers)}` };
}

function fatesOf({ field, text, carriers, alphabet }: Candidate) {
  return carriers.map((carrier) => ({ carrier, ...fate(field, text, carrier, alphabet) }));
}

function emptiness({ table, name, field, carriers }: Candidate): Problem | undefined {
  if (!field.clear) return { code: 'value-empty', what: [`${name} is empty.`, field.notCleared].filter(Boolean).join(' ') };
  if (field.onCreate !== 'required' || carriers.includes('update')) return undefined;
  return {
    code: 'value-empty',
    what: `${name} is empty, and ${table.addFunction} adds no ${table.noun} without it. Declare a value; once the ${table.noun} exists, it can be emptied.`,
  };
}

function notDigits({ name, field, text }: Candidate): Problem | undefined {
  if (!field.digitsOnly || !/\D/u.test(text)) return undefined;
  return { code: 'value-digits', what: `${name} is ${quote(text)}; it takes digits only.` };
}
