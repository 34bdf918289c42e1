/** Props of several levels: defaults, and what overrides them. */

/**
 * A prop that is not managed, although there is a default for it: the server keeps its value. Undefined, as a prop that is
 * left out, is the default; `''` empties the field.
 *
 * @example
 * new PhoneGroup(stack, 'sales', {
 *   serverIp: '10.0.0.11',
 *   defaults: { email: 'sales@example.com' },
 *   phones: { '55000': {}, '55001': { email: Unmanaged }, '55002': { email: '' } },
 * });
 */
export const Unmanaged: unique symbol = Symbol('Unmanaged');

/** Props that override defaults. */
export type Overrides<P> = { readonly [Name in keyof P]?: P[Name] | typeof Unmanaged };

/** Merges levels of props; later ones win. */
export function mergeProps<P extends object>(...levels: readonly Overrides<P>[]): Partial<P> {
  const merged = new Map<string, unknown>();
  for (const [name, value] of levels.flatMap((level) => Object.entries<unknown>(level))) {
    if (value === Unmanaged) merged.delete(name);
    else if (value !== undefined) merged.set(name, value);
  }
  // What remains are the props of the levels without `Unmanaged`.
  return Object.fromEntries(merged) as Partial<P>;
}
