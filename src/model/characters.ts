/**
 * Which characters the server allows in a field. It strips all others silently, before any other check, and still
 * answers SUCCESS (vicidial-api.md, section 6).
 */
export interface AllowedCharacters {
  /** For messages and docs. */
  readonly description: string;
  /** The body of a regular-expression class, without the letters. */
  readonly classBody: string;
  /** `a-z A-Z`; letters of every script where the server has `use_non_latin` on. */
  readonly letters: boolean;
}

export const allowedCharacters = {
  word: { description: 'letters, digits, - and _', classBody: '\\-_0-9', letters: true },
  address: { description: 'letters a to z, digits, - . : and _', classBody: '\\-.:_0-9a-zA-Z', letters: false },
  addressDigits: { description: 'digits and .', classBody: '.0-9', letters: false },
  dialplan: { description: 'letters, digits, * and #', classBody: '*#0-9', letters: true },
  alphanumeric: { description: 'letters and digits', classBody: '0-9', letters: true },
  letters: { description: 'letters', classBody: '', letters: true },
  capitals: { description: 'capital letters', classBody: 'A-Z', letters: false },
  digits: { description: 'digits', classBody: '0-9', letters: false },
  offset: { description: 'digits, - and .', classBody: '\\-.0-9', letters: false },
  name: { description: 'letters, digits, spaces, - + . and _', classBody: '\\- +._0-9', letters: true },
  // The server allows + and ' too, but stores a space for + and fails on ': neither can be stored.
  email: { description: 'letters, digits, spaces, - . : / @ % and _', classBody: '\\- .:/@%_0-9', letters: true },
  aliasName: { description: 'letters, digits, spaces, - + . : / @ and _', classBody: '\\- +.:/@_0-9', letters: true },
} as const satisfies Record<string, AllowedCharacters>;

/** How a server reads letters. */
export interface CharacterOptions {
  /** True on systems with `use_non_latin` on. */
  readonly nonLatin?: boolean;
}

/** The length of a string as the API counts it: in bytes, of which a letter beyond a to z has two or more. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : encoder.encode(text).length;
}

/** Whether a string has no letter beyond a to z. */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}

const encoder = new TextEncoder();
// eslint-disable-next-line no-control-regex -- the whole of ASCII, control characters included
const ascii = /^[\u0000-\u007f]*$/u;

const strippers = new Map<string, RegExp>();

/**
 * What remains of a string after the server stripped it.
 *
 * @param text what would be sent
 * @param allowed the characters of the field
 */
export function stripCharacters(text: string, allowed: AllowedCharacters, options: CharacterOptions = {}): string {
  const letters = allowed.letters ? (options.nonLatin ? '\\p{L}' : 'a-zA-Z') : '';
  const pattern = `[^${allowed.classBody}${letters}]`;
  let stripper = strippers.get(pattern);
  if (!stripper) {
    stripper = new RegExp(pattern, 'gu');
    strippers.set(pattern, stripper);
  }
  return text.replace(stripper, '');
}
