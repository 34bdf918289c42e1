/**
 * Whether a value survives the server. One that would be stripped, cut, ignored or refused is a failure that says
 * what would have become of it (API facts, section 6).
 */
import { strip, type Alphabet } from './characters';
import { blank } from './diff';
import { failure, type Failure, type FailureCode } from './failures';
import type { AnyValue, AnyValues, Field, Length, Table } from './field';
import { Secret } from './secret';

/** Which call will carry the value; `either` where that is not known yet: then only what neither accepts fails. */
export type CarriedBy = 'create' | 'update' | 'either';

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
  if (typeof value === 'number') return checkNumber(name, field, value);
  if (typeof value === 'object' && !(value instanceof Secret)) return checkLogins(table, name, value, by, alphabet);
  return checkText(table, name, value instanceof Secret ? value.open() : value, by, alphabet);
}

function checkNumber(name: string, field: Field, value: number): Failure[] {
  const [min, max] = field.range ?? [0, Number.MAX_SAFE_INTEGER];
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return one('value-range', name, `${name} is ${value}; it takes a whole number from ${min} to ${max}.`);
}

function checkLogins(table: Table, name: string, logins: readonly string[], by: CarriedBy, alphabet: Alphabet): Failure[] {
  const wrong = logins.find((login) => login === '' || strip(login, fieldOf(table, name).kept, alphabet) !== login);
  if (wrong !== undefined) {
    return one('value-characters', name, `${name} lists "${wrong}"; a login has ${fieldOf(table, name).kept.described}.`);
  }
  return checkLength(table, name, logins.join(','), by);
}

function checkText(table: Table, name: string, text: string, by: CarriedBy, alphabet: Alphabet): Failure[] {
  const field = fieldOf(table, name);
  if (text === '') return checkEmpty(table, name, by);
  if (text === blank) return one('value-blank-word', name, `${name} is the word ${blank}.`);
  if (field.choices) return checkChoice(name, field, field.choices, text);
  return [
    ...checkEmail(name, field, text),
    ...checkCharacters(table, name, text, alphabet),
    ...checkLength(table, name, text, by),
  ].slice(0, 1);
}

function checkEmpty(table: Table, name: string, by: CarriedBy): Failure[] {
  const field = fieldOf(table, name);
  if (field.clear && field.onCreate === 'required' && by === 'create') {
    return one('value-empty', name, `${name} is empty, and ${table.addFunction} does not add a ${table.noun} without it. It can be emptied once the ${table.noun} exists.`);
  }
  return field.clear ? [] : one('value-empty', name, [`${name} is empty.`, field.notCleared].filter(Boolean).join(' '));
}

function checkChoice(name: string, field: Field, choices: readonly string[], text: string): Failure[] {
  if (choices.includes(text)) return [];
  const near = choices.find((choice) => choice.toLowerCase() === text.toLowerCase() || sameNumber(choice, text));
  const hint = near === undefined ? `It takes ${choices.join(', ')}.` : `Write "${near}".`;
  return one('value-choice', name, `${name} is "${text}"; ${fateOfChoice(field, choices, text)}. ${hint}`);
}

function fateOfChoice(field: Field, choices: readonly string[], text: string): string {
  const kept = strip(text, field.kept);
  if (kept === '') return 'VICIdial would strip it to nothing and keep what it has';
  if (choices.includes(kept)) return `VICIdial would store "${kept}"`;
  if (choices.some((choice) => sameNumber(choice, kept))) return `VICIdial would take it, but store "${kept}" in place of its own form`;
  return field.ignoresWrong ? 'VICIdial would ignore it and keep what it has' : 'VICIdial would refuse it';
}

/** PHP compares numbers loosely, so that `-5` passes for `-5.00`; what is stored is then not what it shows later. */
function sameNumber(choice: string, text: string): boolean {
  return text.trim() !== '' && Number(choice) === Number(text);
}

function checkEmail(name: string, field: Field, text: string): Failure[] {
  if (name !== 'email') return [];
  if (text.includes("'")) return one('value-email', name, `${name} is "${text}"; the apostrophe makes the call fail on the server and nothing is stored.`);
  if (!text.includes('+')) return [];
  return one('value-email', name, `${name} is "${text}"; VICIdial would store "${strip(text.replaceAll('+', ' '), field.kept)}".`);
}

function checkCharacters(table: Table, name: string, text: string, alphabet: Alphabet): Failure[] {
  const field = fieldOf(table, name);
  const kept = strip(text, field.kept, alphabet);
  if (kept !== text) {
    const stored = field.secret ? `${[...text].length - [...kept].length} of its characters would be stripped` : `VICIdial would store "${kept}"`;
    const shown = field.secret ? '' : ` is "${text}"`;
    return one('value-characters', name, `${name}${shown}: ${stored}. Kept are ${field.kept.described}.`);
  }
  if (field.digitsOnly && /\D/u.test(text)) return one('value-digits', name, `${name} is "${text}"; it takes digits only.`);
  return [];
}

/** The bounds that a value must keep to be stored whole by the call that carries it. */
export function bounds(field: Field, by: CarriedBy): { readonly min: number; readonly max: number } {
  const max = (length: Length) => Math.min(length.max ?? field.column, field.column);
  if (by === 'create') return { min: field.create.min, max: max(field.create) };
  if (by === 'update') return { min: field.update.min, max: max(field.update) };
  return { min: Math.min(field.create.min, field.update.min), max: Math.max(max(field.create), max(field.update)) };
}

function checkLength(table: Table, name: string, text: string, by: CarriedBy): Failure[] {
  const field = fieldOf(table, name);
  // A field that the creating call ignores is always carried by update_phone.
  const carriedBy = field.onCreate === 'ignored' ? 'update' : by;
  const { min, max } = bounds(field, carriedBy);
  const length = [...text].length;
  if (length >= min && length <= max) return [];
  const carrier = carriedBy === 'create' ? ` in ${table.addFunction}` : carriedBy === 'update' ? ` in ${table.updateFunction}` : '';
  return one('value-length', name, `${name} has ${length} ${length === 1 ? 'character' : 'characters'}; it takes ${min} to ${max}${carrier}. ${fate(field, text, carriedBy)}`);
}

function fate(field: Field, text: string, by: CarriedBy): string {
  const limit = by === 'create' ? field.create : field.update;
  const length = [...text].length;
  if (length < limit.min && field.ignoresWrong) return 'VICIdial would ignore it and keep what it has.';
  if (length < limit.min || length > (limit.max ?? Infinity)) return 'VICIdial would refuse it.';
  const cut = [...text].slice(0, field.column).join('');
  return field.secret ? `VICIdial would cut it to ${field.column} characters.` : `VICIdial would cut it to "${cut}".`;
}

function fieldOf(table: Table, name: string): Field {
  const field = table.fields[name];
  if (!field) throw new RangeError(`${table.noun} has no field ${name}`);
  return field;
}

function one(code: FailureCode, field: string, what: string): Failure[] {
  return [failure(code, { what, field })];
}
