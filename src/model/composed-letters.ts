/** Unicode writes an accented letter as one character or as a letter with a mark. Terraform takes both for the first. */

/**
 * A value with its strings in composed form (NFC), as Terraform reads them from a configuration: also the elements of lists,
 * and the keys and values of plain objects. Anything else, such as a token or a construct, stays as it is.
 */
export function composed<T>(value: T): T {
  // Each branch returns what it was given in the same form.
  return compose(value) as T;
}

function compose(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(compose);
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.normalize('NFC'), compose(each)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
