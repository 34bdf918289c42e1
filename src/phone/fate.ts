/**
 * What becomes of a text that is sent: the server strips it, checks what is left, and its column cuts that
 * (API facts, sections 4 to 7). A value is accepted only if it comes through all of it unchanged.
 */
import { strip, type Alphabet } from './characters';
import type { Field } from './field';

/** The call that carries a value. */
export type Carrier = 'create' | 'update';

export interface Fate {
  /** `ignored`: the rest of the call is carried out without it. `failed`: the server breaks on it and stores nothing. */
  readonly end: 'stored' | 'refused' | 'ignored' | 'failed';
  /** What is left of the text when the server looks at it. */
  readonly left: string;
  /** What the column then holds, where the end is `stored`. */
  readonly stored?: string;
}

/** What becomes of a text in a field. */
export function fate(field: Field, text: string, carrier: Carrier, alphabet: Alphabet = {}): Fate {
  if (field.email && text.includes("'")) return { end: 'failed', left: text };
  const left = strip(field.email ? text.replaceAll('+', ' ') : text, field.kept, alphabet);
  // An empty parameter counts as not sent.
  if (left === '') return { end: isNeeded(field, carrier) ? 'refused' : 'ignored', left };
  if (!takes(field, left, carrier)) return { end: field.ignoresWrong ? 'ignored' : 'refused', left };
  const word = field.anyCase ? (closeChoice(field, left) ?? left) : left;
  return { end: 'stored', left, stored: [...word].slice(0, field.column).join('') };
}

/** Whether a text is stored as it is by a call. */
export function survives(field: Field, text: string, carrier: Carrier, alphabet: Alphabet = {}): boolean {
  return fate(field, text, carrier, alphabet).stored === text;
}

/** The bounds that a value must keep to be stored whole by a call. */
export function bounds(field: Field, carrier: Carrier): { readonly min: number; readonly max: number } {
  const { min, max = field.column } = field[carrier];
  return { min, max: Math.min(max, field.column) };
}

/** The choice that a text seems to mean: the same but for the case of letters, or the same number. */
export function closeChoice(field: Field, text: string): string | undefined {
  return field.choices?.find((choice) => choice.toLowerCase() === text.trim().toLowerCase() || sameNumber(choice, text));
}

function isNeeded(field: Field, carrier: Carrier): boolean {
  return field.key === true || (carrier === 'create' && field.onCreate === 'required');
}

function takes(field: Field, text: string, carrier: Carrier): boolean {
  if (field.choices) return field.choices.some((choice) => isChoice(field, choice, text));
  if (field.range) return Number(text) >= field.range[0] && Number(text) <= field.range[1];
  const { min, max = Infinity } = field[carrier];
  const length = [...text].length;
  return length >= min && length <= max;
}

function isChoice(field: Field, choice: string, text: string): boolean {
  return choice === text || sameNumber(choice, text) || (field.anyCase === true && choice.toLowerCase() === text.toLowerCase());
}

/** PHP compares numbers loosely, so that `-5` passes for `-5.00`, and is then stored as it is written. */
function sameNumber(choice: string, text: string): boolean {
  return /^\s*[+-]?\d+(\.\d*)?\s*$/u.test(text) && Number(choice) === Number(text);
}
