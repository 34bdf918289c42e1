/** What a system has stored as text, on a page or in a row, as the value of a field. */
import type { FieldValue, ObjectType } from '../model/field-definition';
import { Secret } from '../model/secret';

/** What a template that is not set is called in the choice of a page, and in some rows. */
export const noTemplate = '--NONE--';

/**
 * The value of a field.
 *
 * @param text as it is stored; empty for NULL
 * @returns undefined where it cannot be read, as what is no number in a field of numbers
 */
export function storedValue({ fields }: ObjectType, name: string, text: string): FieldValue | undefined {
  const field = fields[name];
  if (field?.secret) return new Secret(text);
  if (field?.type === 'logins') return splitLogins(text);
  if (name === 'template_id' && text === noTemplate) return '';
  if (field?.type !== 'number' || text === '') return text;
  return /^-?\d+$/u.test(text) ? Number(text) : undefined;
}

function splitLogins(list: string): readonly string[] {
  return list
    .split(',')
    .map((login) => login.trim())
    .filter((login) => login !== '');
}

/**
 * A text that holds nothing but itself. What is cut out of a text keeps all of it in memory, as JavaScript engines share the
 * characters: a value of a page would keep 96 KB.
 */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}
