import { oncePer } from '../once-per';

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

/** By the characters of a field: the pattern of all others, without and with letters of every script. */
const stripperOf = oncePer((allowed: AllowedCharacters) => ({
  latin: allBut(allowed, 'a-zA-Z'),
  nonLatin: allBut(allowed, '\\p{L}'),
}));

/**
 * What remains of a string after the server stripped it.
 *
 * @param text what would be sent
 * @param allowed the characters of the field
 */
export function stripCharacters(text: string, allowed: AllowedCharacters, options: CharacterOptions = {}): string {
  const { latin, nonLatin } = stripperOf(allowed);
  return text.replace(options.nonLatin ? nonLatin : latin, '');
}

function allBut({ classBody, letters }: AllowedCharacters, letterClass: string): RegExp {
  return new RegExp(`[^${classBody}${letters ? letterClass : ''}]`, 'gu');
}

/**
 * Characters that a message does not show, or shows like another one: control and format characters, spaces other than
 * the common one, fillers, variation selectors, and marks that combine with the letter before them.
 */
const unseen = /(?! )[\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Those that are copied with a text most often. */
const characterNames: Readonly<Record<string, string>> = {
  '\t': 'tab',
  '\n': 'line break',
  '\r': 'carriage return',
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u061c': 'Arabic letter mark',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u200d': 'zero width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'pop directional formatting',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'pop directional isolate',
  '\u3000': 'ideographic space',
  '\ufeff': 'byte order mark',
};

/** A string in quotes, as it is written in a configuration, on one line: what is not seen is written by its number. */
export function quote(text: string): string {
  return showUnseen(JSON.stringify(text));
}

/** A string with the numbers of the characters that are not seen in their place. */
export function showUnseen(text: string): string {
  // A mark that combines with a letter is seen.
  return text.replace(unseen, (character) => (/(?!\p{DI})\p{M}/u.test(character) ? character : escape(character)));
}

/** The form of an escape that Terraform and JSON both read; beyond four digits, that of Terraform. */
function escape(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16);
  return number.length > 4 ? `\\U${number.padStart(8, '0')}` : `\\u${number.padStart(4, '0')}`;
}

/**
 * Names the characters of a string that a message does not show, in a sentence or two, such as
 * `It has a zero width space (U+200B).` A line break at the end has a sentence of its own that says where it comes from.
 *
 * @param text may be a secret: no visible character of it is named
 * @returns the empty string where everything is seen
 */
export function describeUnseen(text: string): string {
  const body = text.replace(/[\r\n]+$/u, '');
  const names = [...new Set(body.match(unseen))].map(nameOf);
  const listed = names.length > 0 ? [`It has ${joinWords(names)}.`] : [];
  return [...listed, ...(body === text ? [] : [describeLineBreak(text.slice(body.length))])].join(' ');
}

function describeLineBreak(ending: string): string {
  const form = ending.startsWith('\r') ? 'a carriage return' : 'a line break';
  return `It ends with ${form}, as file() and other ways of reading a file return it: write trimspace(file(...)), or remove it from the file.`;
}

function nameOf(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = characterNames[character] ?? unnamed(character);
  return `${/^[aeiou]/iu.test(name) ? 'an' : 'a'} ${name} (${number})`;
}

function unnamed(character: string): string {
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (/\p{Z}/u.test(character)) return 'space of another kind';
  return /\p{M}/u.test(character) ? 'mark that combines with the letter before it' : 'invisible character';
}

/** `a`, `a and b`, `a, b and c`. */
function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
