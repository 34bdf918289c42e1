/** Lengths in bytes, and what the statements and the columns of the tables make of a value (vicidial-api.md, section 6). */
import type { Schema } from './builds';

/** The max length of each column of the newest schema, in characters. */
const widths: Readonly<Record<string, number>> = {
  extension: 100,
  server_ip: 15,
  dialplan_number: 20,
  voicemail_id: 10,
  phone_login: 15,
  phone_pass: 100,
  phone_full_name: 50,
  local_gmt: 6,
  outbound_cid: 20,
  outbound_alt_cid: 20,
  email: 100,
  template_id: 15,
  phone_context: 20,
  registration_password: 100,
  admin_user_group: 20,
  alias_id: 20,
  alias_name: 50,
  phone_logins: 255,
};

/** What a column stores of a value: MySQL replaces what its character set lacks, and truncates, without an error. */
export function storedInColumn(name: string, value: string, schema: Schema): string {
  return [...threeByteText(value)].slice(0, schema.widths[name] ?? widths[name]).join('');
}

/** The length of a value as PHP measures it. */
export function byteLength(value: string): number {
  return Buffer.byteLength(value, 'utf8');
}

/** A character of four bytes becomes four question marks: the tables and the connection have characters of up to three. */
export function threeByteText(value: string): string {
  return value.replace(/[\u{10000}-\u{10ffff}]/gu, '????');
}

/** Tables without letters of other scripts have a question mark for each. */
export function asLatin1(value: string): string {
  return value.replace(/[^\p{ASCII}\u0080-\u00ff]/gu, '?');
}

/**
 * What a statement makes of a value between apostrophes: two apostrophes are one, and strings that follow each other are
 * joined. Undefined where the value breaks the statement.
 */
export function quotedText(value: string): string | undefined {
  let text = '';
  // One string after the other, each from one apostrophe to the next one that is not doubled.
  let rest = `'${value}'`;
  while (rest !== '') {
    const [whole, content] = /^'((?:[^']|'')*)'(?!') */u.exec(rest) ?? [];
    if (whole === undefined || content === undefined) return undefined;
    text += content.replaceAll("''", "'");
    rest = rest.slice(whole.length);
  }
  return text;
}
