/** The order of names and extensions in exported files. */

const collator = new Intl.Collator('en', { numeric: true });

/** Compares with numbers by their value: `10.0.0.9` before `10.0.0.11`. Different strings are never equal. */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
