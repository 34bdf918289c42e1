/** Lists of extensions, written with ranges. */
import { compareNaturally } from './natural-order';

const digits = /^\d{1,15}$/u;

/** Whether an extension is a number, and so may be part of a range. */
export function isNumeric(extension: string): boolean {
  return digits.test(extension);
}

/** Whether a list would read an extension as a range, or as an attempt at one: it has to be written by itself. */
export function isRangeLike(extension: string): boolean {
  return /^\d*(?:-|to)\d*$/u.test(extension);
}

/**
 * Writes extensions as ranges where three or more follow each other: `['2000-2150', '2160']`. A range has extensions of one
 * length, so leading zeros stay.
 */
export function compressExtensions(extensions: readonly string[]): string[] {
  const sorted = [...extensions].sort(compareExtensions);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && follows(sorted[end - 1] ?? '', sorted[end] ?? '')) end += 1;
    const run = sorted.slice(start, end);
    if (run.length >= minRange) parts.push(`${run[0] ?? ''}-${run.at(-1) ?? ''}`);
    else parts.push(...run);
    start = end;
  }
  return parts;
}

/** Numbers by their length first, so that a range is not interrupted by one with more leading zeros. */
function compareExtensions(a: string, b: string): number {
  const lengthOf = (extension: string) => (isNumeric(extension) ? extension.length : Infinity);
  const [first, second] = [lengthOf(a), lengthOf(b)];
  return first === second ? compareNaturally(a, b) : first - second;
}

const minRange = 3;

function follows(before: string, after: string): boolean {
  if (!isNumeric(before) || !isNumeric(after)) return false;
  return before.length === after.length && Number(after) === Number(before) + 1;
}
