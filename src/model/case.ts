/** Between the API's names and the camelCase of props. There is no third name for the same thing. */

/** `phone_full_name` becomes `phoneFullName`. */
export type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** Names are those of fields and arguments, and every construct of a stack asks for all of its own. */
const camelCases = new Map<string, string>();

/** The same at run time. */
export function camelCase(name: string): string {
  const known = camelCases.get(name);
  if (known !== undefined) return known;
  const found = name.replace(/_([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
  camelCases.set(name, found);
  return found;
}

/** The reverse: `phoneFullName` becomes `phone_full_name`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
