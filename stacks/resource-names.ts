/**
 * Names of the resources of an environment, which are their construct ids too. A name depends on the identity of its
 * object only, because moving or adding a line in the file must not rename resources.
 */

/** The name of a phone: `phone-10_0_0_11-55000`. */
export function phoneName(serverIp: string, extension: string): string {
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
