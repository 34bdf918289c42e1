/**
 * Predicts what the server stores of a string: it strips characters, checks what remains, and the column truncates that
 * (vicidial-api.md, sections 4 to 7). A value is accepted only if it is stored unchanged.
 */
import { byteLength, stripCharacters, type CharacterOptions } from './characters';
import type { FieldDefinition } from './field-definition';

/** The operation that carries a value. */
export type WriteCall = 'create' | 'update';

export interface StorageOutcome {
  /** `ignored`: the rest of the call is carried out without the value. `failed`: the server's SQL fails, nothing is stored. */
  readonly outcome: 'stored' | 'refused' | 'ignored' | 'failed';
  /** What remains of the string after stripping. */
  readonly remaining: string;
  /** What the column then holds, where the outcome is `stored`. */
  readonly stored?: string;
}

/** Predicts what a call stores of a string in a field. */
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

/** Whether a call stores a string unchanged. */
export function isStoredUnchanged(
  field: FieldDefinition,
  text: string,
  call: WriteCall,
  options: CharacterOptions = {},
): boolean {
  return predictStorage(field, text, call, options).stored === text;
}

/** The length in characters that a call accepts and the column holds. */
export function lengthBounds(field: FieldDefinition, call: WriteCall): { readonly min: number; readonly max: number } {
  const { min, max = field.columnLength } = field[call];
  return { min, max: Math.min(max, field.columnLength) };
}

/** The choice that a string probably means: equal case-insensitively, or the same number. */
export function closestChoice(field: FieldDefinition, text: string): string | undefined {
  if (field.choices?.includes(text)) return text;
  return field.choices?.find(
    (choice) => choice.toLowerCase() === text.trim().toLowerCase() || equalNumbers(choice, text),
  );
}

function isRequired(field: FieldDefinition, call: WriteCall): boolean {
  return field.key === true || (call === 'create' && field.onCreate === 'required');
}

function accepts(field: FieldDefinition, text: string, call: WriteCall): boolean {
  if (field.choices)
    return field.choices.includes(text) || field.choices.some((choice) => isChoice(field, choice, text));
  if (field.range) return Number(text) >= field.range[0] && Number(text) <= field.range[1];
  const { min, max = Infinity } = field[call];
  // The API counts bytes, and the column characters (vicidial-api.md, section 6).
  const length = byteLength(text);
  return length >= min && length <= max;
}

function isChoice(field: FieldDefinition, choice: string, text: string): boolean {
  return equalNumbers(choice, text) || (field.caseInsensitive === true && choice.toLowerCase() === text.toLowerCase());
}

/** PHP compares numbers loosely: `-5` is accepted for `-5.00`, and stored as it was sent. */
function equalNumbers(choice: string, text: string): boolean {
  return /^\s*[+-]?\d+(\.\d*)?\s*$/u.test(text) && Number(choice) === Number(text);
}
