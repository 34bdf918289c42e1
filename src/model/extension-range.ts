/** Ranges of extensions, such as `55100-55149`. */

/** Extensions that one range may have. A larger one is more likely a mistake than a call centre. */
const maxExtensions = 100_000;

/** Digits that are counted exactly. */
const maxDigits = 15;

/** The extensions of a range, or what is wrong with it. */
export type ExtensionRange =
  { readonly extensions: readonly string[]; readonly problem?: never } | { readonly problem: string };

/**
 * The extensions of a range. Leading zeros are part of an extension: `0098-0102` has `0099`, `98-102` has `99`.
 *
 * @param range `FIRST-LAST`, or a single extension
 */
export function expandRange(range: string): ExtensionRange {
  const [, first, last] = /^\s*(\d+)\s*-\s*(\d+)\s*$/u.exec(range) ?? [];
  if (first === undefined || last === undefined) return singleExtension(range);
  if (Math.max(first.length, last.length) > maxDigits)
    return { problem: `the range ${range} has more than ${maxDigits} digits` };
  if (first.length !== last.length && (first.startsWith('0') || last.startsWith('0')))
    return {
      problem: `the range ${range} has leading zeros and bounds of different lengths; write both with the same number of digits`,
    };
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return { problem: `the range ${range} ends before it begins; write ${last}-${first}` };
  const count = to - from + 1;
  if (count > maxExtensions)
    return { problem: `the range ${range} has ${count} extensions; a range may have ${maxExtensions}` };
  const width = first.length === last.length ? first.length : 0;
  return { extensions: Array.from({ length: count }, (_each, index) => String(from + index).padStart(width, '0')) };
}

function singleExtension(text: string): ExtensionRange {
  // A dash is an allowed character of an extension, so `front-desk` is one.
  if (/^\s*\d*\s*(?:-|–|\.\.+|to)\s*\d*\s*$/u.test(text) || text === '')
    return { problem: `"${text}" is no range; a range is FIRST-LAST, such as 55100-55149` };
  return { extensions: [text] };
}
