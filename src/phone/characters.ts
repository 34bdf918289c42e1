/**
 * Which characters the server keeps. All others are stripped without a word before any check,
 * and the call still answers SUCCESS (API facts, section 6).
 */
export interface Characters {
  /** As a reader would say it, for messages and docs. */
  readonly described: string;
  /** The body of a regular-expression class, without its letters. */
  readonly others: string;
  /** `a-z A-Z`; with `use_non_latin` on the server, letters of every script. */
  readonly letters: boolean;
}

export const characters = {
  word: { described: 'letters, digits, - and _', others: '\\-_0-9', letters: true },
  address: { described: 'letters, digits, - . : and _', others: '\\-.:_0-9', letters: true },
  dialplan: { described: 'letters, digits, * and #', others: '*#0-9', letters: true },
  alphanumeric: { described: 'letters and digits', others: '0-9', letters: true },
  digits: { described: 'digits', others: '0-9', letters: false },
  name: { described: 'letters, digits, spaces, - + . and _', others: '\\- +._0-9', letters: true },
  // The server keeps + and ' too, then turns + into a space and fails on ': neither survives.
  email: { described: 'letters, digits, spaces, - . : / @ % and _', others: '\\- .:/@%_0-9', letters: true },
  aliasName: { described: 'letters, digits, spaces, - + . : / @ and _', others: '\\- +.:/@_0-9', letters: true },
} as const satisfies Record<string, Characters>;

/** How a server reads letters. */
export interface Alphabet {
  /** True on systems with `use_non_latin` on. */
  readonly nonLatin?: boolean;
}

const strippers = new Map<string, RegExp>();

/**
 * What is left of a text after the server stripped it.
 *
 * @param text what would be sent
 * @param kept the characters of the field
 */
export function strip(text: string, kept: Characters, alphabet: Alphabet = {}): string {
  const letters = kept.letters ? (alphabet.nonLatin ? '\\p{L}' : 'a-zA-Z') : '';
  const pattern = `[^${kept.others}${letters}]`;
  let stripper = strippers.get(pattern);
  if (!stripper) {
    stripper = new RegExp(pattern, 'gu');
    strippers.set(pattern, stripper);
  }
  return text.replace(stripper, '');
}
