/** Lists of failures of one planned object. */
import { properties, type Failure } from '../model/failures';

/** Whether a failure stops the plan. */
export function hasErrors(failures: readonly Failure[]): boolean {
  return failures.some((each) => !isWarning(each));
}

export function isWarning(each: Failure): boolean {
  return properties(each).severity === 'warning';
}

/** One failure of each code: ledger and server may report the same conflict, and the first of them says more. */
export function unique(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Set<string>();
  return failures.filter(({ code, field }) => {
    // Values have a failure for each field.
    const key = /^(?:value|password|write-only)-/u.test(code) ? `${code} ${field}` : code;
    return !seen.has(key) && seen.add(key);
  });
}
