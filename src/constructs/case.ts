/** Converts between the API's field names and the camelCase names of props. */

/** `phone_full_name` becomes `phoneFullName`, in types. */
export type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** `phone_full_name` becomes `phoneFullName`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}

/** `phoneFullName` becomes `phone_full_name`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
