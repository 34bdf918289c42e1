/** Whether a reply repeats what was sent. Two calls of one function cannot be distinguished by anything else. */
import type { FieldValue } from '../../model/field-definition';
import { identityKey } from '../../model/identity';
import { Secret } from '../../model/secret';
import type { Reply } from './reply';

/**
 * Whether the data of a reply has the value of each of these parameters; of a list, one of its members. What was not
 * sent is not compared.
 */
export function echoes(
  { data }: Reply,
  sent: Readonly<Record<string, FieldValue | null>> = {},
  names: readonly string[] = [],
): boolean {
  const repeated = new Set(data.map(normalize));
  return names.every((name) => {
    const value = sent[name] ?? null;
    if (value === null) return true;
    const text = value instanceof Secret ? value.open() : String(value);
    // Of foreign letters alone, a server may leave nothing that could be compared.
    if (asciiWord(text) === '') return true;
    const forms = [text, ...text.split(',')].flatMap((each) => strippedForms(name, each));
    return forms.some((form) => form !== '' && repeated.has(form));
  });
}

/** The server strips a value before it repeats it (vicidial-api.md, section 6). */
const asciiStripper = /[^0-9a-zA-Z]/gu;
const wordStrippers = [/[^\p{L}\p{N}]/gu, asciiStripper];
const otherStrippers = [...wordStrippers, /[^0-9]/gu, /[^a-zA-Z]/gu, /[^A-Z]/gu];
const words = ['extension', 'alias_id', 'phone_login', 'phone_logins', 'template_id'];

/** What may be left of a value. Of the name of an object nothing but foreign letters is stripped. */
function strippedForms(name: string, text: string): string[] {
  const strippers = words.includes(name) ? wordStrippers : otherStrippers;
  return strippers.map((stripper) => normalize(text.replace(stripper, '')));
}

function asciiWord(text: string): string {
  return text.replace(asciiStripper, '');
}

function normalize(text: string): string {
  return identityKey(text).replace(/[^\p{L}\p{N}]/gu, '');
}
