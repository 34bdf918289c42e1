/**
 * What becomes of a text that is sent: the server strips it, checks what is remaining, and its column cuts that
 * (API facts, sections 4 to 7). A value is accepted only if it comes through all of it unchanged.
 */
import { stripCharacters, type CharacterOptions } from './characters';
import type { FieldDefinition } from './field-definition';

/** The call that carries a value. */
export type WriteCall = 'create' | 'update';

export interface StorageOutcome {
  /** `ignored`: the rest of the call is carried out without it. `failed`: the server breaks on it and stores nothing. */
  readonly outcome: 'stored' | 'refused' | 'ignored' | 'failed';
  /** What is remaining of the text when the server looks at it. */
  readonly remaining: string;
  /** What the column then holds, where the end is `stored`. */
  readonly stored?: string;
}

/** What becomes of a text in a field. */
export function predictStorage(
  field: FieldDefinition,
  text: string,
  call: WriteCall,
  options: CharacterOptions = {},
): StorageOutcome {
  if (field.email && text.includes("'")) return { outcome: 'failed', remaining: text };
  const remaining = stripCharacters(field.email ? text.replaceAll('+', ' ') : text, field.allowedCharacters, options);
  // An empty parameter counts as not sent.
  if (remaining === '') return { outcome: isRequired(field, call) ? 'refused' : 'ignored', remaining };
  if (!accepts(field, remaining, call)) return { outcome: field.ignoresInvalid ? 'ignored' : 'refused', remaining };
  const word = field.caseInsensitive ? (closestChoice(field, remaining) ?? remaining) : remaining;
  return { outcome: 'stored', remaining, stored: [...word].slice(0, field.columnLength).join('') };
}

/** Whether a text is stored as it is by a call. */
export function isStoredUnchanged(
  field: FieldDefinition,
  text: string,
  call: WriteCall,
  options: CharacterOptions = {},
): boolean {
  return predictStorage(field, text, call, options).stored === text;
}

/** The bounds that a value must keep to be stored whole by a call. */
export function lengthBounds(field: FieldDefinition, call: WriteCall): { readonly min: number; readonly max: number } {
  const { min, max = field.columnLength } = field[call];
  return { min, max: Math.min(max, field.columnLength) };
}

/** The choice that a text seems to mean: the same but for the case of letters, or the same number. */
export function closestChoice(field: FieldDefinition, text: string): string | undefined {
  return field.choices?.find(
    (choice) => choice.toLowerCase() === text.trim().toLowerCase() || sameNumber(choice, text),
  );
}

function isRequired(field: FieldDefinition, call: WriteCall): boolean {
  return field.key === true || (call === 'create' && field.onCreate === 'required');
}

function accepts(field: FieldDefinition, text: string, call: WriteCall): boolean {
  if (field.choices) return field.choices.some((choice) => isChoice(field, choice, text));
  if (field.range) return Number(text) >= field.range[0] && Number(text) <= field.range[1];
  const { min, max = Infinity } = field[call];
  const length = [...text].length;
  return length >= min && length <= max;
}

function isChoice(field: FieldDefinition, choice: string, text: string): boolean {
  return (
    choice === text ||
    sameNumber(choice, text) ||
    (field.caseInsensitive === true && choice.toLowerCase() === text.toLowerCase())
  );
}

/** PHP compares numbers loosely, so that `-5` passes for `-5.00`, and is then stored as it is written. */
function sameNumber(choice: string, text: string): boolean {
  return /^\s*[+-]?\d+(\.\d*)?\s*$/u.test(text) && Number(choice) === Number(text);
}
