/** Values with placeholders. No value that the API can write has braces, so that a placeholder is never part of a value. */

export const extensionPlaceholder = '{extension}';
export const suffixPlaceholder = '{suffix}';

/** A value with its phone's extension as a placeholder; undefined where it does not contain that. */
export function templateOf(value: string, extension: string): string | undefined {
  return value.includes(extension) ? value.replaceAll(extension, extensionPlaceholder) : undefined;
}

/** A value with extension and suffix of a seat's phone as placeholders, where it has both together. */
export function seatTemplateOf(value: string, extension: string, suffix: string): string | undefined {
  if (suffix === '' || !value.includes(`${extension}${suffix}`)) return undefined;
  return value.replaceAll(`${extension}${suffix}`, `${extensionPlaceholder}${suffixPlaceholder}`);
}
