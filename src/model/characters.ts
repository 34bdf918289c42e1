/**
 * Which characters the server keeps. All others are stripped without a word before any check,
 * and the call still answers SUCCESS (API facts, section 6).
 */
export interface AllowedCharacters {
  /** As a reader would say it, for messages and docs. */
  readonly description: string;
  /** The body of a regular-expression class, without its letters. */
  readonly classBody: string;
  /** `a-z A-Z`; with `use_non_latin` on the server, letters of every script. */
  readonly letters: boolean;
}

export const allowedCharacters = {
  word: { description: 'letters, digits, - and _', classBody: '\\-_0-9', letters: true },
  address: { description: 'letters, digits, - . : and _', classBody: '\\-.:_0-9', letters: true },
  dialplan: { description: 'letters, digits, * and #', classBody: '*#0-9', letters: true },
  alphanumeric: { description: 'letters and digits', classBody: '0-9', letters: true },
  digits: { description: 'digits', classBody: '0-9', letters: false },
  name: { description: 'letters, digits, spaces, - + . and _', classBody: '\\- +._0-9', letters: true },
  // The server keeps + and ' too, then turns + into a space and fails on ': neither survives.
  email: { description: 'letters, digits, spaces, - . : / @ % and _', classBody: '\\- .:/@%_0-9', letters: true },
  aliasName: { description: 'letters, digits, spaces, - + . : / @ and _', classBody: '\\- +.:/@_0-9', letters: true },
} as const satisfies Record<string, AllowedCharacters>;

/** How a server reads letters. */
export interface CharacterOptions {
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
export function stripCharacters(text: string, kept: AllowedCharacters, options: CharacterOptions = {}): string {
  const letters = kept.letters ? (options.nonLatin ? '\\p{L}' : 'a-zA-Z') : '';
  const pattern = `[^${kept.classBody}${letters}]`;
  let stripper = strippers.get(pattern);
  if (!stripper) {
    stripper = new RegExp(pattern, 'gu');
    strippers.set(pattern, stripper);
  }
  return text.replace(stripper, '');
}
