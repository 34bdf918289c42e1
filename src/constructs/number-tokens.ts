/** Numbers that stand for a reference, where CDKTF does not find them again. */

/** CDKTF's numbers for references are of this size. In text, digits beside one hide it; a calculation makes another one. */
const written = /\d(?:\.\d+)?e\+(?:2[89]|30)\d/u;
const smallest = 1e280;

/** Whether a value, or one in a list or map, has such a number. */
export function hasNumberToken(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) >= smallest;
  if (typeof value === 'string') return written.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNumberToken);
}

/** The error for a prop with such a value. */
export function numberTokenError(prop: string): string {
  return [
    `${prop} has a number that stands for a reference, and that is lost in it.`,
    `In text, write the reference as text: Token.asString(number). For a calculation, use Op or Fn of the library.`,
  ].join(' ');
}
