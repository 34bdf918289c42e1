/**
 * Names of the resources of an environment, which are their construct ids too. A name depends on the names in the file
 * only: neither the address of a server nor the order of lines may rename a resource.
 */

/** The name of a phone: `phone-east-55000`. */
export function phoneName(server: string, extension: string): string {
  // A dash ends the name of the server, so that `a-b` and `c` are not `a` and `b-c`.
  if (/^[A-Za-z0-9_]+$/u.test(server) && isPlain(extension)) return `phone-${server}-${extension}`;
  return `escaped-phone-${escape(server)}-${escape(extension)}`;
}

/** The name that version 0.1 gave a phone: `phone-10_0_0_11-55000`. */
export function formerPhoneName(serverIp: string, extension: string): string {
  // Without dots, 10.0.1.11 would be 10.0.11.1 too.
  if (/^[A-Za-z0-9.]+$/u.test(serverIp) && isPlain(extension))
    return `phone-${serverIp.replaceAll('.', '_')}-${extension}`;
  return `escaped-phone-${escape(serverIp)}-${escape(extension)}`;
}

/** The name of a phone alias: `alias-desks`. */
export function phoneAliasName(aliasId: string): string {
  return isPlain(aliasId) ? `alias-${aliasId}` : `escaped-alias-${escape(aliasId)}`;
}

/** Whether CDKTF writes all characters of a string; letters of other scripts are removed silently. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/u.test(text);
}

/** Replaces each character that has a special meaning, or cannot be written, by its code point: `_fc_` for `ü`. */
function escape(text: string): string {
  return text.replace(/[^A-Za-z0-9]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`);
}
