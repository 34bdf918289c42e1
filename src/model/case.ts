/** Between the API's names and the camelCase of props. There is no third name for the same thing. */

/** `phone_full_name` becomes `phoneFullName`. */
export type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** The same at run time. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}

/** The reverse: `phoneFullName` becomes `phone_full_name`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
