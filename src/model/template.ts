/** Placeholders in values, such as `{extension}`. No field of VICIdial stores a brace, so each brace belongs to one. */

const placeholder = /\{([^{}]*)\}/gu;

/** The names of the placeholders of a text, in their order. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/**
 * Replaces placeholders.
 *
 * @param valueOf the value of a placeholder; undefined leaves it as it is
 */
export function fillTemplate(text: string, valueOf: (name: string) => string | undefined): string {
  return text.includes('{') ? text.replace(placeholder, (whole, name: string) => valueOf(name) ?? whole) : text;
}
