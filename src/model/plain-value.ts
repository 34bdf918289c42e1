/**
 * Recognises most values that are stored unchanged, without a prediction of what is stored. A plan validates thousands of
 * values, and hardly ever is anything wrong with one.
 */
import { oncePer } from '../once-per';
import type { AllowedCharacters } from './characters';
import type { FieldDefinition } from './field-definition';

/**
 * Whether the creating and the updating function surely store a string unchanged, on every server. False does not mean
 * that they do not.
 */
export function isPlainValue(field: FieldDefinition, text: string): boolean {
  const { allowedCharacters, choices, columnLength, create, digitsOnly, range, update } = field;
  // Where all characters are ASCII, the length in characters is that in bytes.
  const { length } = text;
  if (range || length > columnLength || !plainText(allowedCharacters).test(text)) return false;
  if (choices) return choices.includes(text);
  if (length < create.min || length < update.min) return false;
  if (length > (create.max ?? length) || length > (update.max ?? length)) return false;
  return !digitsOnly || onlyDigits.test(text);
}

const onlyDigits = /^\d+$/u;

/** Allowed ASCII characters only, and not one of the words with two hyphens that have a meaning of their own. */
const plainText = oncePer(
  ({ classBody, letters }: AllowedCharacters) => new RegExp(`^(?!--)[${classBody}${letters ? 'a-zA-Z' : ''}]+$`, 'u'),
);
