/**
 * Which texts are the same to MySQL (vicidial-api.md, section 6). Its tables compare letter by letter: letter case does
 * not count, nor do the accents of Latin, Greek and Cyrillic letters.
 */
import { threeByteText } from './columns';

/** A form that is the same for texts that MySQL compares as equal. */
export function fold(value: string): string {
  // The usual case, and called often.
  if (/^[\x21-\x7e]*$/u.test(value)) return value.toLowerCase();
  return [...threeByteText(value).trimEnd()].map(foldLetter).join('').toLowerCase();
}

/** Whether two texts are the same to MySQL. */
export function isSame(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

function foldLetter(letter: string): string {
  // This one is a letter of its own to the tables, and not an accented one.
  if (/[йЙ]/u.test(letter)) return 'Й';
  // Of the sharp s the capital letter is two.
  if (letter === 'ß') return 'S';
  if (!/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}µ]/u.test(letter)) return letter;
  const [base = letter] = letter.normalize('NFD');
  const capital = base.toUpperCase();
  return [...capital].length === 1 ? capital : base;
}
